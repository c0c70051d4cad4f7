#include "schedules/scheduler.hpp"

#ifdef KIT_SCHEDULES

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <unwind.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdlib>
#include <random>
#include <utility>

#include "own_cpu_clock.hpp"
#include "own_stack.hpp"
#include "real.hpp"
#include "schedules/own_memory.hpp"
#include "schedules/races.hpp"

extern "C" const char __executable_start;  // NOLINT(bugprone-reserved-identifier): the linker's name for it

namespace worker::schedules {

namespace {

constexpr Nanoseconds a_choice_ns = 1'000;
constexpr Nanoseconds long_time_ns = 1'000'000'000;
constexpr std::uint32_t longest_streak = 300;  // of one thread, before it counts as polling
constexpr unsigned most_yields_counted = 7;
constexpr std::uint64_t latest_hold_up = 60;  // a choice
constexpr std::uint32_t choices_after_the_end = 2'000;
/// From this choice on, any thread goes on: else those that back off from each other, as in std::lock, could
/// do so for ever, which no machine would let them do.
constexpr std::uint32_t choices_in_order = 1'000;
// Side by side:
constexpr std::size_t most_threads_side_by_side = 100'000;
constexpr std::uint32_t most_turns = 4'000'000;
constexpr std::uint64_t steps_of_operation = 20;  // one that is a choice in other schedules
constexpr std::uint64_t steps_of_poll = 100;
constexpr std::uint64_t most_steps_of_sleep = 1'000'000;
// Timed:
constexpr Nanoseconds close_ns = 1'000;  // clocks that differ by less aren't told apart
constexpr unsigned polls_before_wait = 30;
constexpr std::uint64_t a_poll_ns = 1'000;
constexpr std::uint64_t longest_between_polls_ns = 10'000;
constexpr unsigned first_scale = 8;
constexpr unsigned slices = 64;

constinit Real real_syscall("syscall", &syscall);

/// One thread has the turn; all others wait for theirs. So nothing here needs a lock.
class Scheduler {
  public:
    Scheduler(Area& area, GiveUp give_up);

    Thread& add();
    void forget(Thread& thread);
    [[nodiscard]] Thread* find(pthread_t id);
    [[nodiscard]] std::size_t thread_count() const { return count_; }
    [[nodiscard]] Thread& running() { return *running_; }
    [[nodiscard]] Nanoseconds now() const { return now_; }
    void pass(Nanoseconds time) { now_ += time; }

    /// Chooses who goes on, and returns when the calling thread does.
    void choose();
    Woken wait(const void* object, WaitKind kind, std::optional<Nanoseconds> deadline);
    unsigned wake_some(const void* object, WaitKind kind, unsigned most);
    void let_others_first();
    /// Side by side: chooses who goes on.
    void take_turns();
    /// The thread takes that many more steps.
    void add_steps(std::uint64_t steps) { running_->lines->steps += steps; }
    [[nodiscard]] bool is_side_by_side() const { return area_.plan.is_side_by_side != 0; }
    [[nodiscard]] bool is_timed() const { return area_.plan.is_timed != 0; }
    bool poll(const void* object, std::uint64_t value);
    void notice_change(const void* object);
    void notice_start(Thread& thread);
    /// Timed: the running thread's clock has gone on until now.
    void add_time(Thread& thread);
    /// The calling thread has ended; somebody else goes on.
    void leave();
    void drain();
    void record(const Happened& happened);
    [[noreturn]] void leave_bounds(const void* address, bool is_write);
    static void await_turn(Thread& thread);
    /// The calling thread begins to be counted.
    void begin() {
        if (!is_side_by_side()) return;
        if (!is_timed()) lines_of_thread = running_->lines;
        begin_turn();
        if (is_timed()) resume(*running_);
    }

  private:
    enum class Policy { uniform, sometimes, one_held_up, priorities };

    [[nodiscard]] bool is_behind(const Thread& thread) const { return thread.behind_until > area_.choices; }
    [[nodiscard]] bool may_time_out(const Thread& thread) const {
        return thread.state == Thread::State::waiting && thread.deadline &&
               *thread.deadline < now_ + long_time_ns;
    }
    [[nodiscard]] bool may_wake_up(const Thread& thread) const {
        return thread.state == Thread::State::waiting && thread.wait == WaitKind::condition &&
               !woke_for_no_reason_;
    }
    [[nodiscard]] bool may_go_on(const Thread& thread) const {
        return thread.state == Thread::State::ready || may_time_out(thread) || may_wake_up(thread);
    }

    [[nodiscard]] std::uint64_t below(std::uint64_t end) { return random_() % end; }
    [[nodiscard]] Thread* by_default();
    [[nodiscard]] Thread& at_random(Thread& otherwise);
    /// The thread that the plan's deviations name for this choice, if they name one.
    [[nodiscard]] Thread* planned();
    /// Counts the choice and notes it.
    void decide(const Thread& otherwise, const Thread& chosen);
    void go_on_with(Thread& thread);
    void begin_turn();
    /// Timed: the thread's clock goes on.
    static void resume(Thread& thread);
    [[noreturn]] void give_up(Ending ending);
    static void give_turn(Thread& thread);

    Area& area_;
    GiveUp give_up_;
    std::pmr::list<Thread> threads_{own_memory()};
    std::size_t count_ = 0;  // of all threads that took part
    Thread* running_ = nullptr;
    Thread* before_ = nullptr;  // that had the turn at the choice before
    std::uint32_t streak_ = 0;
    std::uint64_t waits_ = 0;
    std::pmr::map<Thread*, std::uint64_t> order_{own_memory()};  // of waiting threads, by when they began
    Nanoseconds now_ = 1'000'000'000'000;
    bool woke_for_no_reason_ = false;
    bool is_draining_ = false;
    std::uint32_t next_deviation_ = 0;
    std::mt19937_64 random_;
    std::mt19937_64 late_random_;  // the same in every schedule
    Policy policy_ = Policy::uniform;
    std::uint64_t odds_ = 2;  // of a change, one to this
    std::uint64_t lowest_priority_ = 1'000'000;
    std::uint32_t held_up_from_ = 0;  // the choice at which a thread is held up, and for how many choices
    std::uint32_t held_up_for_ = 0;
    const Thread* held_up_ = nullptr;
    std::uint32_t yields_ = 0;  // of all threads
    std::uint64_t work_ns_ = 0;
    bool anybody_polls_ = false;
    unsigned scale_ = first_scale;  // side by side, a slice has 2^scale_ steps
};

/// Addresses, for check_access(), which is called all the time.
struct Bounds {
    std::uintptr_t arena = 0;
    std::uintptr_t arena_end = 0;
    std::uintptr_t image = 0;
    std::uintptr_t image_end = 0;
};

Bounds bounds;
Scheduler* scheduler = nullptr;
thread_local Thread* own = nullptr;  // the calling thread's record, while it takes part

Scheduler::Scheduler(Area& area, GiveUp give_up) : area_(area), give_up_(give_up), random_(area.plan.seed) {
    using enum Policy;
    constexpr std::array policies = {uniform,     uniform,     uniform,   one_held_up,
                                     one_held_up, one_held_up, sometimes, priorities};
    policy_ = policies.at(below(policies.size()));
    held_up_from_ = static_cast<std::uint32_t>(below(latest_hold_up));
    held_up_for_ = 4U << below(7);
    odds_ = 2 + below(policy_ == Policy::priorities ? 60 : 12);
    area_.ending = Ending::none;
    area_.choices = area_.events = area_.threads = 0;
    area_.program_address = reinterpret_cast<std::uintptr_t>(&__executable_start);
    running_ = before_ = &add();
    running_->id = pthread_self();
    running_->is_detached = true;  // nobody joins it
}

Thread& Scheduler::add() {
    Thread& thread = threads_.emplace_back();
    thread.number = static_cast<unsigned>(count_++);
    thread.priority = lowest_priority_ + 1 + below(1'000'000);
    area_.threads = static_cast<std::uint32_t>(count_);
    if (is_side_by_side()) {
        thread.lines = new_lines_of_thread(thread.number);
        if (running_ != nullptr) thread.lines->steps = running_->lines->steps;
    }
    return thread;
}

void Scheduler::forget(Thread& thread) {
    threads_.remove_if([&](const Thread& each) { return &each == &thread; });
}

Thread* Scheduler::find(pthread_t id) {
    const auto found = std::ranges::find_if(threads_, [&](const Thread& thread) {
        return !thread.is_detached && pthread_equal(thread.id, id) != 0;
    });
    return found == threads_.end() ? nullptr : &*found;
}

Thread* Scheduler::by_default() {
    Thread& last = *running_;
    const auto can = [&](const Thread& thread) {
        return thread.state == Thread::State::ready && !is_behind(thread);
    };
    if (area_.choices >= choices_in_order) {
        std::pmr::vector<Thread*> ready{own_memory()};
        for (Thread& thread : threads_)
            if (can(thread)) ready.push_back(&thread);
        if (!ready.empty()) return ready[late_random_() % ready.size()];
    }
    if (can(last)) return &last;
    Thread* next = nullptr;  // after the last one, in a circle
    const auto distance = [&](const Thread& thread) {
        return thread.number > last.number ? thread.number - last.number
                                           : thread.number + most_threads - last.number;
    };
    for (Thread& thread : threads_)
        if (can(thread) && (next == nullptr || distance(thread) < distance(*next))) next = &thread;
    if (next != nullptr) return next;
    for (Thread& thread : threads_)  // all of them let others go first
        if (thread.state == Thread::State::ready &&
            (next == nullptr || thread.behind_until < next->behind_until))
            next = &thread;
    if (next != nullptr) return next;
    for (Thread& thread : threads_)
        if (thread.state == Thread::State::waiting && thread.deadline &&
            (next == nullptr || *thread.deadline < *next->deadline))
            next = &thread;
    return next;
}

Thread& Scheduler::at_random(Thread& otherwise) {
    if (policy_ == Policy::one_held_up) {
        if (area_.choices == held_up_from_ && running_->state == Thread::State::ready) held_up_ = running_;
        if (area_.choices > held_up_from_ + held_up_for_) held_up_ = nullptr;
    }
    std::pmr::vector<Thread*> first{own_memory()};
    std::pmr::vector<Thread*> also{own_memory()};
    for (Thread& thread : threads_) {
        if (&thread == held_up_) continue;
        if (thread.state == Thread::State::ready && !is_behind(thread)) {
            first.push_back(&thread);
        } else if (may_go_on(thread)) {
            also.push_back(&thread);
        }
    }
    constexpr std::uint64_t odds_of_others = 8;
    if (!also.empty() && (first.empty() || below(odds_of_others) == 0)) {
        Thread& thread = *also[below(also.size())];
        // Waking up for no reason is rare.
        if (thread.state == Thread::State::ready || may_time_out(thread) || below(4) == 0) return thread;
    }
    if (first.empty()) return otherwise;
    switch (area_.choices < choices_in_order ? policy_ : Policy::uniform) {
        case Policy::uniform:
        case Policy::one_held_up:
            break;
        case Policy::sometimes:
            if (below(odds_) != 0) return otherwise;
            break;
        case Policy::priorities:
            if (below(odds_) == 0) running_->priority = --lowest_priority_;
            return **std::ranges::max_element(first, {},
                                              [](const Thread* thread) { return thread->priority; });
    }
    return *first[below(first.size())];
}

Thread* Scheduler::planned() {
    const Plan& plan = area_.plan;
    while (next_deviation_ < plan.deviation_count &&
           plan.deviations.at(next_deviation_).choice < area_.choices)
        ++next_deviation_;
    if (next_deviation_ >= plan.deviation_count) return nullptr;
    const Deviation& deviation = plan.deviations.at(next_deviation_);
    if (deviation.choice != area_.choices) return nullptr;
    const auto found = std::ranges::find(threads_, deviation.thread, &Thread::number);
    return found == threads_.end() ? nullptr : &*found;
}

void Scheduler::decide(const Thread& otherwise, const Thread& chosen) {
    if (area_.choices < most_choices)
        area_.decisions.at(area_.choices) = {static_cast<std::uint8_t>(chosen.number),
                                             static_cast<std::uint8_t>(otherwise.number)};
    ++area_.choices;
    if (area_.choices >= most_choices && !is_draining_) give_up(Ending::endless);
}

void Scheduler::choose() {
    pass(a_choice_ns);
    if (is_side_by_side()) {
        Thread& caller = *running_;
        const bool has_ended =
            caller.state == Thread::State::ended;  // then its record may be gone afterwards
        if (is_timed())
            add_time(caller);
        else
            add_steps(steps_of_operation);
        const LinesOfThread& lines = *caller.lines;
        if (caller.state != Thread::State::ready || lines.steps >= lines.turn_ends) take_turns();
        if (is_timed() && !has_ended) resume(caller);
        return;
    }
    if (running_ == before_) {
        if (++streak_ > longest_streak) let_others_first();
    } else {
        streak_ = 0;
    }
    before_ = running_;
    Thread* const otherwise = by_default();
    if (otherwise == nullptr) give_up(Ending::stuck);
    Thread* chosen = otherwise;
    if (area_.plan.is_random != 0) {
        chosen = &at_random(*otherwise);
    } else if (Thread* const wanted = planned(); wanted != nullptr && may_go_on(*wanted)) {
        chosen = wanted;
    }
    decide(*otherwise, *chosen);
    go_on_with(*chosen);
}

void Scheduler::take_turns() {
    if (++area_.choices >= most_turns && !is_draining_) give_up(Ending::endless);
    Thread* next = nullptr;
    for (Thread& thread : threads_)
        if (thread.state == Thread::State::ready &&
            (next == nullptr || thread.lines->steps < next->lines->steps))
            next = &thread;
    if (next == nullptr) next = by_default();  // whose time is over
    if (next == nullptr) give_up(Ending::stuck);
    go_on_with(*next);
    if (own != nullptr) begin_turn();
}

/// A turn ends with the slice, or once the thread has taken half a slice more than another that could go on.
void Scheduler::begin_turn() {
    LinesOfThread& lines = *running_->lines;
    if (is_timed()) {
        lines.turn_ends = UINT64_MAX;
        for (const Thread& thread : threads_)
            if (&thread != running_ && thread.state == Thread::State::ready)
                lines.turn_ends = std::min(lines.turn_ends, thread.lines->steps + close_ns);
        return;
    }
    while (lines.steps >> scale_ >= slices) ++scale_;
    const std::uint64_t slice = std::uint64_t{1} << scale_;
    std::uint64_t ends = (lines.steps / slice + 1) * slice;
    for (const Thread& thread : threads_)
        if (&thread != running_ && thread.state == Thread::State::ready)
            ends = std::min(ends, thread.lines->steps + slice / 2);
    lines.begin_turn(scale_, std::max(ends, lines.steps + 1));
}

void Scheduler::resume(Thread& thread) {
    thread.cpu_at_resumption = own_cpu_clock::exactly_now_ns();
}

void Scheduler::add_time(Thread& thread) {
    const Nanoseconds now = own_cpu_clock::exactly_now_ns();
    const auto time_ns = static_cast<std::uint64_t>(std::max<Nanoseconds>(0, now - thread.cpu_at_resumption));
    thread.cpu_at_resumption = now;
    thread.lines->steps += time_ns;
    work_ns_ += time_ns;
}

bool Scheduler::poll(const void* object, std::uint64_t value) {
    Thread& thread = *running_;
    const std::uint64_t now = thread.lines->steps;
    if (thread.polled != object || thread.polled_value != value ||
        now - thread.polled_at > longest_between_polls_ns) {
        thread.polled = object;
        thread.polled_value = value;
        thread.polls = 0;
    }
    thread.polled_at = now;
    if (++thread.polls < polls_before_wait) return false;
    thread.polls = 0;
    anybody_polls_ = true;
    wait(object, WaitKind::none, {});
    return true;
}

void Scheduler::notice_change(const void* object) {
    running_->polls = 0;
    if (!anybody_polls_) return;
    wake_some(object, WaitKind::none, UINT_MAX);
}

/// The new thread can't go on before this.
void Scheduler::notice_start(Thread& thread) {
    Thread& creator = *running_;
    const std::uint64_t before = creator.lines->steps;
    add_time(creator);
    creator.lines->steps = before + (creator.lines->steps - before) * area_.plan.cost_of_start / 1'000;
    thread.lines->steps = creator.lines->steps;
    creator.lines->turn_ends = creator.lines->steps + close_ns;  // then it may be the new one's turn
}

void Scheduler::go_on_with(Thread& thread) {
    if (thread.state == Thread::State::waiting) {
        if (thread.deadline) {
            now_ = std::max(now_, *thread.deadline);
            thread.woken = Woken::by_time;
        } else {
            woke_for_no_reason_ = true;
            thread.woken = Woken::for_no_reason;
        }
        wake(thread);
    }
    Thread& last = *running_;
    if (&thread == &last) return;
    running_ = &thread;
    const bool has_ended = last.state == Thread::State::ended;
    give_turn(thread);  // an ended thread's record may be gone now
    if (!has_ended) await_turn(last);
}

void Scheduler::give_turn(Thread& thread) {
    thread.turn.store(1);
    real_syscall(SYS_futex, &thread.turn, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

void Scheduler::await_turn(Thread& thread) {
    while (thread.turn.load() == 0)
        real_syscall(SYS_futex, &thread.turn, FUTEX_WAIT_PRIVATE, 0, nullptr, nullptr, 0);
    thread.turn.store(0);
}

Woken Scheduler::wait(const void* object, WaitKind kind, std::optional<Nanoseconds> deadline) {
    Thread& thread = *running_;
    record({.kind = EventKind::waits, .object = object, .wait = kind});
    thread.state = Thread::State::waiting;
    thread.object = object;
    thread.wait = kind;
    thread.deadline = deadline;
    thread.woken = Woken::by_thread;
    thread.woken_by = thread.number;
    order_[&thread] = ++waits_;
    choose();
    const Woken woken = thread.woken;
    record({.kind = woken == Woken::by_thread ? EventKind::goes_on
                    : woken == Woken::by_time ? EventKind::times_out
                                              : EventKind::wakes_up,
            .object = object,
            .wait = kind,
            .other = thread.woken_by});
    return woken;
}

unsigned Scheduler::wake_some(const void* object, WaitKind kind, unsigned most) {
    unsigned woken = 0;
    for (; woken < most; ++woken) {
        std::pmr::vector<Thread*> waiting{own_memory()};
        for (Thread& thread : threads_)
            if (thread.state == Thread::State::waiting && thread.object == object && thread.wait == kind)
                waiting.push_back(&thread);
        if (waiting.empty()) break;
        std::ranges::sort(waiting, {}, [&](Thread* thread) { return order_[thread]; });
        Thread* chosen = waiting.front();
        if (waiting.size() > most - woken) {  // else all of them are woken, whatever the order
            if (area_.plan.is_random != 0) {
                chosen = waiting[below(waiting.size())];
            } else {
                const auto wanted = std::ranges::find(waiting, planned());
                if (wanted != waiting.end()) chosen = *wanted;
            }
            decide(*waiting.front(), *chosen);
        }
        wake(*chosen);
    }
    return woken;
}

void Scheduler::let_others_first() {
    Thread& thread = *running_;
    if (is_side_by_side()) add_steps(is_timed() ? a_poll_ns : steps_of_poll);
    ++yields_;
    thread.yields = std::min(thread.yields + 1, most_yields_counted);
    thread.behind_until = area_.choices + (1U << thread.yields);
    thread.priority = --lowest_priority_;
    streak_ = 0;
}

void Scheduler::leave() {
    if (is_timed()) choose();  // those behind go first: the end isn't seen before its time
    record({.kind = EventKind::ends});
    races::ends();
    Thread& thread = *running_;
    thread.state = Thread::State::ended;
    wake_some(&thread, WaitKind::thread, UINT_MAX);
    own = nullptr;
    lines_of_thread = nullptr;
    choose();
}

void Scheduler::drain() {
    area_.ending = Ending::complete;
    area_.races = races::found();
    area_.race = races::first();
    area_.told = races::told() + yields_;
    is_draining_ = true;
    if (is_side_by_side()) {
        lines_of_thread = nullptr;
        if (is_timed()) {
            add_time(*running_);
            area_.span_ns = std::max<std::uint64_t>(1, running_->lines->steps);
            area_.work_ns = work_ns_;
        } else {
            sum_up(scale_, area_.lines);
        }
        _exit(0);
    }
    Thread& caller = *running_;
    for (std::uint32_t i = 0; i < choices_after_the_end; ++i) {
        caller.behind_until = UINT32_MAX;
        const bool others_can = std::ranges::any_of(threads_, [&](const Thread& thread) {
            return &thread != &caller && (thread.state == Thread::State::ready || may_time_out(thread));
        });
        if (!others_can) return;
        choose();
    }
}

void Scheduler::give_up(Ending ending) {
    if (is_draining_) _exit(0);
    area_.ending = ending;
    give_up_(ending);
    std::abort();
}

void Scheduler::leave_bounds(const void* address, bool is_write) {
    record({.kind = is_write ? EventKind::writes_outside : EventKind::reads_outside, .object = address});
    give_up(Ending::outside);
}

struct Backtrace {
    Event& event;
    unsigned skip;
};

_Unwind_Reason_Code add_frame(_Unwind_Context* context, void* argument) {
    auto& [event, skip] = *static_cast<Backtrace*>(argument);
    if (skip > 0) {
        --skip;
    } else if (event.frame_count < most_frames) {
        event.frames.at(event.frame_count++) = _Unwind_GetIP(context);
    }
    return event.frame_count < most_frames ? _URC_NO_REASON : _URC_END_OF_STACK;
}

void Scheduler::record(const Happened& happened) {
    using enum EventKind;
    for (const EventKind progress : {starts_thread, unlocks, notifies, stores, exchanges})
        if (happened.kind == progress) running_->yields = 0;
    if (area_.plan.is_traced == 0 || is_draining_) return;
    const std::uint32_t number = area_.events++;
    if (number >= most_events) return;
    Event& event = area_.event.at(number);
    event = {};
    event.kind = happened.kind;
    event.wait = happened.wait;
    event.thread = static_cast<std::uint8_t>(running_->number);
    event.other = static_cast<std::uint8_t>(happened.other);
    event.choice = area_.choices;
    event.object = reinterpret_cast<std::uintptr_t>(happened.object);
    event.value = happened.value;
    event.before = happened.before;
    event.bytes = happened.bytes;
    Backtrace backtrace{event, 2};                       // this function and its caller
    Thread* const thread = std::exchange(own, nullptr);  // the unwinder's own locks are no choices
    _Unwind_Backtrace(add_frame, &backtrace);
    own = thread;
}

/// When a thread ends, POSIX calls the destructors of its thread-specific values, again and again as long as
/// they set new ones, up to this many times: after those of thread_local objects, and together with
/// std::notify_all_at_thread_exit. So the end of the thread is the last of these calls.
pthread_key_t end_key;
thread_local int rounds_of_destructors = 0;

void on_end(void* value) {
    if (++rounds_of_destructors < PTHREAD_DESTRUCTOR_ITERATIONS)
        pthread_setspecific(end_key, value);
    else if (own != nullptr)
        scheduler->leave();
}

}  // namespace

bool is_active() {
    return own != nullptr;
}

bool is_side_by_side() {
    return scheduler->is_side_by_side();
}

void choose() {
    scheduler->choose();
}

void choose_as_poller(Nanoseconds sleep) {
    scheduler->let_others_first();
    const Nanoseconds until = scheduler->now() + sleep;
    if (scheduler->is_side_by_side())
        scheduler->add_steps(std::min<std::uint64_t>(
            static_cast<std::uint64_t>(std::max<Nanoseconds>(sleep, 0)), most_steps_of_sleep));
    scheduler->choose();
    if (sleep > 0 && scheduler->now() < until) scheduler->pass(until - scheduler->now());
}

Woken wait_for(const void* object, WaitKind kind, std::optional<Nanoseconds> deadline) {
    return scheduler->wait(object, kind, deadline);
}

void wake(Thread& thread) {
    thread.state = Thread::State::ready;
    thread.object = nullptr;
    thread.deadline.reset();
    thread.woken_by = own == nullptr ? 0 : own->number;
    if (own != nullptr && thread.lines != nullptr) {
        if (scheduler->is_timed()) scheduler->add_time(*own);
        thread.lines->steps = std::max(thread.lines->steps, own->lines->steps);
        own->lines->turn_ends = own->lines->steps;  // it may be the other's turn now
    }
}

unsigned wake_some(const void* object, WaitKind kind, unsigned most) {
    return scheduler->wake_some(object, kind, most);
}

void end_turn() {
    scheduler->take_turns();
}

bool poll(const void* object, std::uint64_t value) {
    return is_active() && scheduler->is_timed() && scheduler->poll(object, value);
}

void notice_change(const void* object) {
    if (is_active() && scheduler->is_timed()) scheduler->notice_change(object);
}

void notice_start(Thread& thread) {
    if (scheduler->is_timed()) scheduler->notice_start(thread);
}

Thread& self() {
    return *own;
}

Thread* add_thread() {
    const std::size_t most = scheduler->is_side_by_side() ? most_threads_side_by_side : most_threads;
    return scheduler->thread_count() < most ? &scheduler->add() : nullptr;
}

void take_part(Thread& thread) {
    Scheduler::await_turn(thread);
    own = &thread;
    if (!is_side_by_side()) with_own_stack(races::forget);  // it may have been another one's
    scheduler->begin();
    pthread_setspecific(end_key, &thread);
}

Thread* find_thread(pthread_t id) {
    return scheduler->find(id);
}

void forget(Thread& thread) {
    scheduler->forget(thread);
}

Nanoseconds now() {
    return scheduler->now();
}

void pass(Nanoseconds time) {
    scheduler->pass(time);
}

void record(const Happened& happened) {
    scheduler->record(happened);
}

void check_access(const void* address, std::size_t bytes, bool is_write) {
    const auto first = reinterpret_cast<std::uintptr_t>(address);
    if (first < bounds.arena || first >= bounds.arena_end) return;
    if (first >= bounds.image && first + bytes <= bounds.image_end) return;
    if (is_active()) scheduler->leave_bounds(address, is_write);
}

void set_image(const void* image, std::size_t bytes) {
    bounds.image = reinterpret_cast<std::uintptr_t>(image);
    bounds.image_end = bounds.image + bytes;
}

void begin(Area& area, const char* arena, GiveUp give_up) {
    if (arena != nullptr) {
        bounds.arena = reinterpret_cast<std::uintptr_t>(arena);
        bounds.arena_end = reinterpret_cast<std::uintptr_t>(&area);
    }
    pthread_key_create(&end_key, on_end);
    scheduler = new Scheduler(area, give_up);
    own = &scheduler->running();
    scheduler->begin();
}

void end() {
    scheduler->drain();
}

}  // namespace worker::schedules

#endif
