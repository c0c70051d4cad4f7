// right: all four loops are range-fors over std::views::iota
#include "slow_thing.hpp"

#if defined(__clang__) && __clang_major__ < 16  // can't compile libstdc++'s views
namespace {

template <typename T>
class iota {
  public:
    struct iterator {
        T value;
        T operator*() const { return value; }
        iterator& operator++() { return ++value, *this; }
        bool operator!=(const iterator& other) const { return value != other.value; }
    };
    iota(T first, T last) : first_{first}, last_{last} {}
    iterator begin() const { return {first_}; }
    iterator end() const { return {last_}; }

  private:
    T first_, last_;
};

}  // namespace
#else
#include <ranges>
using std::views::iota;
#endif

void slow_thing::serial(kit::Image& image) {
    for (const auto x : iota(std::size_t{0}, image.rows())) {
        for (const auto y : iota(std::size_t{0}, image.cols())) {
            double sum = 0;
            for ([[maybe_unused]] const int a : iota(0, 1000)) {
                for ([[maybe_unused]] const int b : iota(0, 100)) {
                    sum += static_cast<double>(x);
                }
                sum += static_cast<double>(y);
            }
            image(x, y) = sum;
        }
    }
}
