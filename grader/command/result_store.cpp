#include "command/result_store.hpp"

#include "base/files.hpp"
#include "report/result_json.hpp"

namespace grader {

ResultStore::ResultStore(const std::filesystem::path& cache) : folder_(cache / "results") {
    std::filesystem::create_directories(folder_);
}

std::optional<Graded> ResultStore::find(const std::string& key) const {
    if (!std::filesystem::exists(folder_ / key)) return std::nullopt;
    return graded_from_json(read_file(folder_ / key));
}

void ResultStore::keep(const std::string& key, const Graded& graded) const {
    write_file(folder_ / key, to_json(graded));
}

}  // namespace grader
