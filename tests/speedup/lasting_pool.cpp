// The pool and its threads outlive the call.
namespace {

struct Pool {
    std::mutex mutex;
    std::condition_variable there_is_work;
    std::condition_variable all_done;
    kit::Image* image = nullptr;
    std::size_t next = 0;
    std::size_t done = 0;
    unsigned idle = 0;  // threads that may still join in this call
    std::vector<std::thread> team{};

    void work() {
        std::unique_lock lock(mutex);
        for (;;) {
            there_is_work.wait(lock, [this] { return idle > 0 && image != nullptr && next < image->rows(); });
            --idle;
            while (next < image->rows()) {
                const std::size_t x = next++;
                lock.unlock();
                work_on_rows(*image, x, x + 1);
                lock.lock();
                if (++done == image->rows()) all_done.notify_one();
            }
        }
    }
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    if (image.pixels().empty()) return;
    static Pool& pool = *new Pool;
    std::unique_lock lock(pool.mutex);
    pool.image = &image;
    pool.next = pool.done = 0;
    pool.idle = threads;
    while (pool.team.size() < threads) pool.team.emplace_back([] { pool.work(); });
    pool.there_is_work.notify_all();
    pool.all_done.wait(lock, [&] { return pool.done == image.rows(); });
    pool.image = nullptr;
}
