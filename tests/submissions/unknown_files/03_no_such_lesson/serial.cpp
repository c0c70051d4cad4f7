// A lesson that the kit doesn't have.
