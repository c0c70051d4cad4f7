#include "schedules/races.hpp"

#ifdef KIT_SCHEDULES

#include <malloc.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "schedules/own_memory.hpp"
#include "schedules/scheduler.hpp"

namespace worker::schedules::races {

thread_local constinit RecentAccesses recent;
std::uint32_t forgotten = 0;

namespace {

/// How much of each thread's past is known: the number of its last step that is.
class Past {
  public:
    [[nodiscard]] std::uint32_t of(unsigned thread) const {
        return thread < steps_.size() ? steps_[thread] : 0;
    }
    void step(unsigned thread) { at(thread) += 1; }
    void learn(const Past& other) {
        for (unsigned thread = 0; thread < other.steps_.size(); ++thread)
            at(thread) = std::max(at(thread), other.steps_[thread]);
    }

  private:
    std::uint32_t& at(unsigned thread) {
        if (thread >= steps_.size()) steps_.resize(thread + 1);
        return steps_[thread];
    }

    std::pmr::vector<std::uint32_t> steps_{own_memory()};
};

struct ThreadPast {
    Past past;
    Past at_fence;  // at its last release fence
    Past loaded;    // what relaxed loads saw: an acquire fence makes it known
};

struct Seen {  // an access to some bytes of a word
    unsigned thread;
    std::uint32_t step;
    std::uint8_t bytes;  // a bit for each
    bool is_store;
    bool is_atomic;
    const void* where;
};

constexpr std::size_t bytes_of_word = 8;
constexpr std::size_t most_words = 100'000;

/// What a later acquire() or load learns.
struct Object {
    Past told;
    std::optional<unsigned> storer = {};  // of an atomic: the thread that stored last
};

struct Known {
    std::pmr::map<unsigned, ThreadPast> threads{own_memory()};
    std::pmr::map<std::uintptr_t, Object> objects{own_memory()};  // by address
    std::pmr::map<std::uintptr_t, std::pmr::vector<Seen>> words{own_memory()};
    std::uint32_t told = 0;
    std::uint32_t races = 0;
    Race first{};
};

// No static variable of the function, whose guard would ask for what is known.
Known* instance = nullptr;

Known& known() {
    if (instance == nullptr) instance = new Known;
    return *instance;
}

bool is_off() {
    return !is_active() || is_side_by_side();
}

ThreadPast& own() {
    static thread_local constinit ThreadPast* own = nullptr;  // a record of the map stays where it is
    if (own == nullptr) {
        const unsigned number = self().number;
        own = &known().threads[number];
        if (own->past.of(number) == 0) own->past.step(number);
        recent.step = own->past.of(number);
    }
    return *own;
}

void see(std::pmr::vector<Seen>& word, const Seen& access, const Past& past) {
    for (const Seen& before : word)
        if ((before.bytes & access.bytes) != 0 && before.thread != access.thread &&
            (before.is_store || access.is_store) && !(before.is_atomic && access.is_atomic) &&
            before.step > past.of(before.thread) && known().races++ == 0)
            known().first = {before.thread, access.thread, reinterpret_cast<std::uintptr_t>(before.where),
                             reinterpret_cast<std::uintptr_t>(access.where)};
    std::erase_if(word, [&](const Seen& before) {
        return before.thread == access.thread && (before.bytes & ~access.bytes) == 0 &&
               before.is_atomic == access.is_atomic && (access.is_store || !before.is_store);
    });
    word.push_back(access);
}

void access(const void* address, std::size_t bytes, bool is_store, bool is_atomic,
            const void* where = nullptr) {
    const ThreadPast& thread = own();
    const unsigned number = self().number;
    const auto first = reinterpret_cast<std::uintptr_t>(address);
    for (std::uintptr_t at = first, end = first + bytes; at < end;) {
        const std::uintptr_t word = at / bytes_of_word;
        const std::uintptr_t stop = std::min(end, (word + 1) * bytes_of_word);
        const auto mask =
            static_cast<std::uint8_t>((0xFFU >> (bytes_of_word - (stop - at))) << (at % bytes_of_word));
        if (known().words.size() < most_words || known().words.contains(word))
            see(known().words[word], {number, thread.past.of(number), mask, is_store, is_atomic, where},
                thread.past);
        at = stop;
    }
}

constexpr int order_mask = 0xFFFF;  // the rest are hints

bool acquires(int order) {
    order &= order_mask;
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

bool releases(int order) {
    order &= order_mask;
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

Object& object_at(const void* address) {
    return known().objects[reinterpret_cast<std::uintptr_t>(address)];
}

void learn_from(const Object& object, int order) {
    ThreadPast& thread = own();
    (acquires(order) ? thread.past : thread.loaded).learn(object.told);
}

void load_from(const Object& object, int order) {
    if (object.storer && *object.storer != self().number) ++known().told;
    learn_from(object, order);
}

/// What the thread does from now on isn't seen by those who saw what it did before.
void begin_step() {
    ThreadPast& thread = own();
    const unsigned number = self().number;
    thread.past.step(number);
    recent.step = thread.past.of(number);
}

/// The past that a store with this order tells.
const Past& told_past(int order) {
    ThreadPast& thread = own();
    return releases(order) ? thread.past : thread.at_fence;
}

void step_after(int order) {
    if (releases(order)) begin_step();
}

}  // namespace

void note_access(const void* address, std::size_t bytes, Access kind, const void* where) {
    if (!is_off()) access(address, bytes, kind == Access::store, false, where);
}

void atomic_load(const void* object, std::size_t bytes, int order) {
    if (is_off()) return;
    load_from(object_at(object), order);
    access(object, bytes, false, true);
}

void atomic_store(const void* object, std::size_t bytes, int order) {
    if (is_off()) return;
    access(object, bytes, true, true);
    Object& known_object = object_at(object);
    known_object.told = told_past(order);
    known_object.storer = self().number;
    step_after(order);
}

/// It continues what the store before has told: a release sequence.
void atomic_exchange(const void* object, std::size_t bytes, int order) {
    if (is_off()) return;
    Object& known_object = object_at(object);
    load_from(known_object, order);
    access(object, bytes, true, true);
    known_object.told.learn(told_past(order));
    known_object.storer = self().number;
    step_after(order);
}

void fence(int order) {
    if (is_off()) return;
    ThreadPast& thread = own();
    if (acquires(order)) thread.past.learn(thread.loaded);
    if (releases(order)) thread.at_fence = thread.past;
    step_after(order);
}

void release(const void* object) {
    if (is_off()) return;
    object_at(object).told.learn(own().past);
    begin_step();
}

void acquire(const void* object) {
    if (!is_off()) learn_from(object_at(object), __ATOMIC_ACQUIRE);
}

void starts(unsigned thread) {
    if (is_off()) return;
    known().threads[thread].past.learn(own().past);
    begin_step();
}

void ends() {
    if (!is_off()) begin_step();
}

void joins(unsigned thread) {
    if (!is_off()) own().past.learn(known().threads[thread].past);
}

void forget(const void* address, std::size_t bytes) {
    if (is_off()) return;
    ++forgotten;
    const auto first = reinterpret_cast<std::uintptr_t>(address);
    auto& words = known().words;
    words.erase(words.lower_bound(first / bytes_of_word),
                words.lower_bound((first + bytes + bytes_of_word - 1) / bytes_of_word));
    auto& objects = known().objects;
    objects.erase(objects.lower_bound(first), objects.lower_bound(first + bytes));
}

std::uint32_t told() {
    return known().told;
}

std::uint32_t found() {
    return known().races;
}

Race first() {
    return known().first;
}

}  // namespace worker::schedules::races

namespace {

void forget_freed(void* memory) {
    worker::schedules::races::forget(memory, malloc_usable_size(memory));
}

}  // namespace

#include "hidden_delete.hpp"

#endif
