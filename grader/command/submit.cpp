#include "command/submit.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>
#include <string>

#include "base/files.hpp"
#include "base/terminal.hpp"
#include "base/text.hpp"
#include "intake/intake.hpp"
#include "lesson/lesson.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

/// A zip under construction. It replaces an earlier one only when it is complete.
class Zip {
  public:
    explicit Zip(const fs::path& path) : path_(path) {
        archive_write_set_format_zip(writer_.get());
        check(archive_write_open_filename(writer_.get(), draft_.c_str()));
    }

    void add(const std::string& name, const std::string& content) {
        const std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(),
                                                                                  &archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        constexpr unsigned readable = 0644;
        archive_entry_set_perm(entry.get(), readable);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        check(archive_write_header(writer_.get(), entry.get()));
        if (archive_write_data(writer_.get(), content.data(), content.size()) < 0) check(ARCHIVE_FATAL);
    }

    void finish() {
        check(archive_write_close(writer_.get()));
        fs::rename(draft_, path_);
    }

  private:
    void check(int code) const {
        if (code != ARCHIVE_OK)
            throw Error(ExitCode::environment,
                        fmt::format("{}: {}", path_.string(), archive_error_string(writer_.get())));
    }

    fs::path path_;
    fs::path draft_ = path_.string() + ".part";
    std::unique_ptr<::archive, decltype(&archive_write_free)> writer_{archive_write_new(),
                                                                      &archive_write_free};
};

}  // namespace

ExitCode submit(const SubmitOptions& options) {
    const std::vector<Lesson> lessons = read_lessons(options.kit.lessons);
    const Submission submission = take_in(options.submission, lessons, options.kit.lessons);
    for (const auto& [name, file] : submission.files)
        if (!file.problem.empty()) throw Error(ExitCode::usage, fmt::format("{}: {}", name, file.problem));
    if (options.out.has_parent_path()) fs::create_directories(options.out.parent_path());
    Zip zip(options.out);
    Terminal terminal;
    for (const auto& [name, file] : submission.files) {
        if (!file.content) {
            terminal.line(fmt::format("  {:<34} not there", name));
            continue;
        }
        zip.add(name, *file.content);
        const bool is_begun = file.content->find("kit::not_implemented") == std::string::npos;
        terminal.line(
            fmt::format("  {:<34} {}", name, is_begun ? "packed" : "packed; still throws not_implemented"));
    }
    zip.finish();
    for (const std::string& message : submission.messages) terminal.line("  " + message);
    terminal.line(fmt::format("Hand in {}", fs::proximate(options.out).string()));
    return ExitCode::graded;
}

}  // namespace grader
