#include "base/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <set>

#include "base/error.hpp"
#include "temporary_folder.hpp"

namespace grader {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

/// The Error that `action` throws, which must have ExitCode::environment.
template <class Action>
std::string environment_error(Action&& action) {
    try {
        action();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ExitCode::environment);
        return error.what();
    }
    return "no error";
}

/// While an object exists, no file of this process may grow beyond `bytes`, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) : handler_(signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit small{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    FullDisk(const FullDisk&) = delete;
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        signal(SIGXFSZ, handler_);
    }

  private:
    rlimit before_{};
    void (*handler_)(int);
};

// ---- Reading

TEST(ReadFile, returns_every_byte) {
    const TemporaryFolder folder;
    const std::string bytes("a\0b\r\n\xFF", 6);
    EXPECT_EQ(read_file(folder.write("file", bytes)), bytes);
    EXPECT_EQ(read_file(folder.write("empty", "")), "");
}

TEST(ReadFile, names_the_file_that_it_cannot_read) {
    const TemporaryFolder folder;
    const std::string missing = folder / "missing";
    EXPECT_EQ(environment_error([&] { read_file(missing); }), missing + ": can't be read");
    EXPECT_THAT(environment_error([&] { read_file(folder.path()); }), HasSubstr("can't be read"))
        << "a folder";
}

// ---- Writing

TEST(WriteFile, replaces_the_file_and_leaves_nothing_else) {
    const TemporaryFolder folder;
    folder.write("result.json", "old and longer");
    write_file(folder / "result.json", "new");
    EXPECT_EQ(contents(folder / "result.json"), "new");
    EXPECT_THAT(folder.names(), ElementsAre("result.json"));
}

TEST(WriteFile, keeps_the_old_file_when_the_disk_is_full) {
    const TemporaryFolder folder;
    folder.write("result.json", "old");
    std::string error;
    {
        const FullDisk disk(1000);
        error = environment_error([&] { write_file(folder / "result.json", std::string(100'000, 'x')); });
    }
    EXPECT_THAT(error, StartsWith((folder / "result.json").string() + ": can't be written: "));
    EXPECT_EQ(contents(folder / "result.json"), "old");
    EXPECT_THAT(folder.names(), ElementsAre("result.json"));
}

TEST(WriteFile, leaves_no_draft_when_the_place_is_taken_by_a_folder) {
    const TemporaryFolder folder;
    folder.write("result.json/inside", "old");
    EXPECT_THAT(environment_error([&] { write_file(folder / "result.json", "new"); }),
                HasSubstr("result.json: can't be written: "));
    EXPECT_EQ(contents(folder / "result.json/inside"), "old");
    EXPECT_THAT(folder.names(), ElementsAre("result.json"));
}

TEST(WriteFile, says_that_there_is_no_such_folder) {
    const TemporaryFolder folder;
    EXPECT_EQ(environment_error([&] { write_file(folder / "missing/file", "new"); }),
              (folder / "missing/file").string() + ": can't be written: No such file or directory");
}

// ---- Hashes

TEST(TheContentHash, is_the_same_for_the_same_parts) {
    EXPECT_EQ(content_hash({"a", "b"}), content_hash({"a", "b"}));
    EXPECT_THAT(content_hash({}), testing::MatchesRegex("[0-9a-f]{64}"));
}

TEST(TheContentHash, counts_each_boundary_and_the_order) {
    const std::vector<std::vector<std::string>> different = {{},         {""},       {"", ""},
                                                             {"ab"},     {"a", "b"}, {"b", "a"},
                                                             {"", "ab"}, {"ab", ""}, {std::string("a\0b", 3)},
                                                             {"a"}};
    std::set<std::string> hashes;
    for (const auto& parts : different) hashes.insert(content_hash(parts));
    EXPECT_EQ(hashes.size(), different.size());
}

TEST(FolderContents, are_the_names_and_texts_of_its_own_files_in_order) {
    const TemporaryFolder folder;
    folder.write("b.cpp", "two");
    folder.write("a.cpp", "one");
    folder.write("inside/c.cpp", "three");
    EXPECT_THAT(folder_contents(folder.path()), ElementsAre("a.cpp", "one", "b.cpp", "two"));
}

TEST(FolderContents, tell_a_renamed_file_apart) {
    const TemporaryFolder folder;
    folder.write("a.cpp", "one");
    const std::string before = content_hash(folder_contents(folder.path()));
    fs::rename(folder / "a.cpp", folder / "b.cpp");
    EXPECT_NE(content_hash(folder_contents(folder.path())), before);
}

}  // namespace
}  // namespace grader
