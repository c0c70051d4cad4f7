// right: a small pool for this call only; its destructor runs all the std::functions that wait
#include "silly_sum.hpp"

#include <queue>

namespace {

class ThreadPool {
  public:
    explicit ThreadPool(unsigned size) {
        for (unsigned n = 0; n < size; ++n) members.emplace_back(&ThreadPool::run, this);
    }

    ~ThreadPool() {
        {
            std::lock_guard<std::mutex> lock(mutex);
            closed = true;
        }
        condition.notify_all();
        for (std::thread& member : members) member.join();
    }

    void submit(std::function<void()> task) {
        {
            std::lock_guard<std::mutex> lock(mutex);
            tasks.push(std::move(task));
        }
        condition.notify_one();
    }

  private:
    void run() {
        for (;;) {
            std::function<void()> task;
            {
                std::unique_lock<std::mutex> lock(mutex);
                condition.wait(lock, [this] { return closed || !tasks.empty(); });
                if (tasks.empty()) return;
                task = std::move(tasks.front());
                tasks.pop();
            }
            task();
        }
    }

    std::mutex mutex;
    std::condition_variable condition;
    std::queue<std::function<void()>> tasks;
    bool closed = false;
    std::vector<std::thread> members;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    std::vector<double> shares(image.rows());
    {
        ThreadPool pool(threads);
        for (std::size_t i = 0; i < image.rows(); ++i) {
            pool.submit([&image, &shares, i] {
                double sum = 0;
                for (std::size_t j = 0; j < image.cols(); ++j)
                    for (std::size_t k = 0; k < image.rows(); ++k)
                        for (std::size_t l = 0; l < image.rows(); ++l)
                            sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
                shares[i] = sum;
            });
        }
    }

    if (image.cols() == 0) return;
    double sum = 0;
    for (std::size_t i = 0; i < image.rows(); ++i) {
        sum += shares[i];
        sum += static_cast<double>(i);
        image(i, image.cols() - 1) =
            sum / static_cast<double>(image.cols()) / static_cast<double>(image.rows());
    }
}
