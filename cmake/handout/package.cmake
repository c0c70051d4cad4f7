# Makes the zip that students get: the kit without solutions, mistakes and tests. Instead of the solutions it has recorded/,
# their answers to the inputs of one seed.
#
#   cmake -DKIT=<folder of the kit> -DGRADER=<its grader> -DOUT=<zip> -P cmake/handout/package.cmake
include(${CMAKE_CURRENT_LIST_DIR}/../package.cmake)

stage_kit(slow-things CMakeLists.txt Makefile setup LICENSE grader lessons plots
          cmake/configure.sh cmake/dependencies.cmake cmake/recipe.cmake cmake/recipe.hpp.in cmake/vocabulary.cmake
          docs/install.md docs/schedules.md docs/security.md docs/speedup.md)
file(COPY ${CMAKE_CURRENT_LIST_DIR}/README.md "${KIT}/.devcontainer" "${KIT}/.gitignore" "${KIT}/.gitattributes" DESTINATION "${stage}/slow-things")
execute_process(COMMAND "${GRADER}" record --out "${stage}/slow-things/recorded" RESULT_VARIABLE failed)
if(failed)
  file(REMOVE_RECURSE "${stage}")
  message(FATAL_ERROR "nothing was packed")
endif()
zip_stage(slow-things)
