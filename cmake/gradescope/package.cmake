# Makes the zip that Gradescope takes as an autograder: setup.sh, run_autograder, and the kit in kit/.
#
#   cmake -DKIT=<folder of the kit> -DOUT=<zip> -P cmake/gradescope/package.cmake
cmake_minimum_required(VERSION 3.25)

cmake_path(ABSOLUTE_PATH OUT NORMALIZE)
set(stage "${OUT}.stage")
file(REMOVE_RECURSE "${stage}")
file(COPY ${CMAKE_CURRENT_LIST_DIR}/setup.sh ${CMAKE_CURRENT_LIST_DIR}/run_autograder DESTINATION "${stage}")
foreach(name IN ITEMS CMakeLists.txt Makefile setup cmake grader lessons plots solutions)
  file(COPY "${KIT}/${name}" DESTINATION "${stage}/kit" PATTERN ".*" EXCLUDE PATTERN "__pycache__" EXCLUDE)
endforeach()

# The zip replaces an older one only when it is whole.
execute_process(COMMAND ${CMAKE_COMMAND} -E tar cf "${OUT}.part" --format=zip setup.sh run_autograder kit
                WORKING_DIRECTORY "${stage}" COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE "${stage}")
file(RENAME "${OUT}.part" "${OUT}")
file(SIZE "${OUT}" bytes)
math(EXPR kilobytes "(${bytes} + 999) / 1000")
message("${OUT}: ${kilobytes} kB")
