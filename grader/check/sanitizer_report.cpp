#include "check/sanitizer_report.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <map>
#include <utility>

#include "base/text.hpp"

namespace grader {
namespace {

using Kind = SanitizerFinding::Kind;

constexpr std::size_t max_text = 500;      // bytes of any string that is returned
constexpr std::size_t max_findings = 100;  // TSan may repeat itself a thousand times
constexpr int max_symbolizer_calls = 200;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
std::string printable_ascii(std::string_view text) {
    std::string result(text.substr(0, max_text));
    for (char& c : result)
        if (c < ' ' || c > '~') c = '?';
    return result;
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Removes `start` from the front of `text`, if it is there.
bool take(std::string_view& text, std::string_view start) {
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

/// Removes a number from the front of `text`; nothing if there is none or it is too large.
template <class Number>
std::optional<Number> take_number(std::string_view& text, int base = 10) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (error != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// What comes before `end` in `text`; all of it if `end` isn't there.
std::string_view before(std::string_view text, std::string_view end) {
    return text.substr(0, text.find(end));
}

std::string_view after(std::string_view text, std::string_view start) {
    const auto at = text.find(start);
    return at == std::string_view::npos ? std::string_view{} : text.substr(at + start.size());
}

class Lines {
  public:
    explicit Lines(std::string_view text) : rest_(text) {}

    /// The next line without its end; nothing at the end of the text.
    std::optional<std::string_view> next() {
        if (rest_.empty()) return std::nullopt;
        const auto line = before(rest_, "\n");
        rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
        return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
    }

  private:
    std::string_view rest_;
};

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
        if (const auto text = trimmed(line); text.empty() || starts_finding(text) || continues_finding(text))
            return;
    }

    // A stack belongs to the access or finding whose line came before it. Its frames are looked at until one
    // is in the student's file and has a line.

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

    /// An exception is destroyed, or its memory given back, by libstdc++ (whose last frame in a stack is that
    /// which started the thread), or by free() itself, as seen from code: libstdc++ left by tail calls.
    /// `places` are the frame's functions, innermost first.
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

    /// The sanitizers' stand-in has other names for the same place.
    static bool is_free(std::string_view place) {
        constexpr std::string_view stand_in = "interceptor_";
        const std::size_t at = place.find(stand_in);
        if (at != std::string_view::npos) place.remove_prefix(at + stand_in.size());
        return is_function(place, "free") || is_function(place, "cfree");
    }

    static bool is_function(std::string_view place, std::string_view name) {
        return place == name || (place.starts_with(name) && place[name.size()] == ' ');
    }

    /// The frame as it stands, or, if it has no location, what the symbolizer says of it.
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
        if (const auto what = after(line, "WARNING: ThreadSanitizer: "); !what.empty()) {
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

    bool continues_finding(std::string_view line) {
        if (!finding_) return false;
        if (line.starts_with("SUMMARY: ") || line.starts_with("=====")) {
            if (!abort_follows_ || line.front() != '=') finish();
            return true;
        }
        return read_access(line) || read_object(line) || end_stacks(line);
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

    /// Lines that begin a stack which tells where something else happened; for some findings, that's all.
    bool end_stacks(std::string_view line) {
        if (!line.ends_with(':')) return false;
        end_access();
        if (finding_->kind == Kind::thread_misuse && !finding_->where) want_stack(nullptr);
        return true;
    }

    std::string_view student_file_;
    const Symbolizer& symbolize_;

    std::vector<SanitizerFinding> findings_;
    std::optional<SanitizerFinding> finding_;  // the one that is being read
    Access* access_ = nullptr;                 // whose stack is being read; none: the finding's
    bool stack_wanted_ = false;
    bool abort_follows_ = false;  // of finding_: its stack comes as that of a SIGABRT
    int frames_inside_ = 0;       // frames of this stack before the student's file
    std::string library_place_;   // the last of them
    int frames_of_stack_ = 0;
    bool callee_releases_ = false;  // the frame before destroys something or gives memory back
    bool release_below_ = false;    // and that before was called by libstdc++
    bool in_atomic_shared_ptr_ = false;
    int accesses_in_atomic_shared_ptr_ = 0;
    std::map<std::pair<std::string, std::uint64_t>, std::optional<std::vector<std::string>>> symbolized_;
    int symbolizer_calls_ = 0;
};

// The names of variables, from C++ source: by its operators, without understanding types.

/// `line` with spaces for comments and for what string and character literals hold.
std::string without_literals(std::string_view line) {
    std::string code(line);
    char quote = 0;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (quote != 0) {
            code[i] = ' ';
            if (c == '\\' && i + 1 < code.size()) code[++i] = ' ';
            if (c == quote) quote = 0;
        } else if (c == '"' || (c == '\'' && (i == 0 || !is_identifier(code[i - 1])))) {  // not 1'000
            quote = c;
            code[i] = ' ';
        } else if (code.compare(i, 2, "//") == 0) {
            code.resize(i);
        } else if (code.compare(i, 2, "/*") == 0) {
            const auto end = code.find("*/", i + 2);
            const auto length = (end == std::string::npos ? code.size() : end + 2) - i;
            code.replace(i, length, length, ' ');
        }
    }
    return code;
}

bool is_keyword(std::string_view word) {
    constexpr std::array keywords{"if",   "while", "for",    "switch", "return",
                                  "else", "do",    "sizeof", "case",   "co_return"};
    return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

/// Where the bracket that ends at `close` opens; npos if it doesn't.
std::size_t opening(std::string_view code, std::size_t close) {
    int depth = 0;
    for (std::size_t i = close + 1; i-- > 0;) {
        if (code[i] == ')' || code[i] == ']') ++depth;
        if ((code[i] == '(' || code[i] == '[') && --depth == 0) return i;
    }
    return std::string_view::npos;
}

std::size_t closing(std::string_view code, std::size_t open) {
    int depth = 0;
    for (std::size_t i = open; i < code.size(); ++i) {
        if (code[i] == '(' || code[i] == '[') ++depth;
        if ((code[i] == ')' || code[i] == ']') && --depth == 0) return i;
    }
    return std::string_view::npos;
}

std::size_t word_start(std::string_view code, std::size_t end) {
    while (end > 0 && is_identifier(code[end - 1])) --end;
    return end;
}

std::size_t without_spaces_before(std::string_view code, std::size_t end) {
    while (end > 0 && code[end - 1] == ' ') --end;
    return end;
}

/// The start of the postfix expression (`a`, `a.b[i]`, `p->image(x, y)`, `(*p)[3]`) that ends before `end`;
/// `end` if there is none.
std::size_t operand_start(std::string_view code, std::size_t end) {
    std::size_t at = end;
    while (at > 0) {
        const char last = code[at - 1];
        if (last == ')' || last == ']') {
            const auto open = opening(code, at - 1);
            if (open == std::string_view::npos) return end;
            at = open;
            const auto name_end = last == ')' ? without_spaces_before(code, at) : at;
            const auto name = word_start(code, name_end);
            if (name < name_end) {
                if (is_keyword(code.substr(name, name_end - name))) return end;  // if (…)
                at = name_end;
            } else if (at == 0 || (code[at - 1] != ')' && code[at - 1] != ']')) {
                if (last == ']' || (at > 0 && code[at - 1] == '>'))
                    return end;  // a lambda's captures; get<0>(t)
                return at;
            }
            continue;
        }
        const auto name = word_start(code, at);
        if (name == at || is_digit(code[name]) || is_keyword(code.substr(name, at - name))) return end;
        at = name;
        const auto left = code.substr(0, at);
        if (left.ends_with("->") || left.ends_with("::")) {
            at -= 2;
        } else if (left.ends_with('.')) {
            at -= 1;
        } else {
            return at;
        }
    }
    return end;
}

std::size_t operand_end(std::string_view code, std::size_t start) {
    std::size_t at = start;
    while (at < code.size()) {
        if (is_identifier(code[at]) || code[at] == '.' || code[at] == '*') {
            ++at;
        } else if (code.compare(at, 2, "->") == 0 || code.compare(at, 2, "::") == 0) {
            at += 2;
        } else if (code[at] == '(' || code[at] == '[') {
            const auto close = closing(code, at);
            if (close == std::string_view::npos) return start;
            at = close + 1;
        } else {
            break;
        }
    }
    return at;
}

struct Change {
    std::string expression;
    bool reads = false;          // sum += x, ++n; not sum = x
    bool in_for_header = false;  // for (…; …; ++n)
};

/// The expression that is assigned to at `code[op]`, unless that declares it.
std::string assigned(std::string_view code, std::size_t op) {
    const auto end = without_spaces_before(code, op);
    const auto start = operand_start(code, end);
    if (start == end) return {};
    const std::string expression(code.substr(start, end - start));

    const auto left = without_spaces_before(code, start);
    if (left == 0) return expression;
    const char last = code[left - 1];
    if (last == '&' || last == '>' || last == '.') return {};
    if (last == '*') {
        const auto type = without_spaces_before(code, left - 1);
        const bool declares = type > 0 && (is_identifier(code[type - 1]) || code[type - 1] == '>');
        return declares ? "" : '*' + expression;
    }
    const auto word = word_start(code, left);
    if (word < left && !is_keyword(code.substr(word, left - word))) return {};
    return expression;
}

std::vector<Change> changes(std::string_view line) {
    const auto code = without_literals(line.substr(0, max_text));
    std::size_t header_end = 0;
    for (auto at = code.find("for"); at != std::string::npos; at = code.find("for", at + 3)) {
        const auto open = code.find_first_not_of(' ', at + 3);
        if ((at > 0 && is_identifier(code[at - 1])) || open == std::string::npos || code[open] != '(')
            continue;
        header_end = std::min(code.size(), closing(code, open));
    }

    std::vector<Change> found;
    const auto add = [&](std::size_t at, std::string_view expression, bool reads) {
        std::string name;
        for (const char c : expression)
            if (c != ' ' || (!name.empty() && name.back() != ' ')) name += c;
        if (!name.empty() && name.size() <= 60)
            found.push_back({printable_ascii(trimmed(name)), reads, at < header_end});
    };
    std::string brackets;  // that are open
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        const char previous = i > 0 ? code[i - 1] : ' ';
        const char next = i + 1 < code.size() ? code[i + 1] : ' ';
        if (c == '(' || c == '[' || c == '{') brackets += c;
        if ((c == ')' || c == ']' || c == '}') && !brackets.empty()) brackets.pop_back();

        if ((c == '+' || c == '-') && next == c) {
            if (const auto start = operand_start(code, i); start < i) {
                add(i, std::string_view(code).substr(start, i - start), true);
            } else {
                const auto operand = code.find_first_not_of(' ', i + 2);
                if (operand != std::string::npos)
                    add(i, std::string_view(code).substr(operand, operand_end(code, operand) - operand),
                        true);
            }
            ++i;
        } else if (c == '=' && next == '=') {
            ++i;
        } else if (c == '=' && previous != '!' && (brackets.empty() || brackets.back() != '[')) {
            const std::string_view left(code.data(), i);
            std::size_t op = i;
            if (left.ends_with("<<") || left.ends_with(">>")) {
                op -= 2;
            } else if (previous == '<' || previous == '>') {
                continue;
            } else if (std::string_view("+-*/%&|^").find(previous) != std::string_view::npos) {
                op -= 1;
            }
            add(i, assigned(code, op), op < i);
        }
    }
    return found;
}

/// `sums` of `sums[t]`, `image` of `image(x, y)`.
std::string_view base(std::string_view expression) {
    return expression.substr(0, expression.find_first_of("[("));
}

/// The one expression that is changed, as `line` has it.
std::string only_change(std::string_view line, bool that_is_read) {
    auto found = changes(line);
    if (that_is_read) std::erase_if(found, [](const Change& change) { return !change.reads; });
    if (std::any_of(found.begin(), found.end(), [](const Change& change) { return !change.in_for_header; }))
        std::erase_if(found, [](const Change& change) { return change.in_for_header; });
    if (found.empty()) return {};
    const auto& first = found.front().expression;
    bool same = true;
    for (const auto& [expression, reads, in_for_header] : found) {
        if (base(expression) != base(first)) return {};
        same = same && expression == first;
    }
    return same ? first : std::string(base(first));
}

/// `found` of `found.push_back(3)` for the method push_back.
std::string called_object(std::string_view line, std::string_view method) {
    const auto code = without_literals(line.substr(0, max_text));
    for (auto at = code.find(method); at != std::string::npos; at = code.find(method, at + 1)) {
        const auto left = std::string_view(code).substr(0, at);
        const auto end = left.ends_with("->") ? at - 2 : left.ends_with('.') ? at - 1 : at;
        const auto after_name = at + method.size();
        if (end == at || (after_name < code.size() && is_identifier(code[after_name]))) continue;
        const auto start = operand_start(code, end);
        if (start < end) return printable_ascii(std::string_view(code).substr(start, end - start));
    }
    return {};
}

/// `push_back` of `double& std::vector<double>::push_back<int>(int&&)`; empty for an operator.
std::string_view method_name(std::string_view function) {
    if (function.ends_with(" const")) function.remove_suffix(6);
    if (function.ends_with(')')) {
        const auto open = opening(function, function.size() - 1);
        if (open == std::string_view::npos) return {};
        function = function.substr(0, open);
    }
    if (function.ends_with('>')) {
        int depth = 0;
        std::size_t at = function.size();
        while (at > 0) {
            --at;
            if (function[at] == '>') ++depth;
            if (function[at] == '<' && --depth == 0) break;
        }
        function = function.substr(0, at);
    }
    const auto name = function.substr(word_start(function, function.size()));
    return name == "operator" ? std::string_view{} : name;
}

std::string_view line_of(std::string_view source, int number) {
    Lines lines(source);
    for (int i = 1; i < number; ++i)
        if (!lines.next()) return {};
    return lines.next().value_or("");
}

bool frees(const Access& access) {
    return access.calls.starts_with("operator delete");
}

std::string place(const SourceLocation& location) {
    const auto file = std::string_view(location.file).substr(location.file.rfind('/') + 1);
    return std::string(file) + (location.line > 0 ? " line " + std::to_string(location.line) : "");
}

std::string race_sentence(const SanitizerFinding& finding, std::string_view subject) {
    auto accesses = finding.accesses;
    std::stable_partition(accesses.begin(), accesses.end(),
                          [](const Access& access) { return access.is_write; });

    std::string lines;
    for (const auto& access : accesses) {
        if (!access.where || access.where->line == 0) continue;
        lines +=
            lines.empty() ? ": " + place(*access.where) : " and line " + std::to_string(access.where->line);
        lines += frees(access) ? " (delete)" : access.is_write ? " (write)" : " (read)";
        if (access.is_atomic) lines.insert(lines.size() - 1, ", atomic");
    }
    const auto writes =
        std::count_if(accesses.begin(), accesses.end(), [](const Access& a) { return a.is_write; });
    const bool on_one_line = accesses.size() == 2 && accesses[0].where &&
                             accesses[0].where == accesses[1].where && accesses[0].where->line > 0;
    std::string sentence(subject.empty() ? "the same memory" : subject);
    sentence.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())));
    if (std::any_of(accesses.begin(), accesses.end(), frees))
        sentence += " is given back by one thread while another may still use it";
    else if (accesses.size() < 2 || writes > 1 || on_one_line)
        sentence += " is written by two threads at once";
    else
        sentence += " is written by one thread while another reads it";
    return sentence + lines + ".";
}

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
        if (place->starts_with("??")) {  // as of what is linked without debug information
            if (!name.empty()) frames.push_back({"", 0, name});
            continue;
        }
        auto number = place->substr(colon + 1);
        frames.push_back({printable_ascii(place->substr(0, colon)),
                          std::max(0, take_number<int>(number).value_or(0)), name});
    }
    return frames;
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

std::string changed_expression(std::string_view line, std::string_view method) {
    if (!method.empty())
        if (auto object = called_object(line, method); !object.empty()) return object;
    return only_change(line, false);
}

std::string name_of_shared_object(const SanitizerFinding& finding, std::string_view source) {
    std::string_view object = finding.object;
    if (take(object, "global '") || take(object, "variable '") ||
        !after(object, "global variable '").empty()) {
        if (const auto variable = after(object, "global variable '"); !variable.empty()) object = variable;
        object = before(object, "'");
        const auto scope = object.rfind("::");
        return std::string(scope == std::string_view::npos ? object : object.substr(scope + 2));
    }

    std::string name;
    for (const bool write : {true, false}) {
        for (const auto& access : finding.accesses) {
            if (access.is_write != write || !access.where || access.where->line == 0 || frees(access))
                continue;
            const auto line = line_of(source, access.where->line);
            const auto method = method_name(access.calls);
            auto found = method.empty() ? std::string{} : called_object(line, method);
            if (found.empty()) found = only_change(line, !write);
            if (std::string_view wrapped = found; take(wrapped, "std::atomic_ref(") && wrapped.ends_with(')'))
                found = wrapped.substr(0, wrapped.size() - 1);
            if (found.empty() || found == name) continue;
            if (name.empty())
                name = found;
            else if (base(name) == base(found))
                name = base(name);
            else
                return {};
        }
        if (!name.empty()) return name;
    }
    return {};
}

std::string sentence_for_student(const SanitizerFinding& finding, std::string_view subject) {
    const std::string at = finding.where ? " at " + place(*finding.where) : "";
    const auto& what = finding.what;
    switch (finding.kind) {
        case Kind::race:
            return race_sentence(finding, subject);
        case Kind::memory_error: {
            std::string sentence = what + at;
            if (!finding.accesses.empty()) {
                const auto& access = finding.accesses.front();
                sentence += std::string(access.is_write ? ", a write" : ", a read") + " of " +
                            std::to_string(access.bytes) + " bytes";
                if (!subject.empty()) sentence += " near " + std::string(subject);
                if (!finding.object.empty() && is_digit(finding.object.front()))
                    sentence += ", " + finding.object;
            }
            return sentence + ".";
        }
        case Kind::crash:
            return "The program crashed" + at + ": " + what + ".";
        case Kind::out_of_memory:
            return "More memory was asked for than there is" + at + ": " + what + ".";
        case Kind::thread_misuse:
            return what + at + ".";
        case Kind::terminated:
            if (what == "no exception")
                return "std::terminate was called" + at +
                       " without an exception: was a std::thread destroyed before it was joined?";
            return "Nothing caught an exception" + at + ", so the program ended: " + what + ".";
        case Kind::unavailable:
            return "The sanitizer could not run, so nothing is known: " + what + ".";
    }
    return what + ".";
}

}  // namespace grader
