#pragma once

/// Every lesson's header includes this: the image, the stub's exception, and the headers that parallel C++
/// usually needs.

#include <algorithm>
#include <array>
#include <atomic>
#include <barrier>
#include <cmath>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <future>
#include <latch>
#include <memory>
#include <mutex>
#include <numeric>
#include <semaphore>
#include <span>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "kit/image.hpp"
#include "kit/not_implemented.hpp"
