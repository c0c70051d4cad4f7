#!/bin/bash
# Valgrind's DRD stands in front of pthread_create with a function of its own, which waits for the new thread by a mutex and a
# condition variable, and calls pthread_mutex_lock by its name: a program that defines pthread_mutex_lock (to count or to time
# locks) has its own function called by the tool, before the program has locked anything. Helgrind's stand-in doesn't.
#
# Guess: a program that only starts and joins a thread locks nothing, under either tool.
# Seen (valgrind 3.19.0, Debian 12, amd64): without a tool 0 locks, under helgrind 0, under drd 2.
# Who holds a lock of its own in such a function deadlocks under drd alone.
#
# Needs: Debian 12 on amd64 with g++ and apt. Exit code: 0 still so, 1 not any more, 2 can't be tried here.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get download -q valgrind=1:3.19.0-1 >/dev/null 2>&1 || { echo "valgrind 3.19.0 can't be had here" >&2; exit 2; }
dpkg -x valgrind_*.deb root
export VALGRIND_LIB=$work/root/usr/libexec/valgrind

cat >counts.cpp <<'CPP'
#include <dlfcn.h>
#include <pthread.h>
#include <cstdio>

static int locks;

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
    static auto* const real = reinterpret_cast<int (*)(pthread_mutex_t*)>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
    ++locks;
    return real(mutex);
}

int main() {
    pthread_t thread;
    pthread_create(&thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
    pthread_join(thread, nullptr);
    std::printf("%d\n", locks);
}
CPP
g++ -O1 -o counts counts.cpp

printf 'valgrind %s\n' "$(root/usr/bin/valgrind --version)"
plain=$(./counts)
helgrind=$(root/usr/bin/valgrind -q --tool=helgrind --log-file=/dev/null ./counts)
drd=$(root/usr/bin/valgrind -q --tool=drd --log-file=/dev/null ./counts)
echo "locks: $plain without a tool, $helgrind under helgrind, $drd under drd"
[ "$plain" -eq 0 ] && [ "$helgrind" -eq 0 ] && [ "$drd" -gt 0 ]
