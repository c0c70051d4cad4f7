"""Pictures and the report page of one grading. They read result.json only, and only draw."""
