#include "intake/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "base/error.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

using Reader = std::unique_ptr<::archive, decltype(&archive_read_free)>;

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

class ArchiveReader {
  public:
    ArchiveReader(const std::set<std::string>& wanted, std::string_view name, const IntakeCaps& caps)
        : wanted_(wanted), name_(name), caps_(caps) {}

    ArchivedFiles read(std::span<const char> bytes) {
        if (bytes.empty()) refuse("it is empty");
        if (bytes.size() > caps_.packed_bytes)
            refuse(fmt::format("it has {} bytes, and at most {} are taken", bytes.size(), caps_.packed_bytes),
                   leave_out);
        const bool gzip = bytes.size() >= 2 && bytes[0] == '\x1F' && bytes[1] == '\x8B';
        const std::string tar = gzip ? unzipped(bytes) : std::string();
        read_entries(gzip ? std::span<const char>(tar) : bytes, !gzip);
        return std::move(result_);
    }

  private:
    static constexpr const char* leave_out =
        "leave everything out of it but the lessons' folders: build/, for example, or .git/";
    static constexpr const char* pack_anew =
        "pack it again as a .zip or .tar.gz, without a password: zip -r homework.zip 01_slow_thing "
        "02_silly_sum";

    [[noreturn]] void refuse(const std::string& problem, const char* next = pack_anew) const {
        throw Error(ExitCode::usage, fmt::format("{}: {}", name_, problem), next);
    }

    [[noreturn]] void refuse_unreadable(::archive* reader, const char* what) const {
        const char* reason = archive_error_string(reader);
        refuse(reason == nullptr ? std::string(what) : fmt::format("{} ({})", what, printable(reason)));
    }

    [[noreturn]] void refuse_large() const {
        refuse(fmt::format("it has more than {} MB when unpacked, and no more is read",
                           caps_.unpacked_bytes >> 20),
               leave_out);
    }

    void open(::archive* reader, std::span<const char> bytes) const {
        if (archive_read_open_memory(reader, bytes.data(), bytes.size()) != ARCHIVE_OK)
            refuse_unreadable(reader, not_an_archive);
    }

    /// Appends an entry's bytes to `content` as long as it has no more than `max_bytes`; the rest is only
    /// counted. Returns whether all were appended.
    bool read_data(::archive* reader, std::string& content, std::size_t max_bytes) {
        bool fits = true;
        while (true) {
            const la_ssize_t read = archive_read_data(reader, buffer_.data(), buffer_.size());
            if (read < 0) refuse_unreadable(reader, "it is damaged, or packed in a way that isn't supported");
            if (read == 0) return fits;
            const auto bytes = static_cast<std::size_t>(read);
            unpacked_bytes_ += bytes;
            if (unpacked_bytes_ > caps_.unpacked_bytes) refuse_large();
            fits = fits && content.size() + bytes <= max_bytes;
            if (fits) content.append(buffer_.data(), bytes);
        }
    }

    /// Takes off one layer of gzip before the tar is read, so that skipping entries costs nothing and no
    /// filter hides beneath another.
    std::string unzipped(std::span<const char> bytes) {
        const Reader reader(archive_read_new(), &archive_read_free);
        archive_read_support_format_raw(reader.get());
        archive_read_append_filter(reader.get(), ARCHIVE_FILTER_GZIP);
        open(reader.get(), bytes);
        archive_entry* entry = nullptr;
        if (archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
            refuse_unreadable(reader.get(), not_an_archive);
        std::string content;
        read_data(reader.get(), content, caps_.unpacked_bytes);
        unpacked_bytes_ = 0;
        return content;
    }

    void read_entries(std::span<const char> bytes, bool may_be_zip) {
        const Utf8Names utf8_names;
        const Reader reader(archive_read_new(), &archive_read_free);
        archive_read_support_format_tar(reader.get());
        // A zip is read by its table of contents, which is what other programs show and unpack.
        if (may_be_zip) archive_read_support_format_zip_seekable(reader.get());
        open(reader.get(), bytes);
        std::size_t entries = 0;
        archive_entry* entry = nullptr;
        for (int code = 0; (code = archive_read_next_header(reader.get(), &entry)) != ARCHIVE_EOF;) {
            // A warning only concerns a name or an attribute.
            if (code != ARCHIVE_OK && code != ARCHIVE_WARN)
                refuse_unreadable(reader.get(), entries == 0 ? not_an_archive : "it is damaged");
            if (++entries > caps_.entries)
                refuse(fmt::format("it has more than {} entries, and no more are looked at", caps_.entries),
                       leave_out);
            read_entry(reader.get(), entry);
        }
        if (entries == 0) refuse("it is empty");
        cut_common_folders();
    }

    void read_entry(::archive* reader, archive_entry* entry) {
        if (archive_entry_is_encrypted(entry) != 0) refuse("it is encrypted");
        const std::string path = clean_path(entry);
        std::string unwanted;
        if (path.empty()) {
            read_data(reader, unwanted, 0);
        } else if (const auto wanted = find_wanted(path)) {
            take(reader, entry, *wanted);
        } else {
            if (archive_entry_filetype(entry) != AE_IFDIR) result_.others.push_back(path);
            read_data(reader, unwanted, 0);
        }
    }

    void take(::archive* reader, archive_entry* entry, const std::string& wanted) {
        SubmittedFile file = read_file(reader, entry);
        const bool is_first = !result_.files.contains(wanted);
        result_.files[wanted] =
            is_first ? std::move(file) : SubmittedFile{std::nullopt, "it occurs twice in the archive"};
    }

    SubmittedFile read_file(::archive* reader, archive_entry* entry) {
        std::string content;
        const bool fits = read_data(reader, content, max_source_bytes);
        if (archive_entry_hardlink(entry) != nullptr)
            return {std::nullopt, "it is a hard link to another file: pack the file itself"};
        if (archive_entry_filetype(entry) == AE_IFLNK) return {std::nullopt, problem_symbolic_link};
        if (archive_entry_filetype(entry) != AE_IFREG) return {std::nullopt, problem_not_regular};
        if (!fits) return {std::nullopt, problem_too_large(max_source_bytes)};
        return source_text(std::move(content));
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
            hidden = hidden || part.starts_with('.') || part == "__MACOSX";
            if (!clean.empty()) clean += '/';
            clean += part;
        }
        return hidden ? std::string() : clean;
    }

    /// The wanted path that this one ends with, if any. Refuses it if it lies in other folders than earlier
    /// ones.
    std::optional<std::string> find_wanted(const std::string& path) {
        for (const std::string& wanted : wanted_) {
            if (path != wanted && !path.ends_with("/" + wanted)) continue;
            const std::string folders = path.substr(0, path.size() - wanted.size());
            if (folders_ && folders_ != folders)
                refuse(fmt::format("it holds lesson files in two places, {} and {}",
                                   printable(*folders_ + wanted), printable(path)),
                       "leave only one of them in it");
            folders_ = folders;
            return wanted;
        }
        return std::nullopt;
    }

    void cut_common_folders() {
        if (!folders_) return;
        for (std::string& path : result_.others)
            if (path.starts_with(*folders_)) path.erase(0, folders_->size());
    }

    static constexpr const char* not_an_archive = "not a folder, nor an archive that can be read";

    const std::set<std::string>& wanted_;
    std::string name_;
    IntakeCaps caps_;
    std::array<char, 65536> buffer_{};
    std::size_t unpacked_bytes_ = 0;
    std::optional<std::string> folders_;  // above the wanted paths, ending in "/"; set once one is found
    ArchivedFiles result_;
};

}  // namespace

ArchivedFiles files_of_archive(std::span<const char> bytes, const std::set<std::string>& wanted,
                               std::string_view name, const IntakeCaps& caps) {
    return ArchiveReader(wanted, name, caps).read(bytes);
}

}  // namespace grader
