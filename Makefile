# A thin front. Options are make variables (make grade LESSON=slow_thing); they reach the grader through the
# environment, so that a folder may have any name.

.DEFAULT_GOAL := grade
export SUBMISSIONS ROSTER OVERRIDES ASSIGNMENT PSEUDONYMS LAUNCHER
export SUBMISSION LESSON VERSION OUT SEED FRESH STRICT ROWS COLS THREADS GDB ISOLATION
BUILD := build

.PHONY: grade try hint watch doctor test mistakes screenshots figures speedup fuzz format help

help:
	@sed -n 's/^#: //p' Makefile
#: make grade                                  grade everything in lessons/; what hasn't changed is kept
#:   LESSON=slow_thing VERSION=parallel        only these
#:   SUBMISSION=folder OUT=folder              another folder (or zip, tar.gz) laid out like lessons/; where the report goes
#:   SEED=7                                    the inputs of an earlier grading, whose report names its seed
#:   FRESH=1                                   keep nothing
#:   STRICT=1                                  a version that doesn't pass is an error
#: make try LESSON=slow_thing VERSION=serial   run one function once, and show the image before and after
#:   ROWS=4 COLS=6 THREADS=2 SEED=7            on such an image
#:   GDB=1                                     in the debugger
#: make hint                                   a hint for the version that is next, one more each time
#:   LESSON=slow_thing VERSION=parallel        for this one
#: make watch                                  grade each file when it is saved, until q
#: make doctor                                 what this machine offers, and what a grade is worth on it
#: make class SUBMISSIONS=folder OUT=folder     grade a folder or archive for each student: one page, gradebooks
#:   JOBS=2 SEED=7 ROSTER=roster.csv           so many at once, with this seed, with these names
#:   PSEUDONYMS=1 LAUNCHER="srun -n1 -c1"      also a page without names; a command in front of each grading
#: make gradescope OUT=file.zip                the autograder to upload to Gradescope (default build/gradescope.zip)
#: make fuzz SECONDS=600                       what reads untrusted bytes, each so long with random ones
#: make screenshots                            the report at phone, laptop and print size, in Chromium (./setup --browser)
#:   RESULT=folder/result.json                 of this grading, else of the recorded ones
#: make test, make figures, make speedup, make mistakes       the kit's own tests and measurements

grade try hint watch doctor: kit
	@$(BUILD)/bin/grader $@

# A class is a build (cmake/class): Ctrl-C and the same command go on where it stopped.
.PHONY: class
class: kit
	@$(BUILD)/bin/grader stage
	@out=$$(cd "$${OUT:-$(BUILD)/class}" && pwd); \
	cmake -S cmake/class -B "$$out/build" -G Ninja --log-level=WARNING -DCLASS_DIR="$$out" \
	    -DGRADER="$(abspath $(BUILD)/bin/grader)" -DLAUNCHER="$$LAUNCHER" > /dev/null && \
	cmake --build "$$out/build" $(if $(JOBS),--parallel $(JOBS)) -- -k 0 || \
	    echo "Some could not be graded; the messages above say why."
	@$(BUILD)/bin/grader gradebook

.PHONY: gradescope
gradescope:
	@cmake -DKIT="$(CURDIR)" -DOUT="$${OUT:-$(BUILD)/gradescope.zip}" -P cmake/gradescope/package.cmake

.PHONY: kit
kit: $(BUILD)/bin/grader
	@cmake --build $(BUILD) --target kit -- --quiet >$(BUILD)/kit.log 2>&1 || { cat $(BUILD)/kit.log; exit 1; }

$(BUILD)/bin/grader:
	@echo "Building the kit: once, a minute or two."
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING
	@cmake --build $(BUILD) --target kit

# Everything that must hold: format, lint, unit tests, whole gradings, the plots.
test:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING -DKIT_TESTS=ON
	@cmake --build $(BUILD) -- --quiet
	@tests/style.sh
	@ctest --test-dir $(BUILD) --output-on-failure --parallel 2

screenshots:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING
	@"$$(sed -n 's/^PLOTS_PYTHON:FILEPATH=//p' $(BUILD)/CMakeCache.txt)" tests/python/screenshots.py $(BUILD)/screenshots $(if $(RESULT),"$(RESULT)")

# The figures that the kit promises, measured here and now (some minutes, on a quiet machine).
figures: kit
	@tests/benchmarks/figures.sh

# Predicted speed-ups of programs whose speed-up is known, and how often a grade changes, in ROUNDS of each: half of
# them beside busy neighbours. It goes on where it was stopped (50 rounds take some hours; rm -r build/speedup to begin anew).
ROUNDS := 4
speedup:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING -DKIT_TESTS=ON
	@cmake --build $(BUILD) --target speedup -- --quiet
	@tests/speedup.sh $(ROUNDS)

# Every known mistake graded as a submission (a quarter of an hour): docs/mistakes.md has the table.
mistakes: kit
	@tests/mistakes.py --write docs/mistakes.md

# By libFuzzer of clang; tests/fuzz/CMakeLists.txt says what each target begins with.
SECONDS := 60
fuzz:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING -DKIT_TESTS=ON
	@cmake --build $(BUILD) --target fuzz -- --quiet
	@tests/fuzz.sh $(BUILD) $(SECONDS)

format:
	@git ls-files '*.cpp' '*.hpp' | grep -v -e tests/submissions -e tests/unit/data | xargs clang-format -i
