# What the packages of the kit have in common: files are collected in a folder of their own, then zipped.

# Sets `stage` to an empty folder.
macro(package_begin)
  cmake_path(ABSOLUTE_PATH OUT NORMALIZE)
  set(stage "${OUT}.stage")
  file(REMOVE_RECURSE "${stage}")
  file(MAKE_DIRECTORY "${stage}")
endmacro()

# package_add_kit(<folder in the package> <file or folder of the kit>...): without hidden files and what Python leaves.
function(package_add_kit folder)
  foreach(name IN LISTS ARGN)
    file(COPY "${KIT}/${name}" DESTINATION "${stage}/${folder}" PATTERN ".*" EXCLUDE PATTERN "__pycache__" EXCLUDE)
  endforeach()
endfunction()

# The zip replaces an older one only when it is whole.
function(package_end)
  file(GLOB contents RELATIVE "${stage}" "${stage}/*" "${stage}/.*")
  list(REMOVE_ITEM contents . ..)
  execute_process(COMMAND ${CMAKE_COMMAND} -E tar cf "${OUT}.part" --format=zip ${contents} WORKING_DIRECTORY "${stage}"
                  COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE_RECURSE "${stage}")
  file(RENAME "${OUT}.part" "${OUT}")
  file(SIZE "${OUT}" bytes)
  math(EXPR kilobytes "(${bytes} + 999) / 1000")
  message("${OUT}: ${kilobytes} kB")
endfunction()
