#include "intake/choice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <regex>
#include <set>
#include <string_view>
#include <tuple>

#include "base/error.hpp"
#include "base/text.hpp"

namespace grader {

namespace {

/// "a/b/c.cpp" as {"a/b/", "c.cpp"}.
std::pair<std::string_view, std::string_view> split(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string_view::npos) return {{}, path};
    return {path.substr(0, slash + 1), path.substr(slash + 1)};
}

std::vector<std::string> parts_of(std::string_view path) {
    std::vector<std::string> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        parts.emplace_back(path.substr(0, slash));
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

bool is_built(std::string_view part) {
    return part == "build" || part.starts_with("cmake-build");
}

/// How good a place for a lesson's folder is, by the folders above it; less is better.
using Rank = std::tuple<bool, bool, bool, std::size_t>;

Rank rank_of(std::string_view root) {
    const std::vector<std::string> parts = parts_of(root);
    const auto any = [&](auto&& is) { return std::ranges::any_of(parts, is); };
    return {any(is_built), any([](const std::string& part) { return part == "solutions"; }),
            parts.empty() || parts.back() != "lessons", parts.size()};
}

/// The sources of one lesson below one folder.
struct Copy {
    std::string root;  // the folders above the lesson's, each with a "/"
    std::vector<const ListedSource*> sources;
};

class Choice {
  public:
    Choice(const Listing& listing, const std::vector<Lesson>& lessons, const std::string& name)
        : listing_(listing), lessons_(lessons), name_(name) {}

    Chosen choose() {
        for (const Lesson& lesson : lessons_)
            if (const auto copy = best_copy(lesson)) take(lesson, *copy);
        if (chosen_.files.empty()) take_loose_ones();
        note_what_is_left_out();
        return std::move(chosen_);
    }

  private:
    /// The folders above the lesson's folder if this is a path in it.
    static std::optional<std::string> root_of(std::string_view path, const Lesson& lesson) {
        const std::string_view folder = split(path).first;
        if (folder.empty()) return std::nullopt;
        const auto [root, own] = split(folder.substr(0, folder.size() - 1));
        const std::string lower = in_lower_case(own);
        if (lower != in_lower_case(lesson.folder) && lower != in_lower_case(lesson.name)) return std::nullopt;
        return std::string(root);
    }

    [[nodiscard]] std::optional<Copy> best_copy(const Lesson& lesson) const {
        std::map<std::string, Copy> copies;
        for (const ListedSource& source : listing_.sources) {
            // A lesson's folder that is a link is listed itself.
            const bool is_link = !is_source_name(source.path);
            const auto root = root_of(is_link ? source.path + "/" : source.path, lesson);
            if (!root || (!is_link && version_of(source, lesson) == nullptr)) continue;
            Copy& copy = copies[*root];
            copy.root = *root;
            copy.sources.push_back(&source);
        }
        if (copies.empty()) return std::nullopt;
        std::vector<Copy> by_rank;
        for (auto& [root, copy] : copies) by_rank.push_back(std::move(copy));
        std::ranges::stable_sort(by_rank, {}, [](const Copy& copy) { return rank_of(copy.root); });
        if (by_rank.size() > 1 && rank_of(by_rank[0].root) == rank_of(by_rank[1].root))
            throw Error(ExitCode::usage,
                        fmt::format("{}: it holds lesson files in two places, {} and {}", name_,
                                    printable(by_rank[0].sources.front()->path),
                                    printable(by_rank[1].sources.front()->path)),
                        "leave only one of them in it");
        return by_rank[0];
    }

    static const Version* version_of(const ListedSource& source, const Lesson& lesson) {
        const std::string lower = in_lower_case(split(source.path).second);
        const auto found = std::ranges::find_if(lesson.versions, [&](const Version& version) {
            return lower == in_lower_case(version.name) + ".cpp";
        });
        return found == lesson.versions.end() ? nullptr : &*found;
    }

    void take(const Lesson& lesson, const Copy& copy) {
        roots_.insert(copy.root);
        for (const Version& version : lesson.versions) {
            const auto of_version = [&](bool exactly) {
                std::vector<const ListedSource*> found;
                for (const ListedSource* source : copy.sources)
                    if (!is_source_name(source->path) ||
                        (version_of(*source, lesson) == &version &&
                         (!exactly || split(source->path).second == version.name + ".cpp")))
                        found.push_back(source);
                return found;
            };
            auto found = of_version(true);
            if (found.empty()) found = of_version(false);
            if (!found.empty()) take(lesson, version, found, copy.root);
        }
    }

    void take(const Lesson& lesson, const Version& version, const std::vector<const ListedSource*>& found,
              const std::string& root) {
        const std::string path = source_path(lesson, version);
        for (const ListedSource* each : found) taken_.insert(each->path);
        if (found.size() > 1) {
            const bool is_same = found[0]->path == found[1]->path;
            chosen_.files[path] = {
                std::nullopt, is_same ? "it occurs twice in the archive"
                                      : fmt::format("{} and {} both may be it: leave only one of them",
                                                    printable(found[0]->path), printable(found[1]->path))};
            return;
        }
        chosen_.files[path] = found[0]->read();
        if (is_source_name(found[0]->path) && found[0]->path != root + path)
            chosen_.renamed.push_back(fmt::format("{} is taken as {}", printable(found[0]->path), path));
    }

    /// The lesson that the source belongs to, by its content: the only one that it names.
    [[nodiscard]] const Lesson* lesson_named_in(const std::string& content) const {
        const Lesson* named = nullptr;
        for (const Lesson& lesson : lessons_) {
            const std::regex name(
                fmt::format(R"((#\s*include\s*["<]{0}\.hpp[">]|\b{0}\s*::|namespace\s+{0}\b))", lesson.name));
            if (!std::regex_search(content, name)) continue;
            if (named != nullptr) return nullptr;
            named = &lesson;
        }
        return named;
    }

    /// The version of the lesson that the source is: the only one among the words of its name, or else the
    /// only one that its content defines.
    static const Version* loose_version(const ListedSource& source, const std::string& content,
                                        const Lesson& lesson) {
        const Version* by_name = nullptr;
        const Version* by_content = nullptr;
        std::size_t names = 0;
        std::size_t contents = 0;
        const std::string file = in_lower_case(split(source.path).second);
        for (const Version& version : lesson.versions) {
            const std::string name = in_lower_case(version.name);
            if (std::regex_search(file, std::regex(fmt::format("(^|[^a-z]){}([^a-z]|$)", name)))) {
                by_name = &version;
                ++names;
            }
            if (std::regex_search(content, std::regex(fmt::format(R"(\b{}\s*\()", version.name)))) {
                by_content = &version;
                ++contents;
            }
        }
        if (names == 1) return by_name;
        return names == 0 && contents == 1 ? by_content : nullptr;
    }

    void take_loose_ones() {
        std::map<std::pair<const Lesson*, const Version*>, std::vector<const ListedSource*>> found;
        for (const ListedSource& source : listing_.sources) {
            if (std::ranges::any_of(parts_of(source.path), is_built)) continue;
            const SubmittedFile file = source.read();
            const Lesson* const lesson = file.content ? lesson_named_in(*file.content) : nullptr;
            if (lesson == nullptr) continue;
            if (const Version* const version = loose_version(source, *file.content, *lesson))
                found[{lesson, version}].push_back(&source);
        }
        for (const auto& [version, sources] : found) take(*version.first, *version.second, sources, "");
        if (!found.empty()) roots_.insert("");
    }

    void note_what_is_left_out() {
        const auto note = [&](const std::string& path) {
            if (taken_.contains(path) || std::ranges::any_of(parts_of(path), is_built)) return;
            for (const std::string& root : roots_) {
                if (!path.starts_with(root)) continue;
                chosen_.left_out.push_back(path.substr(root.size()));
                return;
            }
        };
        for (const ListedSource& each : listing_.sources) note(each.path);
        for (const ListedArchive& each : listing_.archives) note(each.path);
        for (const std::string& each : listing_.others) note(each);
        std::ranges::sort(chosen_.left_out);
    }

    const Listing& listing_;
    const std::vector<Lesson>& lessons_;
    const std::string& name_;
    Chosen chosen_;
    std::set<std::string> taken_;
    std::set<std::string> roots_;
};

}  // namespace

Chosen choose(const Listing& listing, const std::vector<Lesson>& lessons, const std::string& name) {
    return Choice(listing, lessons, name).choose();
}

}  // namespace grader
