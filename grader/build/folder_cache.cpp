#include "build/folder_cache.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t entries_kept = 400;

/// Removes the oldest folders beyond entries_kept. If another grader still needs one, it makes it again.
void prune(const fs::path& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> entries;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        entries.emplace_back(fs::last_write_time(entry.path(), error), entry.path());
    if (entries.size() <= entries_kept) return;
    std::ranges::sort(entries);
    for (std::size_t i = 0; i < entries.size() - entries_kept; ++i) fs::remove_all(entries[i].second, error);
}

}  // namespace

Draft::Draft(const fs::path& parent) {
    static std::atomic<int> count = 0;
    folder_ = parent / fmt::format("draft-{}-{}", getpid(), count++);
    fs::create_directories(folder_);
}

Draft::~Draft() {
    std::error_code error;
    if (!folder_.empty()) fs::remove_all(folder_, error);
}

fs::path Draft::release() {
    return std::exchange(folder_, {});
}

FolderCache::FolderCache(fs::path folder) : folder_(std::move(folder)) {
    std::error_code error;
    fs::create_directories(folder_, error);
    if (error) throw Error(ExitCode::environment, fmt::format("{}: {}", folder_.string(), error.message()));
    prune(folder_);
}

FolderCache::~FolderCache() {
    std::error_code error;
    for (const fs::path& folder : temporary_) fs::remove_all(folder, error);
}

fs::path FolderCache::kept(const std::string& key, const Make& make) {
    std::promise<fs::path> promise;
    std::unique_lock lock(mutex_);
    const auto [entry, is_new] = in_work_.try_emplace(key);
    if (is_new) entry->second = promise.get_future().share();
    const std::shared_future<fs::path> result = entry->second;
    lock.unlock();
    if (!is_new) return result.get();
    const fs::path folder = folder_ / key.substr(0, 40);
    try {
        std::error_code error;
        if (!fs::exists(folder)) {
            const Draft draft(folder_);
            make(draft.folder());
            fs::rename(draft.folder(), folder,
                       error);  // fails if another grader was faster, whose folder is as good
        }
        fs::last_write_time(folder, fs::file_time_type::clock::now(), error);
        promise.set_value(folder);
        return folder;
    } catch (...) {
        promise.set_exception(std::current_exception());
        throw;
    }
}

fs::path FolderCache::temporary(const Make& make) {
    Draft draft(folder_);
    make(draft.folder());
    const std::lock_guard lock(mutex_);
    return temporary_.emplace_back(draft.release());
}

}  // namespace grader
