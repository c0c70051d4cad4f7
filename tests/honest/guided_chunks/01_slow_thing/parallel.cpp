// right: guided scheduling, the chunks of rows get smaller as fewer rows are left
#include "slow_thing.hpp"

namespace {

class GuidedRows {
  public:
    GuidedRows(std::size_t rows, unsigned threads) : end_(rows), threads_(threads) {}

    // The next chunk [first, second); it is empty when all rows are taken.
    std::pair<std::size_t, std::size_t> next() {
        const std::lock_guard<std::mutex> guard(mutex_);
        const std::size_t left = end_ - begin_;
        const std::size_t size = std::min(left, std::max<std::size_t>(1, left / (2 * std::size_t{threads_})));
        const std::size_t first = begin_;
        begin_ += size;
        return {first, begin_};
    }

  private:
    std::mutex mutex_;
    std::size_t begin_ = 0;
    const std::size_t end_;
    const unsigned threads_;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    GuidedRows source(image.rows(), threads);

    auto worker = [&source, &image] {
        while (true) {
            const auto [first, last] = source.next();
            if (first == last) break;
            for (auto x = first; x < last; ++x) {
                for (std::size_t y = 0; y < image.cols(); ++y) {
                    double total = 0.0;
                    for (auto i = 0; i < 1000; ++i) {
                        for (auto j = 0; j < 100; ++j) total += static_cast<double>(x);
                        total += static_cast<double>(y);
                    }
                    image(x, y) = total;
                }
            }
        }
    };

    std::vector<std::thread> team;
    for (unsigned t = 0; t < threads; ++t) team.push_back(std::thread(worker));
    for (auto& thread : team) thread.join();
}
