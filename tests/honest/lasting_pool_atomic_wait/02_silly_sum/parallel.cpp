// right: a static crew sleeps between calls in atomic waits; only threads - 1 of it are woken
#include "silly_sum.hpp"

#include <deque>

namespace {

class Crew {
  public:
    ~Crew() {
        for (auto& m : members_) {
            m.order = quit;
            m.order.notify_one();
        }
        for (auto& m : members_) m.thread.join();
    }

    void run(unsigned helpers, std::function<void(unsigned)> job) {
        while (members_.size() < helpers) {
            const auto number = static_cast<unsigned>(members_.size());
            auto& m = members_.emplace_back();
            m.thread = std::thread([this, &m, number] { live(m, number + 1); });
        }
        job_ = std::move(job);
        for (unsigned h = 0; h < helpers; ++h) {
            members_[h].order = work;
            members_[h].order.notify_one();
        }
        job_(0);
        for (unsigned h = 0; h < helpers; ++h) members_[h].order.wait(work);
        job_ = nullptr;
    }

  private:
    enum Order : int { rest, work, quit };

    struct Member {
        std::atomic<int> order{rest};
        std::thread thread;
    };

    void live(Member& me, unsigned number) {
        for (;;) {
            me.order.wait(rest);
            if (me.order == quit) return;
            job_(number);
            me.order = rest;
            me.order.notify_one();
        }
    }

    std::deque<Member> members_;  // a deque, because members must not move
    std::function<void(unsigned)> job_;
};

}  // namespace

void silly_sum::parallel(kit::Image& image, unsigned threads) {
    static Crew crew;
    const std::size_t rows = image.rows(), cols = image.cols();
    std::vector<double> shares(rows);

    crew.run(threads - 1, [&](unsigned t) {
        for (std::size_t i = t; i < rows; i += threads) {
            double sum = static_cast<double>(i);
            for (std::size_t j = 0; j < cols; ++j)
                for (std::size_t k = 0; k < rows; ++k)
                    for (std::size_t l = 0; l < rows; ++l)
                        sum += image(i, j) - static_cast<double>(k) + static_cast<double>(l);
            shares[i] = sum;
        }
    });

    double sum = 0;
    for (std::size_t i = 0; i < rows && cols > 0; ++i) {
        sum += shares[i];
        image(i, cols - 1) = sum / static_cast<double>(cols) / static_cast<double>(rows);
    }
}
