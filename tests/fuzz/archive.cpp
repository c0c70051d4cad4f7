// Fuzzes submitted archives: any bytes are taken in, or refused with an Error, within the caps.
//
//   clang++ -std=c++20 -g -O1 -fsanitize=fuzzer,address,undefined -Igrader tests/fuzz/archive.cpp
//       grader/intake/archive.cpp grader/intake/submitted_file.cpp grader/base/text.cpp -larchive -lfmt

#include <cstdint>
#include <cstdlib>

#include "base/error.hpp"
#include "intake/archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::set<std::string> wanted = {"01_toy/serial.cpp", "01_toy/parallel.cpp"};
    const grader::IntakeCaps caps = {.entries = 20, .packed_bytes = 1 << 16, .unpacked_bytes = 1 << 18};
    try {
        const auto taken =
            grader::files_of_archive({reinterpret_cast<const char*>(data), size}, wanted, "archive", caps);
        for (const auto& [path, file] : taken.files)
            if (!wanted.contains(path) || file.content.has_value() != file.problem.empty() ||
                file.content.value_or("").size() > caps.unpacked_bytes)
                std::abort();
    } catch (const grader::Error&) {
    }
    return 0;
}
