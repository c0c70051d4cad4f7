// Fuzzes a sanitizer's report, into which a student's program may have written anything.

#include "check/sanitizer_report.hpp"

#include "check/changed_expression.hpp"
#include "check/finding_in_words.hpp"

#include <algorithm>

#include "invariant.hpp"

namespace {

constexpr std::size_t max_text = 500;
constexpr std::string_view student_file = "01_slow_thing/parallel.cpp";

void require_ascii(std::string_view text, std::size_t most_bytes = max_text) {
    require(text.size() <= most_bytes, "a text is short", text);
    require(std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; }), "a text is ASCII", text);
}

void check(const grader::SourceLocation& where) {
    require(where.line >= 0, "a line isn't negative");
    require_ascii(where.file);
    require_ascii(where.function);
}

void check_student(const std::optional<grader::SourceLocation>& where) {
    if (!where) return;
    require(where->file == student_file, "a finding is in the student's file", where->file);
    check(*where);
}

void check(const grader::SanitizerFinding& finding, std::string_view source) {
    require_ascii(finding.what);
    require_ascii(finding.object);
    check_student(finding.where);
    require(finding.accesses.size() <= 4, "a finding has few accesses");
    for (const auto& access : finding.accesses) {
        check_student(access.where);
        require_ascii(access.calls);
        require_ascii(access.thread);
    }
    const std::string name = grader::name_of_shared_object(finding, source);
    require_ascii(name);
    require_ascii(grader::sentence_for_student(finding, name), 4 * max_text);
    require_ascii(grader::sentence_for_student(finding, ""), 4 * max_text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    // The input has two parts: the report, and the student's source, which is also read as addr2line's
    // output.
    const auto middle = std::min(size, text.find('\f'));
    const std::string_view report = text.substr(0, middle);
    const std::string_view other = text.substr(std::min(size, middle + 1));

    const auto frames = grader::read_addr2line_output(other);
    for (const auto& frame : frames) check(frame);
    require_ascii(grader::changed_expression(other));
    require_ascii(grader::changed_expression(report.substr(0, max_text), "push_back"));

    int asked = 0;
    const auto symbolize = [&](std::string_view, std::uint64_t) {
        ++asked;
        return frames;
    };
    const auto findings = grader::read_sanitizer_report(report, student_file, symbolize);
    require(asked <= 200, "the symbolizer isn't asked too often");
    require(findings.size() <= 100, "there aren't too many findings");
    for (const auto& finding : findings) check(finding, other);
    return 0;
}
