# Makes the zip that Gradescope takes as an autograder: setup.sh, run_autograder, and the kit in kit/.
#
#   cmake -DKIT=<folder of the kit> -DOUT=<zip> -P cmake/package/gradescope.cmake
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/package.cmake)

package_begin()
package_add_kit(kit CMakeLists.txt Makefile setup cmake grader lessons plots solutions)
file(COPY_FILE ${CMAKE_CURRENT_LIST_DIR}/gradescope_setup.sh ${stage}/setup.sh)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/run_autograder DESTINATION ${stage})
package_end()
