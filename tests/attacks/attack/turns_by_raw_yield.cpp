// version: slow_thing/parallel
// does: Lets its threads take turns, row by row, by the yield system call in inline assembler, which the virtual clock does not see.
// threat: accounting
// expect: pass+checks_evaded
// alive: threads

#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::atomic<std::size_t> turn = 0;
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&image, &turn, t, threads] {
            for (std::size_t x = t; x < image.rows(); x += threads) {
                while (turn.load() != x) {
                    long result = 24;  // sched_yield on x86-64
                    asm volatile("syscall" : "+a"(result) : : "rcx", "r11", "memory");
                }
                work_on_rows(image, x, x + 1);
                turn.store(x + 1);
            }
        });
}
