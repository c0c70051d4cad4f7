#pragma once

/// Precompiled, and included in front of every version.
///
/// libstdc++'s waits (std::atomic::wait, and with it std::barrier, std::latch, std::counting_semaphore) yield
/// a few times before they block. The virtual clock takes a yield for polling, which doesn't tell which
/// thread is waited for; a futex does. So these waits are made to block at once.

#include <bits/c++config.h>
#include <bits/move.h>  // GCC 15's atomic_wait.h uses it, and doesn't include it

#ifdef _GLIBCXX_USE_SCHED_YIELD
#undef _GLIBCXX_USE_SCHED_YIELD
#include <bits/atomic_wait.h>
#define _GLIBCXX_USE_SCHED_YIELD 1
#endif

#include "kit/kit.hpp"
