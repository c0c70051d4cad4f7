# Makes the zip that Gradescope takes as an autograder: setup.sh, run_autograder, and the kit in kit/.
#
#   cmake -DKIT=<folder of the kit> -DOUT=<zip> -P cmake/gradescope/package.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../package.cmake)

file(COPY ${CMAKE_CURRENT_LIST_DIR}/setup.sh ${CMAKE_CURRENT_LIST_DIR}/run_autograder DESTINATION "${stage}")
stage_kit(kit CMakeLists.txt Makefile setup LICENSE cmake grader lessons plots solutions)
zip_stage(setup.sh run_autograder kit)
