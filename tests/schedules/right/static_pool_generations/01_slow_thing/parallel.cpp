// right: a static team outlives the call; a job is a new generation, for the first members.
#include "slow_thing.hpp"

namespace {

void fill_row(kit::Image& image, std::size_t x) {
    for (std::size_t y = 0; y < image.cols(); ++y) {
        double sum = 0;
        for (int i = 0; i < 1000; ++i) {
            for (int j = 0; j < 100; ++j) sum += static_cast<double>(x);
            sum += static_cast<double>(y);
        }
        image(x, y) = sum;
    }
}

struct Team {
    ~Team() { run(0, nullptr); }

    /// Runs job(0) … job(count - 1), each on a thread of its own. Without a job all threads end.
    void run(unsigned count, std::function<void(unsigned)> job) {
        std::unique_lock lock(mutex);
        while (members.size() < count) members.emplace_back(&Team::work, this, members.size(), generation);
        current_job = std::move(job);
        members_at_work = missing = count;
        ++generation;
        start.notify_all();
        finished.wait(lock, [this] { return missing == 0; });
    }
    void work(std::size_t me, unsigned long seen) {
        std::unique_lock lock(mutex);
        while (true) {
            start.wait(lock, [&] { return generation != seen; });
            seen = generation;
            if (!current_job) return;
            if (me >= members_at_work) continue;
            lock.unlock();
            current_job(static_cast<unsigned>(me));
            lock.lock();
            if (--missing == 0) finished.notify_one();
        }
    }

    std::mutex mutex;
    std::condition_variable start, finished;
    std::function<void(unsigned)> current_job;
    unsigned members_at_work = 0, missing = 0;
    unsigned long generation = 0;
    std::vector<std::jthread> members;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    static Team team;
    team.run(threads, [&](unsigned t) {
        for (std::size_t x = t; x < image.rows(); x += threads) fill_row(image, x);
    });
}
