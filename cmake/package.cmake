# Shared by cmake/*/package.cmake. KIT is the folder of the kit, OUT the zip.
cmake_minimum_required(VERSION 3.25)

cmake_path(ABSOLUTE_PATH OUT NORMALIZE)
set(stage "${OUT}.stage")
file(REMOVE_RECURSE "${stage}")

# Copies files and folders of the kit into a folder of the stage.
function(stage_kit folder)
  foreach(name IN LISTS ARGN)
    cmake_path(GET name PARENT_PATH parent)
    file(COPY "${KIT}/${name}" DESTINATION "${stage}/${folder}/${parent}" PATTERN ".*" EXCLUDE PATTERN "__pycache__" EXCLUDE)
  endforeach()
endfunction()

# Zips the named files and folders of the stage. The zip replaces an older one only when it is complete.
function(zip_stage)
  execute_process(COMMAND ${CMAKE_COMMAND} -E tar cf "${OUT}.part" --format=zip ${ARGN}
                  WORKING_DIRECTORY "${stage}" COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE_RECURSE "${stage}")
  file(RENAME "${OUT}.part" "${OUT}")
  file(SIZE "${OUT}" bytes)
  math(EXPR kilobytes "(${bytes} + 999) / 1000")
  message("${OUT}: ${kilobytes} kB")
endfunction()
