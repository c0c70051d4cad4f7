#include "build/folder_cache.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <cstdint>
#include <exception>
#include <functional>
#include <random>
#include <system_error>
#include <utility>

#include "base/error.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t bytes_kept = 3ULL << 30;

std::uintmax_t bytes_of(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        const std::uintmax_t size = entry.is_regular_file(error) ? entry.file_size(error) : 0;
        if (!error) bytes += size;
    }
    return bytes;
}

/// Removes the oldest folders beyond bytes_kept.
void prune(const fs::path& folder) {
    std::vector<std::pair<fs::file_time_type, fs::path>> entries;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.is_directory(error))
            entries.emplace_back(fs::last_write_time(entry.path(), error), entry.path());
    std::ranges::sort(entries, std::greater());
    std::uintmax_t bytes = 0;
    for (const auto& [time, path] : entries) {
        bytes += bytes_of(path);
        if (bytes > bytes_kept) fs::remove_all(path, error);
    }
}

/// A name that no other grader takes, also in another container, where process numbers are the same.
std::string name_of_draft() {
    std::random_device device;
    return fmt::format("draft-{:08x}{:08x}{:08x}", device(), device(), device());
}

}  // namespace

Draft::Draft(const fs::path& parent) {
    folder_ = parent / name_of_draft();
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
    // Whoever uses the cache holds the lock shared. Nothing is removed while another grader does.
    in_use_ = sandbox::Descriptor(open((folder_.string() + ".in-use").c_str(),
                                       O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644));
    if (in_use_.get() < 0) return;
    if (flock(in_use_.get(), LOCK_EX | LOCK_NB) == 0) prune(folder_);
    flock(in_use_.get(), LOCK_SH);
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
