# The one place that says how a version is compiled. Configured into a header for the grader, which calls the
# compiler itself, and used by the targets that give editors their compile_commands.json.

if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|i.86")
    set(RECIPE_NATIVE -march=native)
else()
    set(RECIPE_NATIVE -mcpu=native) # what -march=native is on x86, for both compilers
endif()

set(RECIPE_COMMON -std=c++20 -pthread -Wall -Wextra -fdiagnostics-color=never)
# Unique symbols can't be made local, and a version's object must export nothing but the lesson's function.
set(RECIPE_GNU -fno-gnu-unique)
set(RECIPE_CLANG -fno-standalone-debug)

# All flavours are compiled for the same processor, so intrinsics work in each of them and tests for a feature agree.
# timed: what is measured. No -ffast-math, since it changes what a program may compute.
set(RECIPE_TIMED -O3 ${RECIPE_NATIVE})
# checked: bounds, undefined behaviour, memory errors.
set(RECIPE_CHECKED -Og ${RECIPE_NATIVE} -g -fno-omit-frame-pointer -fsanitize=address,undefined
                   -fno-sanitize-recover=all -D_GLIBCXX_ASSERTIONS -DKIT_CHECKED)
# tsan: data races.
set(RECIPE_TSAN -O1 ${RECIPE_NATIVE} -g -fno-omit-frame-pointer -fsanitize=thread -D_GLIBCXX_ASSERTIONS)
# schedules: the version is compiled as for tsan; the kit's own part of the program, and the linking, like this.
set(RECIPE_SCHEDULES -O2 ${RECIPE_NATIVE} -g -fno-omit-frame-pointer -DKIT_SCHEDULES -DKIT_NO_VIRTUAL_CLOCK)
# To count what the timed code does to memory: the same code, with a call at each load and store, which both compilers add
# after optimizing.
set(RECIPE_COUNTED ${RECIPE_TIMED} -g -fsanitize=thread)
# For versions with vectorizes = false (lesson.toml).
set(RECIPE_UNVECTORIZED -fno-tree-vectorize -fno-tree-slp-vectorize)
# clang adds none at vectors of more than 16 bytes.
set(RECIPE_COUNTED_CLANG -mprefer-vector-width=128)

option(KIT_VIRTUAL_CLOCK "Grade speed-ups by work and span where the system has what that takes (docs/speedup.md)" ON)
if(NOT KIT_VIRTUAL_CLOCK)
    list(APPEND RECIPE_COMMON -DKIT_NO_VIRTUAL_CLOCK)
endif()

foreach(flags COMMON GNU CLANG TIMED CHECKED TSAN SCHEDULES COUNTED COUNTED_CLANG UNVECTORIZED)
    list(JOIN RECIPE_${flags} "\", \"" joined)
    set(RECIPE_${flags}_CXX "\"${joined}\"")
endforeach()
configure_file(${CMAKE_CURRENT_LIST_DIR}/recipe.hpp.in ${CMAKE_BINARY_DIR}/generated/recipe.hpp @ONLY)
