#include "check/sanitizer_report.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <utility>

#include "check/scan.hpp"

namespace grader {

using namespace scan;

namespace {

constexpr std::string_view start_of_race_report = "WARNING: ThreadSanitizer: ";

using Kind = SanitizerFinding::Kind;

constexpr std::size_t max_findings = 100;  // TSan may repeat itself a thousand times
constexpr int max_symbolizer_calls = 200;

/// `#3 [0xPC in] function [file:line[:column]] [(module+0xOFFSET)] [(BuildId: …)]`
struct Frame {
    std::string_view place;   // function, file and line
    std::string_view module;  // empty: none
    std::uint64_t offset = 0;
};

std::optional<Frame> read_frame(std::string_view line) {
    line = trimmed(line);
    if (!take(line, "#") || !take_number<unsigned>(line) || !take(line, " ")) return std::nullopt;
    line = trimmed(line);
    if (line.starts_with("0x")) {
        const auto pc_end = line.find(' ');
        line = pc_end == std::string_view::npos ? std::string_view{} : trimmed(line.substr(pc_end));
        take(line, "in ");
    }
    Frame frame;
    if (line.ends_with(')'))
        if (const auto build_id = line.rfind("(BuildId: "); build_id != std::string_view::npos)
            line = trimmed(line.substr(0, build_id));
    if (line.ends_with(')')) {
        const auto open = line.rfind('(');
        const auto plus = line.rfind("+0x");
        if (open != std::string_view::npos && plus != std::string_view::npos && plus > open) {
            auto digits = line.substr(plus + 3);
            if (const auto offset = take_number<std::uint64_t>(digits, 16); offset && digits == ")") {
                frame.module = line.substr(open + 1, plus - open - 1);
                frame.offset = *offset;
                line = trimmed(line.substr(0, open));
            }
        }
    }
    frame.place = line;
    return frame;
}

bool has_location(std::string_view place) {
    const auto space = place.rfind(' ');
    const auto last = space == std::string_view::npos ? place : place.substr(space + 1);
    return last.find('/') != std::string_view::npos ||
           (last.find(':') != std::string_view::npos && !last.empty() && is_digit(last.back()) &&
            last != "??:0");
}

/// The location in `place` if it is in the student's file.
std::optional<SourceLocation> in_student_file(std::string_view place, std::string_view student_file) {
    const auto at = student_file.empty() ? std::string_view::npos : place.rfind(student_file);
    if (at == std::string_view::npos) return std::nullopt;
    if (at > 0 && place[at - 1] != '/' && place[at - 1] != ' ') return std::nullopt;
    auto rest = place.substr(at + student_file.size());
    SourceLocation location{std::string(student_file), 0, {}};
    if (take(rest, ":"))
        location.line = std::max(0, take_number<int>(rest).value_or(0));
    else if (!rest.empty())
        return std::nullopt;
    auto function = place.substr(0, at);
    if (function.ends_with('/')) function = before(function, " /");  // an absolute path
    location.function = printable_ascii(trimmed(function));
    return location;
}

class Reader {
  public:
    Reader(std::string_view student_file, const Symbolizer& symbolize)
        : student_file_(student_file), symbolize_(symbolize) {}

    std::vector<SanitizerFinding> read(std::string_view text) {
        Lines lines(text);
        while (const auto line = lines.next()) read_line(*line);
        finish();
        return std::move(findings_);
    }

  private:
    void read_line(std::string_view line) {
        if (const auto frame = read_frame(line)) return read_stack_frame(*frame);
        const auto text = trimmed(line);
        if (!text.empty() && !starts_finding(text)) continue_finding(text);
    }

    // A stack belongs to the access or finding whose line precedes it. Its frames are read until one is in
    // the student's file and has a line number.

    void read_stack_frame(const Frame& frame) {
        if (!stack_wanted_ && !access_) return;
        const auto known = stack_wanted_ ? places(frame) : std::vector<std::string>{std::string(frame.place)};
        look_for_release(frame, known);
        if (!stack_wanted_) return;
        for (const auto& place : known) {
            if (auto location = in_student_file(place, student_file_)) {
                if (auto& where = stack_owner(); !where || location->line > 0) where = std::move(location);
                if (stack_owner()->line > 0) stack_wanted_ = false;
                if (access_) access_->calls = printable_ascii(caller_side(library_place_));
                return;
            }
            if (!stack_owner()) {
                library_place_ = place;
                if (++frames_inside_ <= 2 && contains(place, "std::_Sp_atomic<"))
                    in_atomic_shared_ptr_ = true;
            }
        }
    }

    /// Notes that libstdc++ destroys an exception or frees its memory: a libstdc++ frame, other than the
    /// outermost one that started the thread, calls a function that does, or free() is the innermost frame,
    /// since libstdc++ left by tail calls. `places` are the frame's functions, innermost first.
    void look_for_release(const Frame& frame, const std::vector<std::string>& places) {
        if (!access_ || places.empty()) return;
        const bool innermost = frames_of_stack_++ == 0;
        if (release_below_ || (innermost && is_free(places.front()))) access_->releases_in_library = true;
        release_below_ = callee_releases_ && contains(frame.module, "libstdc++") &&
                         !contains(places.front(), "basic_string");
        callee_releases_ = releases(places.back());
    }

    static bool releases(std::string_view place) {
        return contains(place, "~") || place.starts_with("operator delete") || is_free(place);
    }

    /// The sanitizers' interceptor has prefixed names for the same function.
    static bool is_free(std::string_view place) {
        constexpr std::string_view stand_in = "interceptor_";
        const std::size_t at = place.find(stand_in);
        if (at != std::string_view::npos) place.remove_prefix(at + stand_in.size());
        return is_function(place, "free") || is_function(place, "cfree");
    }

    static bool is_function(std::string_view place, std::string_view name) {
        return place == name || (place.starts_with(name) && place[name.size()] == ' ');
    }

    /// The frame as reported, or the symbolizer's frames for it if it has no location.
    std::vector<std::string> places(const Frame& frame) {
        if (has_location(frame.place) || frame.module.empty() || contains(frame.module, ".so") || !symbolize_)
            return {std::string(frame.place)};
        auto& known = symbolized_[{std::string(frame.module), frame.offset}];
        if (!known) {
            known.emplace();
            if (symbolizer_calls_++ < max_symbolizer_calls)
                for (const auto& [file, line, function] : symbolize_(frame.module, frame.offset))
                    known->push_back(function + (file.empty() ? "" : ' ' + file) +
                                     (line > 0 ? ':' + std::to_string(line) : ""));
        }
        return known->empty() ? std::vector<std::string>{std::string(frame.place)} : *known;
    }

    /// The function of `place`, without its location.
    static std::string_view caller_side(std::string_view place) {
        if (place.ends_with(" <null>")) return place.substr(0, place.size() - 7);
        if (!has_location(place)) return place;
        return trimmed(place.substr(0, place.rfind(' ')));
    }

    std::optional<SourceLocation>& stack_owner() { return access_ ? access_->where : finding_->where; }

    void want_stack(Access* access) {
        end_access();
        access_ = access;
        stack_wanted_ = true;
        frames_inside_ = 0;
        frames_of_stack_ = 0;
        callee_releases_ = release_below_ = false;
        library_place_.clear();
        in_atomic_shared_ptr_ = false;
    }

    void end_access() {
        if (access_ && in_atomic_shared_ptr_) ++accesses_in_atomic_shared_ptr_;
        access_ = nullptr;
        stack_wanted_ = false;
        in_atomic_shared_ptr_ = false;
    }

    void start(Kind kind, std::string_view what) {
        finish();
        abort_follows_ = false;
        finding_.emplace();
        finding_->kind = kind;
        finding_->what = printable_ascii(trimmed(what));
        finding_->accesses.reserve(4);  // access_ points into it
        want_stack(nullptr);
    }

    void finish() {
        if (!finding_) return;
        end_access();
        auto& accesses = finding_->accesses;
        const bool false_alarm =
            accesses.size() >= 2 && accesses_in_atomic_shared_ptr_ >= static_cast<int>(accesses.size());
        accesses_in_atomic_shared_ptr_ = 0;
        for (const auto& access : accesses)
            if (access.where && (!finding_->where || finding_->where->line == 0))
                finding_->where = access.where;
        if (!false_alarm && findings_.size() < max_findings) findings_.push_back(std::move(*finding_));
        finding_.reset();
    }

    bool starts_finding(std::string_view line) {
        if (contains(line, "DEADLYSIGNAL")) return true;
        if (const auto what = after(line, start_of_race_report); !what.empty()) {
            if (contains(what, " (pid=")) start_thread_sanitizer(before(what, " (pid="));
            return true;
        }
        if (contains(line, "FATAL: ThreadSanitizer") || contains(line, "FATAL: AddressSanitizer") ||
            contains(line, "Sanitizer: CHECK failed") || contains(line, "Sanitizer: nested bug") ||
            contains(line, "Shadow memory range interleaves")) {
            start(Kind::unavailable, line);
            return true;
        }
        if (contains(line, "ERROR: LeakSanitizer: ")) {
            finish();
            return true;
        }
        for (const std::string_view sanitizer :
             {"AddressSanitizer", "ThreadSanitizer", "UndefinedBehaviorSanitizer"}) {
            const auto error = after(line, std::string("ERROR: ") + std::string(sanitizer));
            if (take_error(error)) return true;
        }
        if (const auto what = after(line, ": runtime error: "); !what.empty()) {
            start(Kind::memory_error, what);
            finding_->where = in_student_file(before(line, ": runtime error: "), student_file_);
            if (finding_->where) stack_wanted_ = false;
            return true;
        }
        if (contains(line, ": Assertion '") && line.ends_with("' failed.")) {
            start(Kind::memory_error, line.substr(line.rfind(": Assertion '") + 2));
            finding_->what.pop_back();  // the full stop
            abort_follows_ = true;
            return true;
        }
        if (take(line, "terminate: ")) {
            start(Kind::terminated, line);
            abort_follows_ = true;
            return true;
        }
        return false;
    }

    void start_thread_sanitizer(std::string_view what) {
        const bool race = contains(what, "race") && !contains(what, "use-after-free");
        const bool memory = contains(what, "use-after-free");
        start(race ? Kind::race : memory ? Kind::memory_error : Kind::thread_misuse, what);
    }

    /// `error` is what follows "ERROR: AddressSanitizer".
    bool take_error(std::string_view error) {
        if (error.empty()) return false;
        if (!take(error, ": ")) {  // "AddressSanitizer failed to allocate …"
            start(Kind::out_of_memory, error);
            return true;
        }
        if (error.starts_with("ABRT") && finding_ &&
            abort_follows_) {  // what follows is this finding's stack
            want_stack(nullptr);
            return true;
        }
        const auto name = before(before(error, " "), ":");
        const auto is_one_of = [&](auto... names) { return ((name == names) || ...); };
        Kind kind = Kind::memory_error;
        auto what = name;
        if (is_one_of("SEGV", "FPE", "ILL", "BUS", "ABRT", "TRAP", "stack-overflow")) {
            kind = Kind::crash;
            what = is_one_of("SEGV", "BUS", "stack-overflow") ? before(error, " (pc ") : name;
        } else if (contains(error, "allocation size") || is_one_of("out", "out-of-memory", "hard")) {
            kind = Kind::out_of_memory;
            what = before(error, " (");
        } else if (name == "attempting") {
            what = error.starts_with("attempting double-free") ? "double-free" : "bad-free";
        }
        start(kind, what);
        return true;
    }

    void continue_finding(std::string_view line) {
        if (!finding_) return;
        if (line.starts_with("SUMMARY: ") || line.starts_with("=====")) {
            if (!abort_follows_ || line.front() != '=') finish();
        } else if (!read_access(line) && !read_object(line)) {
            end_stacks_at(line);
        }
    }

    /// "Previous atomic write of size 8 at 0x7ffc (mutexes: …) by thread T1:", "WRITE of size 8 at 0x60
    /// thread T0"
    bool read_access(std::string_view line) {
        const auto size_at = line.find(" of size ");
        if (size_at == std::string_view::npos) return false;
        auto verb = line.substr(0, size_at);
        take(verb, "Previous ");
        const bool atomic = take(verb, "atomic ") || take(verb, "Atomic ");
        const bool write = verb == "write" || verb == "Write" || verb == "WRITE";
        if (!write && verb != "read" && verb != "Read" && verb != "READ") return false;

        if (finding_->accesses.size() == finding_->accesses.capacity()) return true;
        const bool by_thread_sanitizer = verb != "WRITE" && verb != "READ";
        auto rest = line.substr(size_at + 9);
        Access access;
        access.is_write = write;
        access.is_atomic = atomic;
        access.bytes = take_number<std::size_t>(rest).value_or(0);
        if (take(rest, " at 0x")) access.address = take_number<std::uint64_t>(rest, 16).value_or(0);
        if (contains(rest, "main thread") || contains(rest, " thread T0")) {
            access.thread = "main thread";
        } else if (auto number = after(rest, " thread T"); !number.empty()) {
            if (const auto n = take_number<unsigned>(number)) access.thread = "thread " + std::to_string(*n);
        }
        finding_->accesses.push_back(std::move(access));
        if (by_thread_sanitizer || finding_->accesses.size() == 1) want_stack(&finding_->accesses.back());
        return true;
    }

    bool read_object(std::string_view line) {
        std::string object;
        if (take(line, "Location is ")) {
            auto location = line;
            if (location.starts_with("global '<null>'") || location.starts_with("global '\?\?'"))
                return end_stack();
            if (location.starts_with("global '")) {
                const auto quote = location.find('\'', 8);
                object = location.substr(0, quote == std::string_view::npos ? quote : quote + 1);
            } else if (location.starts_with("heap block of size ")) {
                object = before(location, " at 0x");
            } else {
                object = location.ends_with('.') ? location.substr(0, location.size() - 1) : location;
            }
        } else if (const auto region = after(line, " is located "); !region.empty()) {
            if (contains(region, "stack of thread")) return end_stack();  // the variable's name follows
            object = before(before(region, " ["), " defined in ");
        } else if (contains(line, "<== Memory access at offset ")) {  // "[32, 64) 'sums' (line 4) <== …"
            object = "variable " + std::string(trimmed(before(after(line, ") "), " <==")));
        } else {
            return false;
        }
        if (finding_->object.empty()) finding_->object = printable_ascii(object);
        return end_stack();
    }

    bool end_stack() {
        end_access();
        return true;
    }

    /// Handles a line that begins another event's stack. Some findings have only such stacks.
    void end_stacks_at(std::string_view line) {
        if (!line.ends_with(':')) return;
        end_access();
        if (finding_->kind == Kind::thread_misuse && !finding_->where) want_stack(nullptr);
    }

    std::string_view student_file_;
    const Symbolizer& symbolize_;

    std::vector<SanitizerFinding> findings_;
    std::optional<SanitizerFinding> finding_;  // the one being read
    Access* access_ = nullptr;                 // owner of the stack being read; null: the finding
    bool stack_wanted_ = false;
    bool abort_follows_ = false;  // finding_'s stack comes as that of a SIGABRT
    int frames_inside_ = 0;       // frames of this stack before the student's
    std::string library_place_;   // the last of frames_inside_
    int frames_of_stack_ = 0;
    bool callee_releases_ = false;  // the previous frame destroys something or frees memory
    bool release_below_ = false;    // and libstdc++ called it
    bool in_atomic_shared_ptr_ = false;
    int accesses_in_atomic_shared_ptr_ = 0;
    std::map<std::pair<std::string, std::uint64_t>, std::optional<std::vector<std::string>>> symbolized_;
    int symbolizer_calls_ = 0;
};

}  // namespace

std::vector<SourceLocation> read_addr2line_output(std::string_view text) {
    std::vector<SourceLocation> frames;
    Lines lines(text);
    while (const auto function = lines.next()) {
        const auto place = lines.next();
        if (!place) break;
        const auto colon = place->rfind(':');
        if (colon == std::string_view::npos) continue;
        const std::string name = *function == "??" ? "" : printable_ascii(*function);
        if (place->starts_with("??")) {  // linked without debug information
            if (!name.empty()) frames.push_back({"", 0, name});
            continue;
        }
        auto number = place->substr(colon + 1);
        frames.push_back({printable_ascii(place->substr(0, colon)),
                          std::max(0, take_number<int>(number).value_or(0)), name});
    }
    return frames;
}

std::size_t thread_sanitizer_reports(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find(start_of_race_report); at != std::string_view::npos;
         at = text.find(start_of_race_report, at + 1))
        ++count;
    return count;
}

const Unsupported* why_no_evidence(const SanitizerFinding& race, const std::vector<std::string>& imports) {
    const bool released = std::ranges::any_of(race.accesses, &Access::releases_in_library);
    for (const Unsupported& unsupported : symbols_unsupported_by_tsan)
        if ((released || !unsupported.only_of_released) &&
            std::ranges::find(imports, unsupported.symbol) != imports.end())
            return &unsupported;
    return nullptr;
}

std::vector<SanitizerFinding> read_sanitizer_report(std::string_view text, std::string_view student_file,
                                                    const Symbolizer& symbolize) {
    return Reader(student_file, symbolize).read(text);
}

}  // namespace grader
