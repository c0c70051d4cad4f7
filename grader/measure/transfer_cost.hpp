#pragma once

/// What it costs that a cache line moves from one core to another and back, while threads on both use it.

#include <string>

namespace grader {

/// A load waits for the line if another core has stored to it since this core's last one: the longer ago that
/// was, the likelier. A store doesn't wait, until as many stores wait as a core can keep. Compared with the
/// wall clock by tests/sharing.py.
struct TransferCost {
    // Stated: between two cores of one socket.
    double transfer_s = 125e-9;  // there and back
    double least_s = 4e-9;       // of each load, however short the time since the last one
    bool is_measured = false;
};

/// Measures it with two threads, in some ms. Returns the stated cost if there is one core only, or if other
/// programs kept the two threads from running side by side.
TransferCost measure_transfer_cost();

/// How long each load or store waits, if `between_s` pass between two of them, and `others` more threads use
/// the line.
double load_wait_s(const TransferCost& cost, double between_s, double others);
double store_wait_s(const TransferCost& cost, double between_s, double others);

}  // namespace grader
