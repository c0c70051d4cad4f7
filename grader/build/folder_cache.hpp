#pragma once

/// Folders that are filled once and then kept, by content. Several graders may share them.

#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "sandbox/descriptor.hpp"

namespace grader {

/// A new folder that is removed with its owner, unless it is released.
class Draft {
  public:
    explicit Draft(const std::filesystem::path& parent);
    ~Draft();
    Draft(const Draft&) = delete;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    std::filesystem::path release();

  private:
    std::filesystem::path folder_;
};

class FolderCache {
  public:
    /// Makes the folder if need be, and, if no other grader uses it, removes the oldest folders in it beyond
    /// a few GB. Throws Error (ExitCode::environment).
    explicit FolderCache(std::filesystem::path folder);
    FolderCache(const FolderCache&) = delete;
    /// Removes the temporary folders.
    ~FolderCache();

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    /// Fills a folder. If it throws, so do kept() and temporary(), and nothing is kept.
    using Make = std::function<void(const std::filesystem::path& folder)>;
    /// The folder that `make` filled for this key, now or at any time before. Threads that ask for the same
    /// key wait for the first of them.
    std::filesystem::path kept(const std::string& key, const Make& make);
    /// A folder that `make` filled, which lives as long as this object.
    std::filesystem::path temporary(const Make& make);

  private:
    std::filesystem::path folder_;
    sandbox::Descriptor in_use_;  // locks the folder
    std::mutex mutex_;
    std::map<std::string, std::shared_future<std::filesystem::path>> in_work_;  // by key
    std::vector<std::filesystem::path> temporary_;
};

}  // namespace grader
