#include "check/evasion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.hpp"

namespace grader {

namespace {

using namespace std::string_view_literals;

/// The virtual clock doesn't see assembler and system calls, and it reads the thread's struct rseq. A weakref
/// imports a symbol that is named only in a string.
constexpr auto telling_names = std::to_array(
    {"KIT_CHECKED"sv, "_GLIBCXX_ASSERTIONS"sv, "_GLIBCXX_TSAN"sv, "asm"sv, "__asm"sv, "__asm__"sv,
     "syscall"sv, "dlsym"sv, "dlvsym"sv, "dlopen"sv, "dlmopen"sv, "rseq"sv, "__builtin_thread_pointer"sv,
     "weakref"sv, "__weakref__"sv, "no_address_safety_analysis"sv, "disable_sanitizer_instrumentation"sv});

/// Prefixes of the sanitizer runtimes' functions, macros and attributes.
constexpr auto telling_starts = std::to_array(
    {"__SANITIZE_"sv, "__sanitizer_"sv, "__tsan_"sv, "__asan_"sv, "__ubsan_"sv, "__lsan_"sv, "__hwasan_"sv,
     "__msan_"sv, "_GLIBCXX_SANITIZE"sv, "__interceptor_"sv, "__rseq_"sv, "no_sanitize"sv, "__no_sanitize"sv,
     "ASAN_POISON_"sv, "ASAN_UNPOISON_"sv, "AnnotateIgnore"sv, "AnnotateBenignRace"sv, "AnnotateHappens"sv,
     "AnnotateEnableRaceDetection"sv});

/// Features that __has_feature asks the compiler for.
constexpr auto features =
    std::to_array({"address_sanitizer"sv, "thread_sanitizer"sv, "undefined_behavior_sanitizer"sv,
                   "leak_sanitizer"sv, "memory_sanitizer"sv, "hwaddress_sanitizer"sv});

template <std::size_t n>
bool is_one_of(std::string_view name, const std::array<std::string_view, n>& names) {
    return std::ranges::find(names, name) != names.end();
}

bool is_telling(std::string_view name) {
    return is_one_of(name, telling_names) ||
           std::ranges::any_of(telling_starts, [&](auto start) { return name.starts_with(start); });
}

bool is_reserved(std::string_view name) {
    return name.starts_with("__") || (name.size() > 1 && name[0] == '_' && name[1] >= 'A' && name[1] <= 'Z');
}

bool has_name(const std::vector<Token>& tokens, std::string_view name) {
    return std::ranges::find(tokens, name, &Token::text) != tokens.end();
}

std::optional<std::string> telling_token(const std::vector<Token>& tokens) {
    const bool asks = has_name(tokens, "__has_feature") || has_name(tokens, "__has_extension");
    for (const Token& token : tokens) {
        if (token.text == line_marker_token)
            return fmt::format("line {} makes its own code look like a header's", token.line);
        if (token.is_name() && (is_telling(token.text) || (asks && is_one_of(token.text, features))))
            return fmt::format("line {} has `{}`", token.line, printable(token.text));
    }
    return std::nullopt;
}

/// Whether the code may contain names that aren't written in it: made by ## or _Pragma, or by a header's
/// macro that uses ## (__CONCAT).
bool makes_names(const std::vector<Token>& written) {
    return std::ranges::any_of(
        written, [](const Token& token) { return token.text == "##" || is_reserved(token.text); });
}

/// Whether joined_lines() may have changed the program's meaning.
bool is_misread(const std::string& source, const std::vector<Token>& written) {
    return std::ranges::any_of(written, &Token::is_raw_string) && joined_lines(source) != source;
}

/// Whether a # is followed by a number or a comment, even in a string. For code that is_misread().
bool may_have_line_marker(const std::string& source) {
    const std::string joined = joined_lines(source);
    for (std::size_t at = 0; at < joined.size(); ++at) {
        if (joined[at] != '#' && joined.compare(at, 2, "%:") != 0) continue;
        const std::size_t next = joined.find_first_not_of(" \t\v\f", at + (joined[at] == '#' ? 1 : 2));
        if (next != std::string::npos && "/0123456789"sv.find(joined[next]) != std::string_view::npos)
            return true;
    }
    return false;
}

std::optional<std::string> first_difference(const std::vector<Token>& timed,
                                            const std::vector<Token>& other) {
    const auto [at, other_at] = std::ranges::mismatch(timed, other, {}, &Token::text, &Token::text);
    if (at == timed.end() && other_at == other.end()) return std::nullopt;
    return fmt::format("line {} is another one under a sanitizer",
                       at == timed.end() ? other_at->line : at->line);
}

constexpr const char* unreadable = "the compiler can't take its code apart";

/// Evasion in the code after macro expansion. Only the timed flavour's tokens are searched: the other
/// flavours must have the same.
std::optional<std::string> evasion_by_macros(Builder& builder, const Lesson& lesson, const Version& version,
                                             const std::string& source) {
    const auto timed = builder.expanded_tokens(lesson, version, Flavour::timed, source);
    if (!timed) return unreadable;
    if (auto told = telling_token(*timed)) return told;
    for (const Flavour flavour : all_flavours) {
        if (flavour == Flavour::timed) continue;
        const auto other = builder.expanded_tokens(lesson, version, flavour, source);
        if (!other) return unreadable;
        if (auto told = first_difference(*timed, *other)) return told;
    }
    return std::nullopt;
}

}  // namespace

std::optional<std::string> evasion(Builder& builder, const Lesson& lesson, const Version& version,
                                   const std::string& source, const std::vector<std::string>& imports) {
    const auto written = builder.written_tokens(lesson, version, source);
    if (!written) return unreadable;
    if (auto told = telling_token(*written)) return told;
    const bool misread = is_misread(source, *written);
    if (misread && may_have_line_marker(source)) return unreadable;
    if (misread || makes_names(*written))
        if (auto told = evasion_by_macros(builder, lesson, version, source)) return told;
    // libstdc++'s own headers call syscall.
    const auto import = std::ranges::find_if(
        imports, [](std::string_view symbol) { return symbol != "syscall" && is_telling(symbol); });
    if (import != imports.end()) return fmt::format("it takes `{}` from elsewhere", printable(*import));
    return std::nullopt;
}

}  // namespace grader
