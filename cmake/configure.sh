#!/bin/sh
# Configures the build folder if it isn't configured yet: configure.sh FOLDER [options for CMake]. With options it always
# runs CMake.
#
# A folder may have been configured for another copy of the kit (it was copied or moved), on another system (a container on
# the same files), or by an editor with another generator or compiler. Its products can't be used, or would grade something
# else, so they are removed with a message. Reports, classes and their results stay.
set -eu
build=$1
shift

cached() { sed -n "s/^$1:[A-Z]*=//p" "$build/CMakeCache.txt"; }

# What a build depends on besides the kit's files.
state() {
    echo "$PWD"
    uname -sm
    sed -n 's/^\(ID\|VERSION_ID\)=//p' /etc/os-release 2>/dev/null || true
    for name in CMAKE_HOME_DIRECTORY CMAKE_GENERATOR CMAKE_CXX_COMPILER; do cached $name; done
}

same_program() { [ "$(readlink -f "$(command -v "$1")")" = "$(readlink -f "$(command -v "$2")")" ]; }

# True if it was configured by hand the way this script would do it.
is_as_good() {
    [ ! -e "$build/configured" ] && [ "$(cached CMAKE_HOME_DIRECTORY)" = "$PWD" ] && [ "$(cached CMAKE_GENERATOR)" = Ninja ] &&
        same_program "$(cached CMAKE_CXX_COMPILER)" "${CXX:-c++}"
}

is_configured() {
    [ -e "$build/CMakeCache.txt" ] && [ -e "$build/build.ninja" ] || return 1
    [ -e "$build/configured" ] && [ "$(state)" = "$(cat "$build/configured")" ] || is_as_good
}

if [ -e "$build/CMakeCache.txt" ] && ! is_configured; then
    echo "$build/ was made elsewhere, or by another program or compiler, so the kit is built anew. Reports are kept."
    for product in CMakeCache.txt CMakeFiles build.ninja .ninja_deps .ninja_log Makefile cmake_install.cmake CTestTestfile.cmake \
        compile_commands.json prepared configured bin cache generated grader lessons tests student_build _deps; do
        rm -rf "${build:?}/$product"
    done
fi
if [ $# -gt 0 ] || ! is_configured || [ ! -e "$build/configured" ]; then
    # No graded version runs meanwhile. A folder counts as configured only when all of it is.
    rm -f "$build/configured"
    cmake -S . -B "$build" -G Ninja --log-level=WARNING "$@" >/dev/null
    state >"$build/configured"
fi
