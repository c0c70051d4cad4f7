// right: the threads push their results onto a lock-free stack, and the caller sorts them into rows
#include "silly_sum.hpp"

namespace {

struct Result {
    std::size_t row;
    double share;
    Result* next;
};

class Stack {
  public:
    Stack() = default;
    Stack(const Stack&) = delete;
    Stack& operator=(const Stack&) = delete;
    ~Stack() {
        for (Result* r = head_.load(); r != nullptr;) delete std::exchange(r, r->next);
    }

    void push(std::size_t row, double share) {
        auto* result = new Result{row, share, head_.load(std::memory_order_relaxed)};
        while (!head_.compare_exchange_weak(result->next, result, std::memory_order_release,
                                            std::memory_order_relaxed)) {
        }
    }

    const Result* top() const { return head_.load(std::memory_order_acquire); }

  private:
    std::atomic<Result*> head_{nullptr};
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows(), cols = image.cols();
    Stack results;
    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) {
            team.emplace_back([&, t] {
                for (std::size_t i = t; i < rows; i += threads) {
                    double sum = 0;
                    for (std::size_t j = 0; j < cols; ++j)
                        for (std::size_t k = 0; k < rows; ++k)
                            for (std::size_t l = 0; l < rows; ++l)
                                sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                    results.push(i, sum + static_cast<double>(i));
                }
            });
        }
    }

    std::vector<double> sums(rows);
    for (const Result* r = results.top(); r != nullptr; r = r->next) sums[r->row] = r->share;
    std::partial_sum(sums.begin(), sums.end(), sums.begin());
    if (cols == 0) return;
    for (std::size_t i = 0; i < rows; ++i)
        image(i, cols - 1) = sums[i] / static_cast<double>(cols) / static_cast<double>(rows);
}
