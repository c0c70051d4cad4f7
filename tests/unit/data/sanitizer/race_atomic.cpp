#include "slow_thing.hpp"

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    std::vector<int> plain(1);
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&, t] {
            if (t == 0) plain[0] = 1;
            else std::atomic_ref(plain[0]).fetch_add(1);
        });
}
