// right: the threads wait for rows in a condition_variable_any until their stop_token says stop
#include "silly_sum.hpp"

#include <deque>
#include <stop_token>

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    const std::size_t rows = image.rows();
    const std::size_t cols = image.cols();

    std::mutex mutex;
    std::condition_variable_any more_rows;
    std::condition_variable all_done;
    std::deque<std::size_t> waiting;
    std::size_t done = 0;
    std::vector<double> shares(rows);

    const auto work = [&](std::stop_token stop) {
        std::unique_lock lock(mutex);
        while (more_rows.wait(lock, stop, [&] { return !waiting.empty(); })) {
            const std::size_t i = waiting.front();
            waiting.pop_front();
            lock.unlock();

            double share = static_cast<double>(i);
            for (std::size_t j = 0; j < cols; ++j)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        share += image(i, j) - static_cast<double>(k) + static_cast<double>(l);

            lock.lock();
            shares[i] = share;
            if (++done == rows) all_done.notify_one();
        }
    };

    {
        std::vector<std::jthread> team;
        for (unsigned t = 0; t < threads; ++t) team.emplace_back(work);
        std::unique_lock lock(mutex);
        for (std::size_t i = 0; i < rows; ++i) waiting.push_back(i);
        more_rows.notify_all();
        all_done.wait(lock, [&] { return done == rows; });
        lock.unlock();
    }  // each std::jthread asks its thread to stop, then joins it

    double sum = 0;
    for (std::size_t i = 0; i < rows; ++i) {
        sum += shares[i];
        if (cols > 0) image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
