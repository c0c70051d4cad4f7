// Fuzzes submitted archives: any bytes are taken in, or refused with an Error, within the caps.
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Igrader tests/fuzz/archive.cpp
//       grader/intake/archive.cpp grader/intake/listing.cpp grader/intake/submitted_file.cpp
//       grader/base/text.cpp grader/sandbox/descriptor.cpp -larchive -lfmt

#include <cstdint>
#include <cstdlib>

#include "base/error.hpp"
#include "intake/archive.hpp"

namespace {

/// Lists an archive and, once, those in it.
void look_into(const grader::Listing& listing, std::size_t kept_bytes, bool once_more) {
    std::size_t bytes = 0;
    for (const grader::ListedSource& source : listing.sources) {
        const grader::SubmittedFile file = source.read();
        if (source.path.empty() || file.content.has_value() != file.problem.empty()) std::abort();
        bytes += file.content.value_or("").size();
    }
    if (bytes > kept_bytes) std::abort();
    if (!once_more) return;
    for (const grader::ListedArchive& archive : listing.archives) {
        try {
            look_into(archive.list(), kept_bytes, false);
        } catch (const grader::Error&) {
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const grader::IntakeCaps caps = {.entries = 20, .unpacked_bytes = 1 << 18, .kept_bytes = 1 << 17};
    try {
        look_into(grader::list_archive({reinterpret_cast<const char*>(data), size}, "archive", caps),
                  caps.kept_bytes, true);
    } catch (const grader::Error&) {
    }
    return 0;
}
