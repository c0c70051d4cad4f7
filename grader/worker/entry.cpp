// Compiled once for each version and flavour, with the lesson's header in LESSON_HEADER and the version's
// function in LESSON_FUNCTION.

#include "entry.hpp"

#include LESSON_HEADER

const worker::Entry worker::entry = worker::entry_for<&LESSON_FUNCTION>();
