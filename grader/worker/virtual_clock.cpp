#include "virtual_clock.hpp"

#include <algorithm>

namespace worker::virtual_clock {

Reading& Reading::operator+=(const Reading& other) {
    span_ns += other.span_ns;
    work_ns += other.work_ns;
    most_held_ns += other.most_held_ns;
    starting_ns += other.starting_ns;
    caller_ns += other.caller_ns;
    longest_ns = std::max(longest_ns, other.longest_ns);
    threads = std::max(threads, other.threads);
    return *this;
}

}  // namespace worker::virtual_clock

#ifndef WORKER_VIRTUAL_CLOCK

namespace worker::virtual_clock {
void begin() {}
Reading end() {
    return {};
}
}  // namespace worker::virtual_clock

#else

#include <linux/futex.h>
#include <malloc.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <functional>
#include <list>
#include <map>
#include <optional>
#include <ranges>
#include <unordered_map>
#include <utility>
#include <vector>

#include "own_cpu_clock.hpp"
#include "own_stack.hpp"
#include "real.hpp"

namespace {

namespace own_cpu_clock = worker::own_cpu_clock;

using Nanoseconds = std::int64_t;

constexpr Nanoseconds a_head_start_ns = 20'000;
constexpr Nanoseconds a_turn_ns = 100'000;      // a yield takes 1 µs: 1 % of it
constexpr Nanoseconds undisturbed_ns = 20'000;  // more than a few instructions ever take

using worker::Real;

#define REAL(function) constinit Real real_##function(#function, &(function))
REAL(pthread_create);
REAL(pthread_join);
REAL(pthread_tryjoin_np);
REAL(pthread_timedjoin_np);
REAL(pthread_clockjoin_np);
REAL(pthread_detach);
REAL(pthread_mutex_lock);
REAL(pthread_mutex_trylock);
REAL(pthread_mutex_timedlock);
REAL(pthread_mutex_clocklock);
REAL(pthread_mutex_unlock);
REAL(pthread_mutex_destroy);
REAL(pthread_rwlock_rdlock);
REAL(pthread_rwlock_tryrdlock);
REAL(pthread_rwlock_timedrdlock);
REAL(pthread_rwlock_clockrdlock);
REAL(pthread_rwlock_wrlock);
REAL(pthread_rwlock_trywrlock);
REAL(pthread_rwlock_timedwrlock);
REAL(pthread_rwlock_clockwrlock);
REAL(pthread_rwlock_unlock);
REAL(pthread_rwlock_destroy);
REAL(pthread_cond_wait);
REAL(pthread_cond_timedwait);
REAL(pthread_cond_clockwait);
REAL(pthread_cond_signal);
REAL(pthread_cond_broadcast);
REAL(pthread_cond_destroy);
REAL(sem_init);
REAL(sem_destroy);
REAL(sem_wait);
REAL(sem_trywait);
REAL(sem_timedwait);
REAL(sem_clockwait);
REAL(sem_post);
REAL(pthread_barrier_init);
REAL(pthread_barrier_destroy);
REAL(pthread_barrier_wait);
REAL(read);
REAL(write);
REAL(poll);
REAL(ppoll);
REAL(select);
REAL(pselect);
REAL(pthread_once);
REAL(sched_yield);
REAL(nanosleep);
REAL(clock_nanosleep);
REAL(usleep);
REAL(sleep);
REAL(syscall);
#undef REAL

struct Held {
    const void* lock;
    Nanoseconds since_ns;        // CPU time
    Nanoseconds clock_at_start;  // of the holder
    bool is_shared;
};

/// When a lock was held, by the clock of who held it.
struct Hold {
    Nanoseconds start = 0;
    Nanoseconds end = 0;
};

/// A barrier of POSIX. A meeting can't end before all have left the one before.
struct Barrier {
    unsigned count = 0;
    unsigned arrived = 0;
    std::size_t meeting = 0;                       // the one that goes on
    std::array<Nanoseconds, 2> latest_clock = {};  // of those who came to a meeting, by its number's parity
};

/// The last times that a lock was held: as many as a call has threads, as a rule.
class LastHolds {
  public:
    void add(Hold hold) { holds_[next_++ % holds_.size()] = hold; }  // NOLINT(*-constant-array-index)

    /// From when on nobody held it for so long, at `clock` or later.
    [[nodiscard]] Nanoseconds free_from(Nanoseconds clock, Nanoseconds length = 1) const {
        for (bool is_held = true; is_held;) {
            is_held = false;
            for (const Hold& hold : holds_) {
                if (clock + length <= hold.start || hold.end <= clock) continue;
                clock = hold.end;
                is_held = true;
            }
        }
        return clock;
    }

  private:
    std::array<Hold, 16> holds_{};
    std::size_t next_ = 0;
};

struct Thread {
    std::list<Thread>::iterator place{};  // in the registry
    pthread_t id{};
    clockid_t cpu_clock = CLOCK_THREAD_CPUTIME_ID;
    std::atomic<Nanoseconds> jumps_ns = 0;  // its clock is its CPU time plus these
    std::atomic<bool> is_arriving = false;  // its clock is about to be published
    Nanoseconds cpu_at_begin = 0;           // CPU time when the call began
    enum class Stage { starting, running, ended } stage = Stage::starting;
    bool is_being_created = false;              // its creator still uses this record
    bool is_gone = false;                       // nobody else uses it anymore
    std::atomic<bool> is_blocked = false;       // waits in one of the functions below
    std::atomic<Nanoseconds> seen_ns = 0;       // its clock when it last asked for a lock
    std::atomic<Nanoseconds> next_turn_ns = 0;  // until its clock is there, it lets nobody go first
    Nanoseconds clock_at_end = 0;               // its clock when it ended
    bool joinable = true;
    void* (*routine)(void*) = nullptr;
    void* argument = nullptr;
    std::vector<Held> held{};

    /// Whether its CPU clock can be read.
    [[nodiscard]] bool is_running() const { return stage == Stage::running; }
    [[nodiscard]] bool has_ended() const { return stage == Stage::ended; }
};

using Address = std::uintptr_t;

Address address_of(const void* object) {
    return reinterpret_cast<Address>(object);
}

/// What all threads share. Never destroyed, since threads may outlive main.
struct Registry {
    std::list<Thread> threads;
    std::unordered_map<pthread_t, Thread*> by_id;  // threads that can still be joined
    std::map<Address, Nanoseconds> woken_at;       // by address of a futex, condition variable or once flag
    std::map<Address, Nanoseconds> held_ns;        // by address of a lock
    std::map<Address, LastHolds> last_holds;       // the same
    std::map<Address, Hold> last_readers;          // all of those since somebody held the lock alone
    // By address of a POSIX semaphore: since when each of its tokens is there, the first one last.
    std::map<Address, std::vector<Nanoseconds>> tokens;
    std::map<Address, Barrier> barriers;  // by address, also those made before the call
    Nanoseconds most_held_ns = 0;         // of the destroyed locks

    Thread& add() {
        Thread& thread = threads.emplace_front();
        thread.place = threads.begin();
        return thread;
    }
    void set_id(Thread& thread, pthread_t id) {
        thread.id = id;
        if (thread.joinable) by_id[id] = &thread;
    }
    void remove(Thread& thread) {
        if (const auto found = by_id.find(thread.id); found != by_id.end() && found->second == &thread)
            by_id.erase(found);
        thread.is_gone = true;
        if (!thread.is_being_created) threads.erase(thread.place);
    }
    /// Its creator's pthread_create has returned, perhaps even after the thread's end.
    void end_creation(Thread& thread, pthread_t id) {
        if (thread.stage == Thread::Stage::starting) set_id(thread, id);
        thread.is_being_created = false;
        if (thread.is_gone) threads.erase(thread.place);
    }
    void forget_objects(Address first, Address end) {
        woken_at.erase(woken_at.lower_bound(first), woken_at.lower_bound(end));
        tokens.erase(tokens.lower_bound(first), tokens.lower_bound(end));
        last_holds.erase(last_holds.lower_bound(first), last_holds.lower_bound(end));
        last_readers.erase(last_readers.lower_bound(first), last_readers.lower_bound(end));
        const auto from = held_ns.lower_bound(first);
        const auto to = held_ns.lower_bound(end);
        most_held_ns = std::max(most_held_ns, most_held(from, to));
        held_ns.erase(from, to);
    }
    [[nodiscard]] Nanoseconds most_held() const {
        return std::max(most_held_ns, most_held(held_ns.begin(), held_ns.end()));
    }

    // About the call:
    std::uint64_t started = 0;
    Nanoseconds starting_ns = 0;
    Nanoseconds work_ns = 0;     // of threads that have ended
    Nanoseconds longest_ns = 0;  // the most work of one of them
    Nanoseconds latest_ns = 0;   // the largest clock of a thread that has ended

  private:
    using Held = std::map<Address, Nanoseconds>::const_iterator;
    static Nanoseconds most_held(Held from, Held to) {
        Nanoseconds most = 0;
        for (; from != to; ++from) most = std::max(most, from->second);
        return most;
    }
};

Registry& registry() {
    static Registry* const instance = new Registry;
    return *instance;
}

/// Guards the registry, by a mutex that goes straight to the C library and isn't accounted for.
class Locked {
  public:
    Locked() {
        real_pthread_mutex_lock(&mutex);
        is_mine = true;
    }
    ~Locked() {
        is_mine = false;
        real_pthread_mutex_unlock(&mutex);
    }
    Locked(const Locked&) = delete;
    Registry* operator->() { return &registry(); }

    static inline thread_local bool is_mine = false;  // held by the calling thread

  private:
    static inline pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
};

std::atomic<bool> measuring = false;
std::atomic<bool> knows_objects = false;    // some objects' addresses are recorded
std::atomic<int> arriving = 0;              // number of threads whose clock is about to be published
std::atomic<Nanoseconds> published_ns = 0;  // the largest clock at a sleep, a yield or an end
thread_local Thread* self = nullptr;
thread_local bool is_over = false;  // the thread has ended and runs destructors of thread_local objects

Nanoseconds clock_of(const Thread& thread) {
    return own_cpu_clock::now_ns() + thread.jumps_ns;
}

void jump_to(Thread& thread, Nanoseconds clock_ns) {
    const Nanoseconds now = clock_of(thread);
    if (clock_ns > now) thread.jumps_ns += clock_ns - now;
}

/// Announces that a thread is about to publish its clock. Reading its CPU time may enter the kernel, which
/// may let others run first, and these must not miss it.
class Arriving {
  public:
    explicit Arriving(Thread& thread) : thread_(thread) {
        thread_.is_arriving = true;
        ++arriving;
    }
    ~Arriving() {
        --arriving;
        thread_.is_arriving = false;
    }
    Arriving(const Arriving&) = delete;

  private:
    Thread& thread_;
};

void publish(Nanoseconds clock_ns) {
    Nanoseconds largest = published_ns;
    while (clock_ns > largest && !published_ns.compare_exchange_weak(largest, clock_ns)) {
    }
}

/// Whether addresses of objects may be recorded. Asked whenever something is deleted.
bool may_know_objects() {
    return measuring.load(std::memory_order_relaxed) && knows_objects.load(std::memory_order_relaxed);
}

/// The objects at these addresses are gone; the next ones there are different ones.
void forget_objects(const void* first, std::size_t size_bytes) {
    if (!may_know_objects()) return;
    if (Locked::is_mine) return;  // freed by the registry itself
    Locked shared;
    shared->forget_objects(address_of(first), address_of(first) + size_bytes);
}

/// The calling thread ends: its stack, with its thread_local objects, will belong to another thread.
void forget_own_stack() {
    if (!may_know_objects()) return;
    worker::with_own_stack(forget_objects);
}

/// Enters a thread into the registry and notes its end, however it ends.
class Life {
  public:
    explicit Life(Thread& thread) {
        self = &thread;
        const Nanoseconds cpu = own_cpu_clock::now_ns();
        Locked shared;
        thread.jumps_ns -= cpu;  // it held the creator's clock
        thread.cpu_at_begin = cpu;
        pthread_getcpuclockid(pthread_self(), &thread.cpu_clock);
        shared->set_id(thread, pthread_self());
        thread.stage = Thread::Stage::running;
    }
    ~Life() {
        is_over = true;
        Nanoseconds cpu = 0;
        {
            const Arriving now(*self);
            cpu = own_cpu_clock::exactly_now_ns();
            publish(cpu + self->jumps_ns);
        }
        forget_own_stack();
        Locked shared;
        self->stage = Thread::Stage::ended;
        self->clock_at_end = cpu + self->jumps_ns;
        shared->latest_ns = std::max(shared->latest_ns, self->clock_at_end);
        shared->work_ns += cpu - self->cpu_at_begin;
        shared->longest_ns = std::max(shared->longest_ns, cpu - self->cpu_at_begin);
        if (!self->joinable) shared->remove(*self);
    }
    Life(const Life&) = delete;
};

/// Makes the record of a thread that is about to be created. The registry isn't locked during the creation,
/// since whatever creates threads has locks of its own.
Thread& new_thread(void* (*routine)(void*), void* argument, bool joinable) {
    Locked shared;
    Thread& thread = shared->add();
    thread.routine = routine;
    thread.argument = argument;
    thread.joinable = joinable;
    thread.is_being_created = true;
    return thread;
}

/// Makes the record of a thread that pthread_create didn't start, such as the caller.
Thread& adopted() {
    Locked shared;
    Thread& thread = shared->add();
    thread.joinable = false;
    return thread;
}

/// The calling thread's record, or nullptr if its time doesn't count now.
Thread* current() {
    if (!measuring.load(std::memory_order_relaxed) || is_over) return nullptr;
    if (self == nullptr) static thread_local const Life life(adopted());
    return self;
}

/// Runs a wait in which the calling thread is blocked, and returns its result.
template <class Wait>
auto blocked(Wait&& wait) {
    Thread* const thread = current();
    if (thread == nullptr) return wait();
    thread->is_blocked = true;
    struct Restore {
        Thread& thread;
        ~Restore() { thread.is_blocked = false; }  // a cancelled wait may not return
    } restore{*thread};
    return wait();
}

/// On one CPU a thread can take all the jobs of a queue before the next thread has its first turn. With a CPU
/// each, the threads whose clocks are behind would come first.
void let_those_behind_go_first() {
    Thread* const caller = current();
    if (caller == nullptr) return;
    Thread& thread = *caller;
    const Nanoseconds now = clock_of(thread);
    thread.seen_ns.store(now, std::memory_order_relaxed);
    if (now < thread.next_turn_ns) return;
    bool is_ahead = false;
    {
        Locked shared;
        is_ahead = std::ranges::any_of(shared->threads, [&](const Thread& other) {
            return !other.has_ended() && !other.is_blocked && other.seen_ns + a_head_start_ns < now;
        });
    }
    if (!is_ahead) return;
    thread.next_turn_ns = now + a_turn_ns;
    real_sched_yield();
}

/// Called after a wait for `object`. A wait that timed out was a sleep.
void jump_to_waker(Thread& thread, const void* object, bool timed_out = false) {
    Locked shared;
    if (timed_out) jump_to(thread, published_ns);
    if (const auto waker = shared->woken_at.find(address_of(object)); waker != shared->woken_at.end())
        jump_to(thread, waker->second);
}

/// Threads that wait, or will wait, for `object` go on from the calling thread's clock.
void wake(Thread& thread, const void* object) {
    const Arriving arriving_now(thread);
    const Nanoseconds now = clock_of(thread);
    Locked shared;
    Nanoseconds& woken = shared->woken_at[address_of(object)];
    woken = std::max(woken, now);
    knows_objects = true;
}

/// Jumps to the published clock, and again if another thread ran meanwhile, since what the calling thread is
/// about to look at may be that thread's work.
void catch_up(Thread& thread) {
    Nanoseconds before = 0;
    do {
        before = own_cpu_clock::read_ns(CLOCK_MONOTONIC);
        jump_to(thread, published_ns);
        if (arriving == 0) continue;
        Locked shared;
        for (const Thread& other : shared->threads)
            if (&other != &thread && other.is_running() && other.is_arriving)
                jump_to(thread, own_cpu_clock::read_ns(other.cpu_clock) + other.jumps_ns);
    } while (own_cpu_clock::read_ns(CLOCK_MONOTONIC) - before > undisturbed_ns);
}

void publish_clock_of(Thread& thread) {
    const Arriving now(thread);
    publish(clock_of(thread));
}

/// Runs a sleep or a yield and returns its result.
template <class Wait>
auto polling(Wait&& wait) {
    Thread* const thread = current();
    if (thread == nullptr) return wait();
    publish_clock_of(*thread);
    const auto result = wait();
    const int error = errno;
    catch_up(*thread);
    errno = error;
    return result;
}

/// Notes that a lock was taken if `error`, the result of taking it, is 0. Returns `error`. Whoever takes it
/// at a time at which another thread held it, by the clocks of both, goes on from that one's end.
int took(const void* lock, int error, bool is_shared = false) {
    if (error != 0) return error;
    Thread* const thread = current();
    if (thread == nullptr) return error;
    Nanoseconds start = clock_of(*thread);
    {
        Locked shared;
        if (const auto holds = shared->last_holds.find(address_of(lock)); holds != shared->last_holds.end())
            start = holds->second.free_from(start);
        if (const auto readers = shared->last_readers.find(address_of(lock));
            !is_shared && readers != shared->last_readers.end()) {
            if (readers->second.start <= start) start = std::max(start, readers->second.end);
            shared->last_readers.erase(readers);
        }
    }
    jump_to(*thread, start);
    // No gap is left between this hold and the one that it waited for.
    thread->held.push_back({lock, own_cpu_clock::now_ns(), start, is_shared});
    return error;
}

/// Called before the lock is released. A recursive mutex counts once.
void gives(const void* lock) {
    Thread* const thread = current();
    if (thread == nullptr) return;
    auto& held = thread->held;
    const auto is_it = [&](const Held& each) { return each.lock == lock; };
    const auto last = std::find_if(held.rbegin(), held.rend(), is_it);
    if (last == held.rend()) return;  // taken before the call began
    const Held hold = *last;
    held.erase(std::next(last).base());
    if (std::any_of(held.begin(), held.end(), is_it)) return;
    const Nanoseconds held_ns = std::max(Nanoseconds{0}, own_cpu_clock::now_ns() - hold.since_ns);
    Hold now{hold.clock_at_start, clock_of(*thread)};
    Locked shared;
    knows_objects = true;
    if (hold.is_shared) {
        Hold& readers = shared->last_readers.try_emplace(address_of(lock), now).first->second;
        readers = {std::min(readers.start, now.start), std::max(readers.end, now.end)};
        return;
    }
    shared->held_ns[address_of(lock)] += held_ns;
    // Others may have held it a little later, but before this thread's end: one of the two has to wait.
    LastHolds& holds = shared->last_holds[address_of(lock)];
    const Nanoseconds length = std::max(Nanoseconds{1}, now.end - now.start);
    now.start = holds.free_from(now.start, length);
    now.end = now.start + length;
    jump_to(*thread, now.end);
    holds.add(now);
}

/// Runs a wait on a condition variable, which releases the mutex meanwhile.
template <class Wait>
int waiting(pthread_cond_t* condition, pthread_mutex_t* mutex, Wait&& wait) {
    gives(mutex);
    const int error = blocked(wait);
    if (Thread* const thread = current()) {
        jump_to_waker(*thread, condition, error == ETIMEDOUT);
        took(mutex, 0);
    }
    return error;
}

/// Puts tokens into a POSIX semaphore, whose clocks are the calling thread's. Whoever takes one goes on from
/// there, also if the token is there already.
void put_tokens(const sem_t* semaphore, unsigned count) {
    Thread* const thread = current();
    if (thread == nullptr) return;
    const Arriving arriving_now(*thread);
    const Nanoseconds now = clock_of(*thread);
    Locked shared;
    std::vector<Nanoseconds>& tokens = shared->tokens[address_of(semaphore)];
    tokens.insert(tokens.end(), count, now);
    std::ranges::sort(tokens, std::greater());
    knows_objects = true;
}

/// Takes the token that was there first, if taking one has succeeded. Returns what that has returned.
int took_token(const sem_t* semaphore, int result) {
    Thread* const thread = result == 0 ? current() : nullptr;
    if (thread == nullptr) return result;
    Locked shared;
    const auto found = shared->tokens.find(address_of(semaphore));
    if (found == shared->tokens.end() || found->second.empty()) return result;  // from before the call
    jump_to(*thread, found->second.back());
    found->second.pop_back();
    return result;
}

/// Runs a wait for a token; a thread whose clock is ahead lets others try first.
template <class Wait>
int waiting_for_token(sem_t* semaphore, Wait&& wait) {
    let_those_behind_go_first();
    return took_token(semaphore, blocked(wait));
}

/// Comes to the barrier. Returns the number of the meeting, or nothing if nobody knows for how many it is.
std::optional<std::size_t> arrive(const pthread_barrier_t* barrier) {
    Thread* const thread = current();
    if (thread == nullptr) return std::nullopt;
    Locked shared;
    const auto found = shared->barriers.find(address_of(barrier));
    if (found == shared->barriers.end()) return std::nullopt;
    Barrier& known = found->second;
    const std::size_t meeting = known.meeting;
    Nanoseconds& latest = known.latest_clock[meeting % 2];  // NOLINT(*-constant-array-index)
    latest = known.arrived == 0 ? clock_of(*thread) : std::max(latest, clock_of(*thread));
    if (++known.arrived == known.count) {
        known.arrived = 0;
        ++known.meeting;
    }
    return meeting;
}

/// Goes on once all have come.
void leave(const pthread_barrier_t* barrier, std::size_t meeting) {
    Thread* const thread = current();
    if (thread == nullptr) return;
    Locked shared;
    const auto found = shared->barriers.find(address_of(barrier));
    if (found != shared->barriers.end())
        jump_to(*thread, found->second.latest_clock[meeting % 2]);  // NOLINT(*-constant-array-index)
}

/// Runs a join and returns its result. The record is looked up first: after a join the id may belong to
/// another thread.
template <class Join>
int joining(pthread_t id, Join&& join) {
    const auto joinable = [id]() -> Thread* {
        Locked shared;
        const auto found = shared->by_id.find(id);
        return found == shared->by_id.end() ? nullptr : found->second;
    };
    Thread* const other = joinable();
    const int error = blocked(join);
    if (error != 0 || other == nullptr) return error;
    Locked shared;
    if (measuring && self != nullptr && !is_over) jump_to(*self, other->clock_at_end);
    shared->remove(*other);
    return error;
}

void* live(void* record) {
    auto& thread = *static_cast<Thread*>(record);
    const Life life(thread);
    return thread.routine(thread.argument);
}

using OnceRoutine = void (*)();
thread_local std::pair<pthread_once_t*, OnceRoutine> running_once;

/// Runs the routine of the calling thread's pthread_once.
void run_once() {
    const auto [control, routine] = running_once;
    struct AtEnd {
        pthread_once_t* control;
        ~AtEnd() {
            if (Thread* const thread = current()) wake(*thread, control);
        }
    } at_end{control};
    routine();
}

}  // namespace

namespace worker::virtual_clock {

void begin() {
    own_cpu_clock::prepare();
    measuring = true;
    current();
    Locked shared;
    shared->woken_at.clear();
    shared->tokens.clear();
    shared->last_holds.clear();
    shared->last_readers.clear();
    shared->held_ns.clear();
    shared->most_held_ns = 0;
    knows_objects = false;
    published_ns = shared->starting_ns = shared->work_ns = shared->longest_ns = shared->latest_ns = 0;
    shared->started = 0;
    for (Thread& thread : shared->threads) {
        thread.clock_at_end = 0;
        thread.seen_ns = thread.next_turn_ns = 0;
        if (!thread.is_running()) continue;
        thread.cpu_at_begin = own_cpu_clock::read_ns(thread.cpu_clock);
        thread.jumps_ns = -thread.cpu_at_begin;
    }
}

Reading end() {
    measuring = false;
    Locked shared;
    Nanoseconds latest = shared->latest_ns;
    Nanoseconds longest = shared->longest_ns;
    Nanoseconds all_work = shared->work_ns;
    Nanoseconds caller = 0;
    std::uint64_t threads = shared->started;
    for (Thread& thread : shared->threads) {
        if (!thread.is_running()) continue;
        const Nanoseconds cpu = own_cpu_clock::read_ns(thread.cpu_clock);
        const Nanoseconds work = cpu - thread.cpu_at_begin;
        latest = std::max(latest, cpu + thread.jumps_ns);
        all_work += work;
        if (&thread == self) {
            caller = work;
        } else {
            longest = std::max(longest, work);
        }
    }
    const Nanoseconds most_held = shared->most_held();
    const auto unsigned_ns = [](Nanoseconds ns) {
        return static_cast<std::uint64_t>(std::max(Nanoseconds{0}, ns));
    };
    return {.span_ns = unsigned_ns(std::max(latest, most_held)),
            .work_ns = unsigned_ns(all_work),
            .most_held_ns = unsigned_ns(most_held),
            .starting_ns = unsigned_ns(shared->starting_ns),
            .caller_ns = unsigned_ns(caller),
            .longest_ns = unsigned_ns(longest),
            .threads = threads};
}

}  // namespace worker::virtual_clock

// These hide the C library's functions of the same names.
extern "C" {

int pthread_create(pthread_t* id, const pthread_attr_t* attributes, void* (*routine)(void*),
                   void* argument) noexcept {
    Thread* const creator = current();
    const Nanoseconds before = creator == nullptr ? 0 : own_cpu_clock::now_ns();
    int state = PTHREAD_CREATE_JOINABLE;
    if (attributes != nullptr) pthread_attr_getdetachstate(attributes, &state);
    Thread& thread = new_thread(routine, argument, state == PTHREAD_CREATE_JOINABLE);
    if (creator != nullptr) thread.jumps_ns = thread.seen_ns = before + creator->jumps_ns;
    const int error = real_pthread_create(id, attributes, live, &thread);
    Locked shared;
    if (error != 0) {
        shared->threads.erase(thread.place);
        return error;
    }
    shared->end_creation(thread, *id);
    if (creator != nullptr) {
        ++shared->started;
        shared->starting_ns += own_cpu_clock::now_ns() - before;
    }
    return 0;
}

int pthread_join(pthread_t id, void** result) {
    return joining(id, [&] { return real_pthread_join(id, result); });
}

int pthread_tryjoin_np(pthread_t id, void** result) noexcept {
    return joining(id, [&] { return real_pthread_tryjoin_np(id, result); });
}

int pthread_timedjoin_np(pthread_t id, void** result, const timespec* until) {
    return joining(id, [&] { return real_pthread_timedjoin_np(id, result, until); });
}

int pthread_clockjoin_np(pthread_t id, void** result, clockid_t clock, const timespec* until) {
    return joining(id, [&] { return real_pthread_clockjoin_np(id, result, clock, until); });
}

int pthread_detach(pthread_t id) noexcept {
    {
        Locked shared;
        if (const auto found = shared->by_id.find(id); found != shared->by_id.end()) {
            Thread& thread = *found->second;
            thread.joinable = false;
            shared->by_id.erase(found);
            if (thread.has_ended()) shared->remove(thread);
        }
    }
    return real_pthread_detach(id);
}

int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    let_those_behind_go_first();
    if (const int error = real_pthread_mutex_trylock(mutex); error != EBUSY) return took(mutex, error);
    return took(mutex, blocked([&] { return real_pthread_mutex_lock(mutex); }));
}

int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
    return took(mutex, real_pthread_mutex_trylock(mutex));
}

int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
    let_those_behind_go_first();
    return took(mutex, blocked([&] { return real_pthread_mutex_timedlock(mutex, until); }));
}

int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock, const timespec* until) noexcept {
    let_those_behind_go_first();
    return took(mutex, blocked([&] { return real_pthread_mutex_clocklock(mutex, clock, until); }));
}

int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
    gives(mutex);
    return real_pthread_mutex_unlock(mutex);
}

int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
    forget_objects(mutex, 1);
    return real_pthread_mutex_destroy(mutex);
}

int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
    return took(lock, blocked([&] { return real_pthread_rwlock_rdlock(lock); }), true);
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
    return took(lock, real_pthread_rwlock_tryrdlock(lock), true);
}

int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
    return took(lock, blocked([&] { return real_pthread_rwlock_timedrdlock(lock, until); }), true);
}

int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* until) noexcept {
    return took(lock, blocked([&] { return real_pthread_rwlock_clockrdlock(lock, clock, until); }), true);
}

int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
    let_those_behind_go_first();
    return took(lock, blocked([&] { return real_pthread_rwlock_wrlock(lock); }));
}

int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
    return took(lock, real_pthread_rwlock_trywrlock(lock));
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
    let_those_behind_go_first();
    return took(lock, blocked([&] { return real_pthread_rwlock_timedwrlock(lock, until); }));
}

int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock, const timespec* until) noexcept {
    let_those_behind_go_first();
    return took(lock, blocked([&] { return real_pthread_rwlock_clockwrlock(lock, clock, until); }));
}

int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
    gives(lock);
    return real_pthread_rwlock_unlock(lock);
}

int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
    forget_objects(lock, 1);
    return real_pthread_rwlock_destroy(lock);
}

int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
    return waiting(condition, mutex, [&] { return real_pthread_cond_wait(condition, mutex); });
}

int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex, const timespec* until) {
    return waiting(condition, mutex, [&] { return real_pthread_cond_timedwait(condition, mutex, until); });
}

int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                           const timespec* until) {
    return waiting(condition, mutex,
                   [&] { return real_pthread_cond_clockwait(condition, mutex, clock, until); });
}

int pthread_cond_signal(pthread_cond_t* condition) noexcept {
    if (Thread* const thread = current()) wake(*thread, condition);
    return real_pthread_cond_signal(condition);
}

int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
    if (Thread* const thread = current()) wake(*thread, condition);
    return real_pthread_cond_broadcast(condition);
}

int pthread_cond_destroy(pthread_cond_t* condition) noexcept {
    forget_objects(condition, 1);
    return real_pthread_cond_destroy(condition);
}

int sem_init(sem_t* semaphore, int shared, unsigned count) noexcept {
    forget_objects(semaphore, 1);
    put_tokens(semaphore, count);
    return real_sem_init(semaphore, shared, count);
}

int sem_destroy(sem_t* semaphore) noexcept {
    forget_objects(semaphore, 1);
    return real_sem_destroy(semaphore);
}

int sem_wait(sem_t* semaphore) {
    return waiting_for_token(semaphore, [&] { return real_sem_wait(semaphore); });
}

int sem_trywait(sem_t* semaphore) noexcept {
    return took_token(semaphore, real_sem_trywait(semaphore));
}

int sem_timedwait(sem_t* semaphore, const timespec* until) {
    return waiting_for_token(semaphore, [&] { return real_sem_timedwait(semaphore, until); });
}

int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
    return waiting_for_token(semaphore, [&] { return real_sem_clockwait(semaphore, clock, until); });
}

int sem_post(sem_t* semaphore) noexcept {
    put_tokens(semaphore, 1);
    return real_sem_post(semaphore);
}

int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                         unsigned count) noexcept {
    {
        Locked shared;
        shared->barriers[address_of(barrier)] = {.count = count};
    }
    return real_pthread_barrier_init(barrier, attributes, count);
}

int pthread_barrier_destroy(pthread_barrier_t* barrier) noexcept {
    {
        Locked shared;
        shared->barriers.erase(address_of(barrier));
    }
    return real_pthread_barrier_destroy(barrier);
}

int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
    const auto meeting = arrive(barrier);
    const int result = blocked([&] { return real_pthread_barrier_wait(barrier); });
    if (meeting) leave(barrier, *meeting);
    return result;
}

// Whoever reads from a pipe may wait for a thread that writes to it.
ssize_t read(int file, void* buffer, std::size_t bytes) {
    return polling([&] { return real_read(file, buffer, bytes); });
}

ssize_t write(int file, const void* buffer, std::size_t bytes) {
    if (Thread* const thread = current()) publish_clock_of(*thread);
    return real_write(file, buffer, bytes);
}

int poll(pollfd* files, nfds_t count, int timeout_ms) {
    return polling([&] { return real_poll(files, count, timeout_ms); });
}

int ppoll(pollfd* files, nfds_t count, const timespec* timeout, const sigset_t* mask) {
    return polling([&] { return real_ppoll(files, count, timeout, mask); });
}

int select(int count, fd_set* reading, fd_set* writing, fd_set* failing, timeval* timeout) {
    return polling([&] { return real_select(count, reading, writing, failing, timeout); });
}

int pselect(int count, fd_set* reading, fd_set* writing, fd_set* failing, const timespec* timeout,
            const sigset_t* mask) {
    return polling([&] { return real_pselect(count, reading, writing, failing, timeout, mask); });
}

int pthread_once(pthread_once_t* control, void (*routine)()) {
    Thread* const thread = current();
    if (thread == nullptr) return real_pthread_once(control, routine);
    const auto outer = std::exchange(running_once, {control, routine});
    struct Restore {
        const decltype(outer)& value;
        ~Restore() { running_once = value; }  // the routine may throw
    } restore{outer};
    const int error = real_pthread_once(control, run_once);
    jump_to_waker(*thread, control);
    return error;
}

int sched_yield() noexcept {
    return polling([] { return real_sched_yield(); });
}

int nanosleep(const timespec* time, timespec* left) {
    return polling([&] { return real_nanosleep(time, left); });
}

int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
    return polling([&] { return real_clock_nanosleep(clock, flags, time, left); });
}

int usleep(useconds_t time_us) {
    return polling([&] { return real_usleep(time_us); });
}

unsigned sleep(unsigned time_s) {
    return polling([&] { return real_sleep(time_s); });
}

long syscall(long number, ...) noexcept {
    va_list list;
    va_start(list, number);
    long arguments[6];  // NOLINT(modernize-avoid-c-arrays)
    for (long& argument : arguments) argument = va_arg(list, long);
    va_end(list);
    const auto call = [&] {
        return real_syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4],
                            arguments[5]);
    };
    if (number == SYS_sched_yield) return polling(call);
    if (number != SYS_futex) return call();
    Thread* const thread = current();
    if (thread == nullptr) return call();
    const auto* const object = reinterpret_cast<const void*>(arguments[0]);
    // An int argument: the upper half of its register is undefined.
    const int operation = static_cast<int>(arguments[1]) & FUTEX_CMD_MASK;
    if (operation == FUTEX_WAKE || operation == FUTEX_WAKE_BITSET) wake(*thread, object);
    const bool is_wait = operation == FUTEX_WAIT || operation == FUTEX_WAIT_BITSET;
    const long result = is_wait ? blocked(call) : call();
    if (is_wait) {
        const int error = errno;
        jump_to_waker(*thread, object, result != 0 && error == ETIMEDOUT);
        errno = error;
    }
    return result;
}

}  // extern "C"

#ifndef WORKER_SANITIZER

namespace {

// Nobody calls a destroy function for a std::mutex or for the state that a std::promise shares: they are just
// deleted.
void forget_freed(void* memory) {
    if (may_know_objects()) forget_objects(memory, malloc_usable_size(memory));
}

}  // namespace

#include "hidden_delete.hpp"

#endif

#endif
