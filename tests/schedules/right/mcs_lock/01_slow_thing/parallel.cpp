// right: waiters queue up as nodes; each spins on a flag of its own until it is handed the lock.
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

struct Node {
    std::atomic<Node*> next = nullptr;
    std::atomic<bool> blocked = true;
};

class QueueLock {
  public:
    void lock(Node& mine) {
        Node* const before = last_.exchange(&mine);
        if (before == nullptr) return;
        before->next.store(&mine);
        while (mine.blocked.load()) std::this_thread::yield();
    }
    void unlock(Node& mine) {
        Node* expected = &mine;
        if (last_.compare_exchange_strong(expected, nullptr)) return;
        // Somebody is in the queue behind us, or just about to be.
        while (mine.next.load() == nullptr) std::this_thread::yield();
        mine.next.load()->blocked.store(false);
    }

  private:
    std::atomic<Node*> last_ = nullptr;
};

}  // namespace

void slow_thing::parallel(kit::Image& image, unsigned threads) {
    QueueLock queue;
    std::size_t next = 0;
    const auto take_row = [&] {
        Node node;
        queue.lock(node);
        const std::size_t x = next < image.rows() ? next++ : next;
        queue.unlock(node);
        return x;
    };
    std::vector<std::jthread> team;
    for (unsigned t = 0; t < threads; ++t)
        team.emplace_back([&] {
            for (std::size_t x = take_row(); x < image.rows(); x = take_row()) fill_row(image, x);
        });
}
