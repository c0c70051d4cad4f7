# Finds what the kit is built with: the system's packages first (Debian 12's versions are new enough), else sources of a
# pinned version, downloaded and checked against their SHA-256. One message names what is neither installed nor can be
# downloaded.
#
#   include(cmake/dependencies.cmake)
#   kit_find_dependencies()        # GTest::gtest GTest::gmock GTest::gtest_main benchmark::benchmark CLI11::CLI11
#                                  # nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus fmt::fmt OpenSSL::Crypto
#                                  # LibArchive::LibArchive
#   kit_find_dependencies(TESTS)   # the same, and valijson, for the kit's own tests
#   kit_find_python(PLOTS_PYTHON matplotlib jinja2)
#
# Call them in the top-level CMakeLists.txt: imported targets are seen from the calling folder down.
# Cache variables to set: KIT_DOWNLOAD=OFF never downloads; FETCHCONTENT_SOURCE_DIR_<NAME> names a folder with the sources
# instead.
include_guard(GLOBAL)
include(FetchContent)

option(KIT_DOWNLOAD "Download the pinned sources of libraries that are not installed" ON)

# Usage: kit_find_dependencies([TESTS])
function(kit_find_dependencies)
  kit_find_system_libraries()
  kit_name_missing(missing ${ARGN})
  kit_fetch_missing("${missing}")
  kit_name_missing(missing ${ARGN})
  kit_stop_if_missing("${missing}")
endfunction()

function(kit_find_system_libraries)
  if(APPLE AND NOT OPENSSL_ROOT_DIR AND EXISTS /opt/homebrew/opt/openssl@3)
    set(OPENSSL_ROOT_DIR /opt/homebrew/opt/openssl@3)
  endif()
  if(APPLE AND EXISTS /opt/homebrew/opt/libarchive)
    list(PREPEND CMAKE_PREFIX_PATH /opt/homebrew/opt/libarchive) # macOS has the library without its headers
  endif()
  find_package(GTest 1.12 QUIET CONFIG)
  find_package(benchmark 1.7.1 QUIET CONFIG)
  find_package(CLI11 2.1 QUIET CONFIG)
  find_package(nlohmann_json 3.11 QUIET CONFIG)
  find_package(tomlplusplus 3.3 QUIET CONFIG)
  find_package(fmt QUIET CONFIG) # any version: a request for 9 would refuse 10
  find_package(OpenSSL 3.0 QUIET COMPONENTS Crypto)
  find_package(LibArchive 3.6 QUIET)
  find_package(valijson QUIET CONFIG)
  kit_settle_valijson()
  find_path(SECCOMP_INCLUDE_DIR seccomp.h)
  find_library(SECCOMP_LIBRARY seccomp) # Linux only; without it, no system call is refused
  mark_as_advanced(SECCOMP_INCLUDE_DIR SECCOMP_LIBRARY)
endfunction()

# Newer packages call their target ValiJSON::valijson; some have headers but no CMake files.
function(kit_settle_valijson)
  find_path(VALIJSON_INCLUDE_DIR valijson/validator.hpp)
  mark_as_advanced(VALIJSON_INCLUDE_DIR)
  if(TARGET valijson)
    return()
  endif()
  if(TARGET ValiJSON::valijson)
    add_library(valijson INTERFACE IMPORTED)
    target_link_libraries(valijson INTERFACE ValiJSON::valijson)
  elseif(VALIJSON_INCLUDE_DIR)
    kit_add_header_library(valijson "${VALIJSON_INCLUDE_DIR}")
    target_compile_definitions(valijson INTERFACE VALIJSON_USE_EXCEPTIONS=1)
  endif()
endfunction()

# Sets `result` to the libraries that have no target yet.
function(kit_name_missing result)
  set(missing "")
  foreach(library IN ITEMS GTest::gtest GTest::gmock GTest::gtest_main benchmark::benchmark CLI11::CLI11
                           nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus fmt::fmt OpenSSL::Crypto
                           LibArchive::LibArchive)
    kit_append_if_missing(missing ${library})
  endforeach()
  if("TESTS" IN_LIST ARGN)
    kit_append_if_missing(missing valijson)
  endif()
  list(REMOVE_DUPLICATES missing)
  set(${result} "${missing}" PARENT_SCOPE)
endfunction()

function(kit_append_if_missing list target)
  if(NOT TARGET ${target})
    string(REGEX REPLACE "::.*" "" library ${target})
    set(${list} ${${list}} ${library} PARENT_SCOPE)
  endif()
endfunction()

# The pinned sources. The hashes are copied from what other projects' build files and package collections (Bazel files,
# Homebrew, Spack, xrepo) publish for these releases, where three or more agree on each; they have not been checked by a
# download. If one is wrong, CMake stops and prints both sums. OpenSSL and LibArchive have none here: they must be installed.
set(KIT_URL_GTest "https://github.com/google/googletest/archive/refs/tags/v1.14.0.tar.gz")
set(KIT_SHA256_GTest 8ad598c73ad796e0d8280b082cebd82a630d73e73cd3c70057938a6501bba5d7)
set(KIT_URL_benchmark "https://github.com/google/benchmark/archive/refs/tags/v1.8.3.tar.gz")
set(KIT_SHA256_benchmark 6bc180a57d23d4d9515519f92b0c83d61b05b5bab188961f36ac7b06b0d9e9ce)
set(KIT_URL_CLI11 "https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.4.2.tar.gz")
set(KIT_SHA256_CLI11 f2d893a65c3b1324c50d4e682c0cdc021dd0477ae2c048544f39eed6654b699a)
set(KIT_URL_nlohmann_json "https://github.com/nlohmann/json/releases/download/v3.11.3/json.tar.xz")
set(KIT_SHA256_nlohmann_json d6c65aca6b1ed68e7a182f4757257b107ae403032760ed6ef121c9d55e81757d)
set(KIT_URL_tomlplusplus "https://github.com/marzer/tomlplusplus/archive/refs/tags/v3.4.0.tar.gz")
set(KIT_SHA256_tomlplusplus 8517f65938a4faae9ccf8ebb36631a38c1cadfb5efa85d9a72e15b9e97d25155)
set(KIT_URL_fmt "https://github.com/fmtlib/fmt/archive/refs/tags/10.2.1.tar.gz")
set(KIT_SHA256_fmt 1250e4cc58bf06ee631567523f48848dc4596133e163f02615c97f78bab6c811)
set(KIT_URL_valijson "https://github.com/tristanpenman/valijson/archive/refs/tags/v1.0.2.tar.gz")
set(KIT_SHA256_valijson 35d86e54fc727f1265226434dc996e33000a570f833537a25c8b702b0b824431)

# Fetches in order and stops at the first failure: without a network, one attempt is enough to know.
function(kit_fetch_missing missing)
  if(NOT KIT_DOWNLOAD OR NOT missing OR "OpenSSL" IN_LIST missing OR "LibArchive" IN_LIST missing)
    return()
  endif()
  foreach(library IN LISTS missing)
    kit_get_sources(${library} ready)
    if(NOT ready)
      return()
    endif()
    cmake_language(CALL kit_add_${library})
  endforeach()
endfunction()

# Sets `ready` to whether the sources of this library are declared to FetchContent.
function(kit_get_sources library ready)
  set(archive "${CMAKE_BINARY_DIR}/downloads/${library}.tar")
  string(TOUPPER ${library} upper)
  if(NOT FETCHCONTENT_SOURCE_DIR_${upper})
    message(STATUS "${library} is not installed: downloading ${KIT_URL_${library}}")
    kit_download("${KIT_URL_${library}}" ${KIT_SHA256_${library}} "${archive}" downloaded)
    if(NOT downloaded)
      set(${ready} FALSE PARENT_SCOPE)
      return()
    endif()
  endif()
  # SYSTEM must be first: CMake 3.25 passes it on to ExternalProject, which takes it for a part of the option before it.
  FetchContent_Declare(${library} SYSTEM URL "${archive}" URL_HASH SHA256=${KIT_SHA256_${library}}
                       DOWNLOAD_EXTRACT_TIMESTAMP FALSE ${KIT_HEADERS_ONLY_${library}})
  set(${ready} TRUE PARENT_SCOPE)
endfunction()

function(kit_download url sha256 archive result)
  set(${result} TRUE PARENT_SCOPE)
  if(EXISTS "${archive}")
    return() # checked when it was downloaded
  endif()
  file(DOWNLOAD "${url}" "${archive}.part" STATUS status INACTIVITY_TIMEOUT 20 TLS_VERIFY ON)
  list(POP_FRONT status code reason)
  if(code EQUAL 0)
    file(SHA256 "${archive}.part" sum)
    if(NOT sum STREQUAL sha256)
      message(FATAL_ERROR "${url} has the SHA-256 ${sum}, expected ${sha256}. Is a proxy answering in its place? Install the package instead: ./setup")
    endif()
    file(RENAME "${archive}.part" "${archive}")
  else()
    file(REMOVE "${archive}.part")
    message(STATUS "The download failed: ${reason}")
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

# A SOURCE_SUBDIR that doesn't exist makes CMake unpack a library without running its CMake files.
foreach(library IN ITEMS CLI11 nlohmann_json tomlplusplus valijson)
  set(KIT_HEADERS_ONLY_${library} SOURCE_SUBDIR headers-only)
endforeach()

function(kit_add_GTest)
  set(INSTALL_GTEST OFF)
  FetchContent_MakeAvailable(GTest)
  kit_alias_if_missing(GTest gtest gtest_main gmock)
endfunction()

function(kit_add_benchmark)
  set(BENCHMARK_ENABLE_TESTING OFF)
  set(BENCHMARK_ENABLE_INSTALL OFF)
  set(BENCHMARK_ENABLE_WERROR OFF)
  FetchContent_MakeAvailable(benchmark)
  kit_alias_if_missing(benchmark benchmark)
endfunction()

function(kit_add_fmt)
  set(FMT_INSTALL OFF)
  FetchContent_MakeAvailable(fmt)
endfunction()

function(kit_add_CLI11)
  FetchContent_MakeAvailable(CLI11)
  kit_add_header_library(CLI11::CLI11 "${cli11_SOURCE_DIR}/include")
endfunction()

function(kit_add_nlohmann_json)
  FetchContent_MakeAvailable(nlohmann_json)
  kit_add_header_library(nlohmann_json::nlohmann_json "${nlohmann_json_SOURCE_DIR}/include")
endfunction()

function(kit_add_tomlplusplus)
  FetchContent_MakeAvailable(tomlplusplus)
  kit_add_header_library(tomlplusplus::tomlplusplus "${tomlplusplus_SOURCE_DIR}/include")
endfunction()

function(kit_add_valijson)
  FetchContent_MakeAvailable(valijson)
  kit_add_header_library(valijson "${valijson_SOURCE_DIR}/include")
  target_compile_definitions(valijson INTERFACE VALIJSON_USE_EXCEPTIONS=1) # as Debian's package has it
endfunction()

# The headers of an imported target are system headers, which the kit's warnings leave alone.
function(kit_add_header_library target folder)
  add_library(${target} INTERFACE IMPORTED)
  target_include_directories(${target} INTERFACE "${folder}")
endfunction()

function(kit_alias_if_missing package)
  foreach(target IN LISTS ARGN)
    if(NOT TARGET ${package}::${target})
      add_library(${package}::${target} ALIAS ${target})
    endif()
  endforeach()
endfunction()

set(KIT_PACKAGES_GTest "libgtest-dev libgmock-dev (apt), googletest (brew)")
set(KIT_PACKAGES_benchmark "libbenchmark-dev (apt), google-benchmark (brew)")
set(KIT_PACKAGES_CLI11 "libcli11-dev (apt), cli11 (brew)")
set(KIT_PACKAGES_nlohmann_json "nlohmann-json3-dev (apt), nlohmann-json (brew)")
set(KIT_PACKAGES_tomlplusplus "libtomlplusplus-dev (apt), tomlplusplus (brew)")
set(KIT_PACKAGES_fmt "libfmt-dev (apt), fmt (brew)")
set(KIT_PACKAGES_OpenSSL "libssl-dev (apt), openssl@3 (brew)")
set(KIT_PACKAGES_LibArchive "libarchive-dev (apt), libarchive (brew)")
set(KIT_PACKAGES_valijson "libvalijson-dev (apt), valijson (brew)")

function(kit_stop_if_missing missing)
  if(NOT missing)
    return()
  endif()
  set(lines "")
  foreach(library IN LISTS missing)
    string(APPEND lines "\n  ${library}: ${KIT_PACKAGES_${library}}")
  endforeach()
  message(FATAL_ERROR "Missing, or too old:${lines}\nInstall them with: ./setup")
endfunction()

# kit_find_python(PLOTS_PYTHON matplotlib jinja2): sets the cache variable to the first Python (3.11 or newer) that can
# import these modules, or to NOTFOUND. That need not be the first python3 on the PATH. Set it yourself with -DPLOTS_PYTHON=…
function(kit_find_python variable)
  if(${variable} AND EXISTS "${${variable}}")
    return()
  endif()
  set(found NOTFOUND)
  foreach(name IN ITEMS "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../.venv/bin/python3" python3 /usr/bin/python3
                        /usr/local/bin/python3 /opt/homebrew/bin/python3 python3.11 python3.12 python3.13 python3.14)
    kit_python_imports(${name} works ${ARGN})
    if(works)
      set(found "${works}")
      break()
    endif()
  endforeach()
  set(${variable} "${found}" CACHE FILEPATH "A Python with ${ARGN}" FORCE)
  if(NOT found)
    list(JOIN ARGN ", " modules)
    message(WARNING "No Python 3.11 or newer with ${modules} found. Install them with: ./setup")
  endif()
endfunction()

# Sets `works` to the interpreter's full path if it imports the modules, else to nothing.
function(kit_python_imports name works)
  list(JOIN ARGN ", " modules)
  execute_process(COMMAND ${name} -c "import sys; assert sys.version_info >= (3, 11); import ${modules}; print(sys.executable)"
                  OUTPUT_VARIABLE path ERROR_QUIET RESULT_VARIABLE code OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(NOT code EQUAL 0)
    set(path "")
  endif()
  set(${works} "${path}" PARENT_SCOPE)
endfunction()
