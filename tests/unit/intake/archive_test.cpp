#include "intake/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <clocale>

#include "base/error.hpp"

namespace grader {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

struct Entry {
    std::string path;
    std::string content;
    unsigned type = AE_IFREG;
    std::string link = {};
};

enum class Format { zip, tar, tar_gz, tar_bz2, tar_xz, tar_zst, seven_zip };
constexpr Format all_formats[] = {Format::zip,    Format::tar,     Format::tar_gz,   Format::tar_bz2,
                                  Format::tar_xz, Format::tar_zst, Format::seven_zip};

std::string packed(const std::vector<Entry>& entries, Format format) {
    std::string bytes(8 << 20, '\0');
    std::size_t used = 0;
    const std::string before = setlocale(LC_CTYPE, nullptr);
    setlocale(LC_CTYPE, "C.UTF-8");  // for names in a .7z
    ::archive* writer = archive_write_new();
    if (format == Format::zip)
        archive_write_set_format_zip(writer);
    else if (format == Format::seven_zip)
        archive_write_set_format_7zip(writer);
    else
        archive_write_set_format_ustar(writer);
    if (format == Format::tar_gz) archive_write_add_filter_gzip(writer);
    if (format == Format::tar_bz2) archive_write_add_filter_bzip2(writer);
    if (format == Format::tar_xz) archive_write_add_filter_xz(writer);
    if (format == Format::tar_zst) archive_write_add_filter_zstd(writer);
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
    setlocale(LC_CTYPE, before.c_str());
    bytes.resize(used);
    return bytes;
}

Listing listed(const std::string& bytes, const IntakeCaps& caps = {}) {
    return list_archive(bytes, "a.zip", caps);
}

/// The sources' contents, in the archive's order; "!" and the problem of one that has none.
std::vector<std::string> contents_of(const Listing& listing) {
    std::vector<std::string> contents;
    for (const ListedSource& source : listing.sources) {
        const SubmittedFile file = source.read();
        contents.push_back(file.content ? *file.content : "!" + file.problem);
    }
    return contents;
}

std::string refusal(const std::string& bytes, const IntakeCaps& caps = {}) {
    try {
        static_cast<void>(listed(bytes, caps));
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::usage);
        return error.what();
    }
    return "no error";
}

const Entry serial{"01_toy/serial.cpp", "// mine"};

/// The problem of the only source, which is `entry`.
std::string problem_of(const Entry& entry, Format format = Format::tar) {
    const SubmittedFile file = listed(packed({entry}, format)).sources.at(0).read();
    EXPECT_FALSE(file.content);
    return file.problem;
}

TEST(Archive, of_each_format_is_listed) {
    for (const Format format : all_formats)
        for (const char* above : {"", "./", "lessons/", "Gr\u00F6\u00DFe/lessons/"}) {
            const Listing listing = listed(
                packed({{above + serial.path, "// mine"}, {std::string(above) + "notes", ""}}, format));
            const std::string clean = std::string_view(above) == "./" ? "" : above;
            ASSERT_THAT(listing.sources, SizeIs(1)) << above << static_cast<int>(format);
            EXPECT_EQ(listing.sources[0].path, clean + serial.path);
            EXPECT_THAT(contents_of(listing), ElementsAre("// mine"));
            EXPECT_THAT(listing.others, ElementsAre(clean + "notes"));
        }
}

TEST(Archive, in_an_archive_is_listed_when_it_is_wanted) {
    for (const Format format : all_formats) {
        const std::string inner = packed({serial}, Format::tar_gz);
        const Listing listing = listed(packed({{"in/HW.TGZ", inner}, {"damaged.zip", "PK"}}, format));
        EXPECT_THAT(listing.sources, IsEmpty());
        ASSERT_THAT(listing.archives, SizeIs(2));
        EXPECT_EQ(listing.archives[0].path, "in/HW.TGZ");
        EXPECT_THAT(contents_of(listing.archives[0].list()), ElementsAre("// mine"));
        EXPECT_THROW(static_cast<void>(listing.archives[1].list()), Error);
    }
}

TEST(Archive, may_hold_an_empty_file_and_hidden_ones) {
    EXPECT_THAT(contents_of(listed(packed({{serial.path, ""}}, Format::zip))), ElementsAre(""));
    const Listing listing =
        listed(packed({{"__MACOSX/01_toy/serial.cpp", ""}, {".git/01_toy/serial.cpp", ""}}, Format::zip));
    EXPECT_THAT(listing.sources, IsEmpty());
    EXPECT_THAT(listing.others, IsEmpty());
}

TEST(Archive, with_a_path_that_leads_out_of_it_is_refused) {
    for (const Format format : {Format::zip, Format::tar})
        for (const char* path : {"../x", "a/../../x", "..\\x", "/etc/x", "\\x", "C:\\x", "C:x"})
            EXPECT_THAT(refusal(packed({serial, {path, ""}}, format)), HasSubstr("it holds the"))
                << path << " in format " << static_cast<int>(format);
}

TEST(Archive, gives_nothing_from_links_fifos_devices_and_folders) {
    EXPECT_EQ(problem_of({serial.path, "", AE_IFLNK, "/etc/passwd"}), problem_symbolic_link);
    EXPECT_EQ(problem_of({serial.path, "", AE_IFLNK, "/etc/passwd"}, Format::zip), problem_symbolic_link);
    EXPECT_THAT(problem_of({serial.path, "", AE_IFREG, "/etc/passwd"}), HasSubstr("hard link"));
    for (const unsigned type : {AE_IFIFO, AE_IFCHR, AE_IFDIR})
        EXPECT_EQ(problem_of({serial.path, "", type}), problem_not_regular);
}

TEST(Archive, gives_nothing_from_a_file_that_is_too_large) {
    EXPECT_EQ(problem_of({serial.path, std::string(max_source_bytes + 1, ' ')}, Format::zip),
              problem_too_large(max_source_bytes));
}

TEST(Archive, beyond_a_cap_is_refused) {
    const std::string megabytes(4 << 20, ' ');
    for (const Format format : all_formats) {
        const std::string large = packed({{"large", megabytes}, serial}, format);
        if (format == Format::zip || format == Format::tar)
            EXPECT_THAT(contents_of(listed(large, {.unpacked_bytes = 2 << 20})), ElementsAre("// mine"))
                << "what needn't be unpacked doesn't count";
        else
            EXPECT_THAT(refusal(large, {.unpacked_bytes = 2 << 20}), HasSubstr("more than 2 MB"))
                << static_cast<int>(format);
        EXPECT_THAT(refusal(packed({{"1", ""}, {"2", ""}, {"3", ""}}, format), {.entries = 2}),
                    HasSubstr("more than 2 entries"));
        const std::string two = packed({serial, {"01_toy/parallel.cpp", std::string(1 << 20, ' ')}}, format);
        EXPECT_THAT(refusal(two, {.kept_bytes = 1 << 20}), HasSubstr("more than 1 MB of source files"));
    }
}

TEST(Archive, that_is_damaged_or_none_is_refused) {
    EXPECT_EQ(refusal(""), "a.zip: it is empty");
    EXPECT_THAT(refusal("int main() {}\n"), HasSubstr("not a folder, nor an archive that can be read"));
    for (const Format format : all_formats) {
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
