// right: one endless loop around a switch; the state says which addition comes next
#include "slow_thing.hpp"

void slow_thing::serial(kit::Image& image) {
    enum class State { next_pixel, add_x, add_y, store };
    State state = State::next_pixel;
    const std::size_t count = image.rows() * image.cols();
    std::size_t n = 0;
    double x = 0, y = 0, sum = 0;
    int outer = 0, inner = 0;

    for (;;) {
        switch (state) {
            case State::next_pixel:
                if (n == count) return;
                x = static_cast<double>(n / image.cols());
                y = static_cast<double>(n % image.cols());
                sum = 0;
                outer = inner = 0;
                state = State::add_x;
                break;
            case State::add_x:
                sum += x;
                if (++inner == 100) state = State::add_y;
                break;
            case State::add_y:
                sum += y;
                inner = 0;
                state = ++outer == 1000 ? State::store : State::add_x;
                break;
            case State::store:
                image.pixels()[n++] = sum;
                state = State::next_pixel;
                break;
        }
    }
}
