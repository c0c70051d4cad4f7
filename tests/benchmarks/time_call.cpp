/// Times calls of the versions, and of passes that bound them, side by side in one process.
///
///     time_call time ROUNDS WHAT...   calls every WHAT in turn, ROUNDS times; prints the times as JSON
///     time_call answer WHAT           calls WHAT once on the pixels of standard input and prints the result
///
/// Pixels are read and printed as the bytes of doubles.
///
/// WHAT is subject/ROWSxCOLS or subject/ROWSxCOLS/THREADS, and a subject is lesson/version, `fill` (sets
/// every pixel to one value), `read` or `read_by_quarters` (reads every pixel). Contestants of one shape
/// share their images, so that none has luckier pages or warmer caches than another.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <ctime>
#include <exception>
#include <functional>
#include <map>
#include <numeric>
#include <random>
#include <span>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "kit/image.hpp"
#include "silly_sum.hpp"
#include "slow_thing.hpp"

namespace {

using Call = std::function<void(kit::Image&, unsigned threads)>;

/// Tells the compiler that `*address` may be read, so that what was computed there must be there.
void keep(const void* address) {
    asm volatile("" : : "r"(address) : "memory");
}

void fill(kit::Image& image, unsigned) {
    std::fill(image.pixels().begin(), image.pixels().end(), 3.0);
}

constexpr std::size_t chains = 16;  // independent sums, enough for no addition to wait for another

void keep_sum(std::span<const double> sums, std::span<const double> rest) {
    const double sum =
        std::accumulate(rest.begin(), rest.end(), std::accumulate(sums.begin(), sums.end(), 0.0));
    keep(&sum);
}

/// The sum of all pixels, from the first to the last.
void read(kit::Image& image, unsigned) {
    const std::span<const double> pixels = std::as_const(image).pixels();
    std::array<double, chains> sums{};
    std::size_t i = 0;
    for (; i + chains <= pixels.size(); i += chains)
        for (std::size_t chain = 0; chain < chains; ++chain) sums[chain] += pixels[i + chain];
    keep_sum(sums, pixels.subspan(i));
}

/// The same, walking through the image's four quarters at once, which some processors prefetch faster. The
/// few pixels left over in each quarter are left out.
void read_by_quarters(kit::Image& image, unsigned) {
    const std::span<const double> pixels = std::as_const(image).pixels();
    const std::size_t quarter = pixels.size() / 4;
    const double* a = pixels.data();
    const double* b = a + quarter;
    const double* c = b + quarter;
    const double* d = c + quarter;
    std::array<double, chains> sums{};
    for (std::size_t i = 0; i + chains <= quarter; i += chains)
        for (std::size_t chain = 0; chain < chains; ++chain) {
            const std::size_t j = i + chain;
            sums[chain] += (a[j] + b[j]) + (c[j] + d[j]);
        }
    keep_sum(sums, pixels.subspan(4 * quarter));
}

Call one_thread(void (*version)(kit::Image&)) {
    return [version](kit::Image& image, unsigned) { version(image); };
}

const std::map<std::string, Call> subjects{
    {"fill", fill},
    {"read", read},
    {"read_by_quarters", read_by_quarters},
    {"slow_thing/serial", one_thread(slow_thing::serial)},
    {"slow_thing/parallel", slow_thing::parallel},
    {"slow_thing/optimized", one_thread(slow_thing::optimized)},
    {"silly_sum/serial", one_thread(silly_sum::serial)},
    {"silly_sum/parallel", silly_sum::parallel},
    {"silly_sum/optimized", one_thread(silly_sum::optimized)},
};

struct Contestant {
    std::string name;
    Call call;
    std::size_t rows = 0;
    std::size_t cols = 0;
    unsigned threads = 1;
};

Contestant parse(const std::string& what) {
    Contestant contestant;
    contestant.name = what;
    const std::size_t digit = std::min(what.find_first_of("0123456789"), what.size());
    const auto subject = subjects.find(what.substr(0, digit == 0 ? 0 : digit - 1));
    if (subject == subjects.end() || std::sscanf(what.c_str() + digit, "%zux%zu/%u", &contestant.rows,
                                                 &contestant.cols, &contestant.threads) < 2)
        throw std::invalid_argument(what + ": expected subject/ROWSxCOLS or subject/ROWSxCOLS/THREADS");
    contestant.call = subject->second;
    return contestant;
}

/// Images of one shape, as many as stay in the second-level cache. silly_sum changes the last pixel of each
/// row and must not be called on its own result, so those pixels are restored before each batch. Nothing else
/// is touched, so that the caches stay equally warm.
class Images {
  public:
    Images(std::size_t rows, std::size_t cols) {
        constexpr std::size_t cache_bytes = 256 * 1024;
        const std::size_t bytes = std::max<std::size_t>(1, rows * cols * sizeof(double));
        std::mt19937 random(7);
        kit::Image original(rows, cols);
        for (double& pixel : original.pixels()) pixel = static_cast<double>(random() % 256);
        for (std::size_t x = 0; x < rows && cols > 0; ++x) last_pixels_.push_back(original(x, cols - 1));
        images_.assign(std::clamp<std::size_t>(cache_bytes / bytes, 1, 64), original);
    }

    std::vector<kit::Image>& refreshed() {
        for (kit::Image& image : images_)
            for (std::size_t x = 0; x < last_pixels_.size(); ++x)
                image(x, image.cols() - 1) = last_pixels_[x];
        return images_;
    }

  private:
    std::vector<kit::Image> images_;
    std::vector<double> last_pixels_;
};

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// Times one thread's work by both clocks and returns the shorter time: the wall clock is finer, and the CPU
/// clock leaves out the time of other programs.
double seconds_of(const auto& work, unsigned threads) {
    const double cpu_start = cpu_seconds();
    const auto wall_start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start;
    const double cpu_s = cpu_seconds() - cpu_start;
    constexpr double cpu_clock_is_fine_for_s = 0.001;
    return threads == 1 && wall.count() >= cpu_clock_is_fine_for_s ? std::min(wall.count(), cpu_s)
                                                                   : wall.count();
}

/// Seconds for one call, in the fastest batch of a turn.
double turn(const Contestant& contestant, Images& images) {
    constexpr double turn_s = 0.005;
    double shortest_s = 1e9;
    for (double spent_s = 0; spent_s < turn_s;) {
        std::vector<kit::Image>& batch = images.refreshed();
        const double batch_s = seconds_of(
            [&] {
                for (kit::Image& image : batch) {
                    contestant.call(image, contestant.threads);
                    keep(image.pixels().data());
                }
            },
            contestant.threads);
        shortest_s = std::min(shortest_s, batch_s / static_cast<double>(batch.size()));
        spent_s += batch_s;
    }
    return shortest_s;
}

/// Prints [{"what": …, "seconds": [one number for each round]}, …].
void print_times(int rounds, const std::vector<Contestant>& contestants) {
    std::map<std::pair<std::size_t, std::size_t>, Images> images;
    std::vector<std::vector<double>> seconds(contestants.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < contestants.size(); ++i) {
            const auto& [rows, cols] = std::tie(contestants[i].rows, contestants[i].cols);
            Images& of_shape = images.try_emplace({rows, cols}, rows, cols).first->second;
            seconds[i].push_back(turn(contestants[i], of_shape));
        }

    std::printf("[");
    for (std::size_t i = 0; i < contestants.size(); ++i) {
        std::printf("%s\n {\"what\": \"%s\", \"seconds\": [", i == 0 ? "" : ",", contestants[i].name.c_str());
        for (std::size_t round = 0; round < seconds[i].size(); ++round)
            std::printf("%s%.6g", round == 0 ? "" : ", ", seconds[i][round]);
        std::printf("]}");
    }
    std::printf("\n]\n");
}

void print_answer(const Contestant& contestant) {
    kit::Image image(contestant.rows, contestant.cols);
    for (double& pixel : image.pixels())
        if (std::fread(&pixel, sizeof pixel, 1, stdin) != 1)
            throw std::invalid_argument("standard input holds fewer pixels than " + contestant.name);
    contestant.call(image, contestant.threads);
    for (const double pixel : image.pixels()) std::fwrite(&pixel, sizeof pixel, 1, stdout);
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() == 2 && arguments[0] == "answer") {
        print_answer(parse(arguments[1]));
    } else if (arguments.size() >= 3 && arguments[0] == "time") {
        std::vector<Contestant> contestants;
        for (std::size_t i = 2; i < arguments.size(); ++i) contestants.push_back(parse(arguments[i]));
        print_times(std::stoi(arguments[1]), contestants);
    } else {
        std::fprintf(stderr, "usage: time_call time ROUNDS WHAT... | time_call answer WHAT\n");
        return 2;
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "time_call: %s\n", error.what());
    return 2;
}
