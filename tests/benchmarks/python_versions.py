"""The course's Python versions of the two algorithms: plain, with joblib, and compiled by numba.

Their faults are kept: shape[1] for both extents, joblib's processes that fill copies of the image,
and the loop of 1000 × 1000 that replaced 1000 × 100 when the code was copied for numba. There are
also corrected versions, for a fair comparison.
"""

import time
import timeit
from functools import partial

import joblib
import numba


def slow_pixel(image, x, y):
    total = 0
    for _ in range(1000):
        for _ in range(100):
            total = total + x
        total = total + y
    image[x, y] = total


def slow_thing(image):
    for x in range(image.shape[1]):  # square images only
        for y in range(image.shape[1]):
            slow_pixel(image, x, y)


def slow_thing_joblib(image):
    # A worker process gets a copy of the image and returns nothing, so its pixels are lost.
    joblib.Parallel(n_jobs=-1)(
        joblib.delayed(slow_pixel)(image, x, y)
        for y in range(image.shape[0])
        for x in range(image.shape[1])
    )


@numba.njit
def slow_thing_numba(image):
    for x in range(image.shape[1]):
        for y in range(image.shape[1]):
            total = 0
            for _ in range(1000):
                for _ in range(1000):  # ten times as many as in slow_pixel
                    total = total + x
                total = total + y
            image[x, y] = total


@numba.njit
def slow_thing_numba_loop_mended(image):
    for x in range(image.shape[1]):
        for y in range(image.shape[1]):
            total = 0
            for _ in range(1000):
                for _ in range(100):
                    total = total + x
                total = total + y
            image[x, y] = total


@numba.njit
def slow_thing_numba_mended(image):
    for x in range(image.shape[0]):
        for y in range(image.shape[1]):
            total = 0
            for _ in range(1000):
                for _ in range(100):
                    total = total + x
                total = total + y
            image[x, y] = total


def silly_sum(image):
    total = 0
    for i in range(image.shape[1]):  # so i, a row, takes as many values as there are columns
        for j in range(image.shape[0]):
            for k in range(image.shape[0]):
                for l in range(image.shape[0]):
                    total = total + image[i, j] - k + l
        total = total + i
        image[i, j] = total / image.shape[1] / image.shape[0]


silly_sum_numba = numba.njit(silly_sum)


@numba.njit
def silly_sum_numba_mended(image):
    total = 0
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            for k in range(image.shape[0]):
                for l in range(image.shape[0]):
                    total = total + image[i, j] - k + l
        total = total + i
        image[i, j] = total / image.shape[1] / image.shape[0]


@numba.njit
def nothing(image):
    """Does nothing. Its time is what Python needs to call any compiled function."""


def seconds(version, image, budget_s=0.5):
    """Returns the shortest time of a call in seconds; each call gets a fresh image.

    A version that takes less than a millisecond is called in batches on one image. Only
    slow_thing's versions are so fast, and their time doesn't depend on the pixels.
    """
    version(image.copy())  # numba compiles, joblib starts its processes
    once_s = time_calls(version, image.copy(), 1)
    if once_s > 0.001:
        return min(
            time_calls(version, image.copy(), 1) for _ in range(max(3, int(budget_s / once_s)))
        )
    calls = max(1, int(0.005 / once_s))
    return min(time_calls(version, image, calls) for _ in range(int(budget_s / 0.005)))


def time_calls(version, image, calls):
    """Returns the time of a call in seconds, by the wall clock.

    If one thread does the work, the CPU time counts when it is shorter, as next to busy programs.
    """
    call = partial(version, image)
    cpu_start_s = time.process_time()
    wall_s = timeit.timeit(call, number=calls)
    cpu_s = time.process_time() - cpu_start_s
    return (wall_s if version is slow_thing_joblib else min(wall_s, cpu_s)) / calls
