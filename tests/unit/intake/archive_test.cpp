#include "intake/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/error.hpp"

namespace grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Entry {
    std::string path;
    std::string content;
    unsigned type = AE_IFREG;
    std::string link = {};
};

enum class Format { zip, tar, tar_gz };

std::string packed(const std::vector<Entry>& entries, Format format) {
    std::string bytes(8 << 20, '\0');
    std::size_t used = 0;
    ::archive* writer = archive_write_new();
    if (format == Format::zip) archive_write_set_format_zip(writer);
    if (format != Format::zip) archive_write_set_format_ustar(writer);
    if (format == Format::tar_gz) archive_write_add_filter_gzip(writer);
    archive_write_open_memory(writer, bytes.data(), bytes.size(), &used);
    for (const Entry& each : entries) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, each.path.c_str());
        archive_entry_set_filetype(entry, each.type);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(each.content.size()));
        if (each.type == AE_IFLNK) archive_entry_set_symlink(entry, each.link.c_str());
        if (each.type == AE_IFREG && !each.link.empty()) archive_entry_set_hardlink(entry, each.link.c_str());
        EXPECT_EQ(archive_write_header(writer, entry), ARCHIVE_OK) << archive_error_string(writer);
        archive_write_data(writer, each.content.data(), each.content.size());
        archive_entry_free(entry);
    }
    archive_write_free(writer);
    bytes.resize(used);
    return bytes;
}

ArchivedFiles files_of(const std::string& bytes, const IntakeCaps& caps = {}) {
    return files_of_archive(bytes, {"01_toy/serial.cpp", "01_toy/parallel.cpp"}, "a.zip", caps);
}

std::string refusal(const std::string& bytes, const IntakeCaps& caps = {}) {
    try {
        static_cast<void>(files_of(bytes, caps));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::usage);
        return error.what();
    }
    return "no error";
}

const Entry serial{"01_toy/serial.cpp", "// mine"};

/// The problem of the only version file, if that is `entry`.
std::string problem_of(const Entry& entry, Format format = Format::tar) {
    const ArchivedFiles taken = files_of(packed({entry}, format));
    EXPECT_FALSE(taken.files.at("01_toy/serial.cpp").content);
    return taken.files.at("01_toy/serial.cpp").problem;
}

TEST(Archive, of_each_format_is_taken_with_and_without_folders_above) {
    for (const Format format : {Format::zip, Format::tar, Format::tar_gz})
        for (const char* above : {"", "./", "lessons/", "Gr\u00F6\u00DFe/lessons/"}) {
            const ArchivedFiles taken = files_of(
                packed({{above + serial.path, "// mine"}, {std::string(above) + "notes", ""}}, format));
            EXPECT_EQ(taken.files.at("01_toy/serial.cpp").content, "// mine") << above;
            EXPECT_THAT(taken.others, ElementsAre("notes")) << above;
        }
}

TEST(Archive, may_hold_an_empty_file_and_hidden_ones_or_no_lesson_file) {
    EXPECT_EQ(files_of(packed({{serial.path, ""}}, Format::zip)).files.at(serial.path).content, "");
    const ArchivedFiles taken =
        files_of(packed({{"__MACOSX/01_toy/serial.cpp", ""}, {".git/01_toy/serial.cpp", ""}}, Format::zip));
    EXPECT_THAT(taken.files, IsEmpty());
    EXPECT_THAT(taken.others, IsEmpty());
}

TEST(Archive, with_a_path_that_leads_out_of_it_is_refused) {
    for (const Format format : {Format::zip, Format::tar})
        for (const char* path : {"../x", "a/../../x", "..\\x", "/etc/x", "\\x", "C:\\x", "C:x"})
            EXPECT_THAT(refusal(packed({serial, {path, ""}}, format)), HasSubstr("it holds the"))
                << path << " in format " << static_cast<int>(format);
}

TEST(Archive, with_lesson_files_in_two_places_is_refused) {
    EXPECT_EQ(refusal(packed({{"a/01_toy/serial.cpp", ""}, {"b/01_toy/parallel.cpp", ""}}, Format::zip)),
              "a.zip: it holds lesson files in two places, a/01_toy/parallel.cpp and b/01_toy/parallel.cpp");
}

TEST(Archive, gives_nothing_from_links_fifos_devices_and_folders) {
    EXPECT_EQ(problem_of({serial.path, "", AE_IFLNK, "/etc/passwd"}), problem_symbolic_link);
    EXPECT_EQ(problem_of({serial.path, "", AE_IFLNK, "/etc/passwd"}, Format::zip), problem_symbolic_link);
    EXPECT_THAT(problem_of({serial.path, "", AE_IFREG, "/etc/passwd"}), HasSubstr("hard link"));
    for (const unsigned type : {AE_IFIFO, AE_IFCHR, AE_IFDIR})
        EXPECT_EQ(problem_of({serial.path, "", type}), problem_not_regular);
}

TEST(Archive, gives_nothing_from_a_file_that_is_too_large_or_occurs_twice) {
    EXPECT_EQ(problem_of({serial.path, std::string(max_source_bytes + 1, ' ')}, Format::zip),
              problem_too_large(max_source_bytes));
    EXPECT_EQ(files_of(packed({serial, serial}, Format::zip)).files.at(serial.path).problem,
              "it occurs twice in the archive");
}

TEST(Archive, beyond_a_cap_is_refused) {
    const std::string megabytes(4 << 20, ' ');
    for (const Format format : {Format::zip, Format::tar_gz}) {
        EXPECT_THAT(refusal(packed({{"bomb", megabytes}}, format), {.unpacked_bytes = 2 << 20}),
                    HasSubstr("more than 2 MB"));
        EXPECT_THAT(refusal(packed({{"1", ""}, {"2", ""}, {"3", ""}}, format), {.entries = 2}),
                    HasSubstr("more than 2 entries"));
        EXPECT_THAT(refusal(packed({serial}, format), {.packed_bytes = 20}), HasSubstr("at most 20"));
    }
}

TEST(Archive, that_is_damaged_or_none_is_refused) {
    EXPECT_EQ(refusal(""), "a.zip: it is empty");
    EXPECT_THAT(refusal("int main() {}\n"), HasSubstr("not a folder, nor an archive that can be read"));
    for (const Format format : {Format::zip, Format::tar_gz}) {
        const std::string good = packed({{serial.path, std::string(9999, 'x')}}, format);
        EXPECT_THAT(refusal(good.substr(0, good.size() / 2)), Not(HasSubstr("no error")));
    }
}

TEST(Archive, cannot_send_control_characters_in_names) {
    EXPECT_THAT(refusal(packed({{"../\x1B[31m\n", ""}}, Format::tar)),
                testing::AllOf(HasSubstr("\uFFFD[31m\uFFFD"), Not(HasSubstr("\x1B"))));
}

}  // namespace
}  // namespace grader
