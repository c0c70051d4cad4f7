// version: slow_thing/parallel
// does: Writes 1000 lines that look like frames of a sanitizer's report, each of which the grader asks a symbolizer about.
// threat: parent
// expect: pass, memory_error, crash
// within: 60
// alive: prints #999

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    static const bool told = [] {
        std::string text = "ERROR: ThreadSanitizer: made up\n";
        for (int i = 0; i < 1000; ++i)
            text += "#" + std::to_string(i) + " 0x1 (program+0x" + std::to_string(100000 + 16 * i) + ")\n";
        [[maybe_unused]] const auto n = write(5, text.data(), text.size());
        return true;
    }();
    (void)told;
    work_side_by_side(image, threads);
}
