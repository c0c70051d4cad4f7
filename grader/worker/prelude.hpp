#pragma once

/// Precompiled, in front of every version.
///
/// libstdc++'s waits (std::atomic::wait, and with it std::barrier, std::latch, std::counting_semaphore) yield
/// a few times before they block. To the virtual clock a yield is polling, and who polls waits for nobody in
/// particular; a futex tells who was waited for. So these waits block at once.

#include <bits/c++config.h>

#ifdef _GLIBCXX_USE_SCHED_YIELD
#undef _GLIBCXX_USE_SCHED_YIELD
#include <bits/atomic_wait.h>
#define _GLIBCXX_USE_SCHED_YIELD 1
#endif

#include "kit/kit.hpp"
