#include "intake/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <locale.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.hpp"
#include "base/text.hpp"
#include "sandbox/descriptor.hpp"

namespace grader {

namespace fs = std::filesystem;

namespace {

using Reader = std::unique_ptr<::archive, decltype(&archive_read_free)>;

constexpr const char* leave_out =
    "leave everything out of it but the lessons' folders: build/, for example, or .git/";
constexpr const char* pack_anew =
    "pack it again as a .zip or .tar.gz, without a password: make submit does that";
constexpr const char* not_an_archive = "not a folder, nor an archive that can be read";
constexpr const char* is_damaged = "it is damaged, or packed in a way that isn't supported";

/// libarchive converts names to the locale's encoding, and the "C" locale has none for the name "Größe".
class Utf8Names {
  public:
    Utf8Names() {
        if (utf8_ != locale_t{}) before_ = uselocale(utf8_);
    }
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;
    ~Utf8Names() {
        if (utf8_ == locale_t{}) return;
        uselocale(before_);
        freelocale(utf8_);
    }

  private:
    static locale_t find() {
        for (const char* name : {"C.UTF-8", "UTF-8", "en_US.UTF-8"})
            if (const locale_t found = newlocale(LC_CTYPE_MASK, name, locale_t{}); found != locale_t{})
                return found;
        return locale_t{};
    }
    locale_t utf8_ = find();
    locale_t before_ = locale_t{};
};

/// Where an archive's bytes are: in memory, or in a file that is open.
struct Source {
    std::span<const char> bytes;
    int file = -1;

    [[nodiscard]] std::string first_bytes() const {
        std::array<char, 8> buffer{};
        if (file < 0) {
            const auto first = bytes.first(std::min(bytes.size(), buffer.size()));
            return {first.begin(), first.end()};
        }
        const ssize_t count = pread(file, buffer.data(), buffer.size(), 0);
        return {buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(0, count))};
    }
    [[nodiscard]] int open(::archive* reader) const {
        constexpr std::size_t block_bytes = 65536;
        return file < 0 ? archive_read_open_memory(reader, bytes.data(), bytes.size())
                        : archive_read_open_fd(reader, file, block_bytes);
    }
};

struct Format {
    std::string_view first_bytes;
    int filter = ARCHIVE_FILTER_NONE;             // around a tar
    int (*support)(::archive* reader) = nullptr;  // of an archive that is no tar
};

using namespace std::string_view_literals;

constexpr Format formats[] = {
    // A zip is read by its table of contents, which is what other programs show and unpack.
    {.first_bytes = "PK\3\4", .support = archive_read_support_format_zip_seekable},
    {.first_bytes = "PK\5\6", .support = archive_read_support_format_zip_seekable},
    {.first_bytes = "7z\xBC\xAF\x27\x1C", .support = archive_read_support_format_7zip},
    {.first_bytes = "Rar!\x1A\x07\0"sv, .support = archive_read_support_format_rar},
    {.first_bytes = "Rar!\x1A\x07\1", .support = archive_read_support_format_rar5},
    {.first_bytes = "\x1F\x8B", .filter = ARCHIVE_FILTER_GZIP},
    {.first_bytes = "BZh", .filter = ARCHIVE_FILTER_BZIP2},
    {.first_bytes = "\xFD"
                    "7zXZ",
     .filter = ARCHIVE_FILTER_XZ},
    {.first_bytes = "\x28\xB5\x2F\xFD", .filter = ARCHIVE_FILTER_ZSTD},
    {.first_bytes = ""},  // a tar without a filter, or nothing that is known
};

class ArchiveLister {
  public:
    ArchiveLister(const std::string& name, const IntakeCaps& caps) : name_(name), caps_(caps) {}

    Listing list(const Source& source) {
        const Utf8Names utf8_names;
        const std::string first = source.first_bytes();
        if (first.empty()) refuse("it is empty");
        const Format& format = *std::ranges::find_if(
            formats, [&](const Format& each) { return first.starts_with(each.first_bytes); });
        const Reader reader(archive_read_new(), &archive_read_free);
        if (format.support != nullptr) {
            must_unpack_all_ = format.support != archive_read_support_format_zip_seekable;
            format.support(reader.get());
            if (source.open(reader.get()) != ARCHIVE_OK) refuse_unreadable(reader.get(), not_an_archive);
        } else {
            archive_read_support_format_tar(reader.get());
            open_filtered(reader.get(), source, format.filter);
        }
        read_entries(reader.get());
        return std::move(listing_);
    }

  private:
    [[noreturn]] void refuse(const std::string& problem, const char* next = pack_anew) const {
        throw Error(ExitCode::usage, fmt::format("{}: {}", name_, problem), next);
    }

    [[noreturn]] void refuse_unreadable(::archive* reader, const char* what) const {
        if (is_beyond_cap_) refuse_large();
        const char* reason = archive_error_string(reader);
        refuse(reason == nullptr ? std::string(what) : fmt::format("{} ({})", what, printable(reason)));
    }

    [[noreturn]] void refuse_large() const {
        refuse(fmt::format("it has more than {} MB when unpacked, and no more is read",
                           caps_.unpacked_bytes >> 20),
               leave_out);
    }

    bool count_unpacked(std::size_t bytes) {
        unpacked_bytes_ += bytes;
        is_beyond_cap_ = unpacked_bytes_ > caps_.unpacked_bytes;
        return !is_beyond_cap_;
    }

    /// Takes off one filter and no more, so that none hides beneath another. What comes out of it counts.
    void open_filtered(::archive* tar, const Source& source, int filter) {
        if (filter == ARCHIVE_FILTER_NONE) {
            if (source.open(tar) != ARCHIVE_OK) refuse_unreadable(tar, not_an_archive);
            return;
        }
        is_filtered_ = true;
        archive_read_support_format_raw(filtered_.get());
        archive_read_append_filter(filtered_.get(), filter);
        archive_entry* entry = nullptr;
        if (source.open(filtered_.get()) != ARCHIVE_OK ||
            archive_read_next_header(filtered_.get(), &entry) != ARCHIVE_OK)
            refuse_unreadable(filtered_.get(), not_an_archive);
        const auto read = [](::archive* reader, void* self, const void** block) -> la_ssize_t {
            auto& lister = *static_cast<ArchiveLister*>(self);
            auto& buffer = lister.block_;
            const la_ssize_t bytes = archive_read_data(lister.filtered_.get(), buffer.data(), buffer.size());
            if (bytes < 0 || !lister.count_unpacked(static_cast<std::size_t>(bytes))) {
                const char* why = archive_error_string(lister.filtered_.get());
                archive_set_error(reader, EIO, "%s", why == nullptr ? "damaged" : why);
                return ARCHIVE_FATAL;
            }
            *block = buffer.data();
            return bytes;
        };
        if (archive_read_open(tar, this, nullptr, read, nullptr) != ARCHIVE_OK)
            refuse_unreadable(tar, not_an_archive);
    }

    void read_entries(::archive* reader) {
        std::size_t entries = 0;
        archive_entry* entry = nullptr;
        for (int code = 0; (code = archive_read_next_header(reader, &entry)) != ARCHIVE_EOF;) {
            // A warning only concerns a name or an attribute.
            if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
                refuse_unreadable(reader, entries == 0 ? not_an_archive : "it is damaged");
            if (++entries > caps_.entries)
                refuse(fmt::format("it has more than {} entries, and no more are looked at", caps_.entries),
                       leave_out);
            read_entry(reader, entry);
        }
        if (entries == 0) refuse("it is empty");
    }

    void read_entry(::archive* reader, archive_entry* entry) {
        if (archive_entry_is_encrypted(entry) != 0) refuse("it is encrypted");
        const std::string path = clean_path(entry);
        const bool is_folder = archive_entry_filetype(entry) == AE_IFDIR;
        if (path.empty() || (is_folder && !is_source_name(path))) return skip(reader);
        if (is_source_name(path)) {
            listing_.sources.push_back({path, [file = read_source(reader, entry)] { return file; }});
        } else if (is_archive_name(path) && archive_entry_filetype(entry) == AE_IFREG) {
            add_archive(reader, path);
        } else {
            listing_.others.push_back(path);
            skip(reader);
        }
    }

    /// Appends an entry's bytes to `content` as long as it has no more than `max_bytes`; the rest is only
    /// counted. Returns whether all were appended.
    bool read_data(::archive* reader, std::string& content, std::size_t max_bytes) {
        bool fits = true;
        while (true) {
            const la_ssize_t read = archive_read_data(reader, buffer_.data(), buffer_.size());
            if (read < 0) refuse_unreadable(reader, is_damaged);
            if (read == 0) return fits;
            const auto bytes = static_cast<std::size_t>(read);
            if (!is_filtered_ && !count_unpacked(bytes)) refuse_large();
            fits = fits && content.size() + bytes <= max_bytes;
            if (fits) content.append(buffer_.data(), bytes);
        }
    }

    void skip(::archive* reader) {
        if (!must_unpack_all_) return;
        std::string unwanted;
        read_data(reader, unwanted, 0);
    }

    SubmittedFile read_source(::archive* reader, archive_entry* entry) {
        std::string content;
        const bool fits = read_data(reader, content, max_source_bytes);
        if (archive_entry_hardlink(entry) != nullptr)
            return {std::nullopt, "it is a hard link to another file: pack the file itself"};
        if (archive_entry_filetype(entry) == AE_IFLNK) return {std::nullopt, problem_symbolic_link};
        if (archive_entry_filetype(entry) != AE_IFREG) return {std::nullopt, problem_not_regular};
        if (!fits) return {std::nullopt, problem_too_large(max_source_bytes)};
        keep(content.size());
        return source_text(std::move(content));
    }

    void add_archive(::archive* reader, const std::string& path) {
        std::string content;
        if (!read_data(reader, content, caps_.kept_bytes - kept_bytes_)) {
            listing_.others.push_back(path);
            return;
        }
        keep(content.size());
        const IntakeCaps caps = caps_;
        const std::string name = fmt::format("{}: {}", name_, printable(path));
        listing_.archives.push_back(
            {path, [content = std::move(content), name, caps] { return list_archive(content, name, caps); }});
    }

    void keep(std::size_t bytes) {
        kept_bytes_ += bytes;
        if (kept_bytes_ > caps_.kept_bytes)
            refuse(fmt::format("it has more than {} MB of source files", caps_.kept_bytes >> 20), leave_out);
    }

    /// The entry's path with "/" between its parts, without "." and empty parts; empty for a hidden file.
    /// Refuses a path that would lead out of the folder that the archive is unpacked to, here or on Windows.
    [[nodiscard]] std::string clean_path(archive_entry* entry) const {
        const char* raw = archive_entry_pathname(entry);
        if (raw == nullptr) raw = archive_entry_pathname_utf8(entry);
        if (raw == nullptr) return {};  // in an encoding that can't be read, so it isn't a lesson's
        std::string path = raw;
        std::ranges::replace(path, '\\', '/');
        if (path.starts_with('/') || (path.size() > 1 && path[1] == ':'))
            refuse(fmt::format("it holds the absolute path {}", printable(raw)));
        std::string clean;
        bool hidden = false;
        for (std::size_t begin = 0; begin < path.size();) {
            const std::size_t end = std::min(path.find('/', begin), path.size());
            const std::string_view part = std::string_view(path).substr(begin, end - begin);
            begin = end + 1;
            if (part.empty() || part == ".") continue;
            if (part == "..")
                refuse(fmt::format("it holds the path {}, which leads out of the archive", printable(raw)));
            hidden = hidden || is_hidden_name(part);
            if (!clean.empty()) clean += '/';
            clean += part;
        }
        return hidden ? std::string() : clean;
    }

    std::string name_;
    IntakeCaps caps_;
    Reader filtered_{archive_read_new(), &archive_read_free};
    std::array<char, 65536> block_{};   // of the tar inside
    std::array<char, 65536> buffer_{};  // of an entry
    bool must_unpack_all_ = false;      // to get at the next file
    bool is_filtered_ = false;
    bool is_beyond_cap_ = false;
    std::size_t unpacked_bytes_ = 0;
    std::size_t kept_bytes_ = 0;
    Listing listing_;
};

}  // namespace

Listing list_archive(std::span<const char> bytes, const std::string& name, const IntakeCaps& caps) {
    return ArchiveLister(name, caps).list({.bytes = bytes});
}

Listing list_archive_file(const fs::path& path, const std::string& name, const IntakeCaps& caps) {
    const sandbox::Descriptor file(open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (file.get() < 0 || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
        throw Error(
            ExitCode::usage,
            fmt::format("{}: {}", name,
                        file.get() < 0 ? "it can't be read: look at its permissions" : problem_not_regular),
            "name a folder, a .zip or a .tar.gz that holds the lessons' folders");
    return ArchiveLister(name, caps).list({.bytes = {}, .file = file.get()});
}

}  // namespace grader
