#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "score/graded.hpp"

namespace grader {

/// Stores results by their versions' content, so that unchanged versions needn't be graded again.
class ResultStore {
  public:
    explicit ResultStore(const std::filesystem::path& cache);

    [[nodiscard]] std::optional<Graded> find(const std::string& key) const;
    void keep(const std::string& key, const Graded& graded) const;

  private:
    std::filesystem::path folder_;
};

}  // namespace grader
