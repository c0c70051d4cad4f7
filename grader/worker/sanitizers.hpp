#pragma once

/// WORKER_ASAN and WORKER_TSAN say which sanitizer this is compiled with, for both compilers.

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define WORKER_ASAN
#endif
#if __has_feature(thread_sanitizer)
#define WORKER_TSAN
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define WORKER_ASAN
#endif
#ifdef __SANITIZE_THREAD__
#define WORKER_TSAN
#endif
