// The only file that includes valijson, which takes as long to compile as a whole grading test.

#include "schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "base/files.hpp"

std::string schema_errors(const std::string& text) {
    using nlohmann::json;
    const json schema_document = json::parse(grader::read_file(KIT_DIR "/docs/result.schema.json"));
    const json document = json::parse(text);
    valijson::Schema schema;
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(schema_document), schema);
    valijson::Validator validator;
    valijson::ValidationResults results;
    validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(document), &results);
    std::string errors;
    valijson::ValidationResults::Error error;
    while (results.popError(error)) {
        for (const auto& part : error.context) errors += part;
        errors += ": " + error.description + "\n";
    }
    return errors;
}
