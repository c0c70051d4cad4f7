# More commands, for instructors and authors of the kit: handing out, grading classes, tests and measurements.

$(call options,SUBMISSIONS ROSTER OVERRIDES WORKSHEET ASSIGNMENT PSEUDONYMS LAUNCHER)

.PHONY: class gradescope handout check-lesson test mistakes screenshots figures speedup fuzz format

#: make class SUBMISSIONS=folder OUT=folder    grade a folder or archive for each student: one page, gradebooks
#:   JOBS=2 SEED=7 ROSTER=roster.csv           this many at once, with this seed, with these names
#:   WORKSHEET=downloaded.csv                  fill in Moodle's grading worksheet or Canvas' gradebook
#:   PSEUDONYMS=1 LAUNCHER="srun -n1 -c1"      also a page without names; a command in front of each grading
#: make gradescope OUT=file.zip                the autograder to upload to Gradescope (default build/gradescope.zip)
#: make handout OUT=file.zip                   the kit for students, without solutions (default build/handout.zip)
#: make check-lesson LESSON=slow_thing          what the lesson's author forgot, if anything
#: make fuzz SECONDS=600                       feed random bytes to each reader of untrusted ones, for this long each
#: make screenshots                            the report at phone, laptop and print size, in Chromium (./setup --browser)
#:   RESULT=folder/result.json                 from this grading (default: the recorded ones)
#: make test, make figures, make speedup, make mistakes       the kit's own tests and measurements

# A class is a build (cmake/class): after Ctrl-C, the same command resumes it.
class: kit
	@$(BUILD)/bin/grader stage
	@out=$$(cd "$${KIT_OUT:-$(BUILD)/class}" && pwd); \
	graded=0; { cmake -S cmake/class -B "$$out/build" -G Ninja --log-level=WARNING --no-warn-unused-cli -DCLASS_DIR="$$out" \
	    -DGRADER="$(abspath $(BUILD)/bin/grader)" -DLAUNCHER="$$KIT_LAUNCHER" > /dev/null && \
	cmake --build "$$out/build" --parallel $(or $(call given,JOBS),$$($(BUILD)/bin/grader cores)) -- -k 0; } || graded=1; \
	[ $$graded = 0 ] || echo "Some submissions could not be graded; the messages above say why."; \
	$(BUILD)/bin/grader gradebook && [ $$graded = 0 ]

gradescope:
	@cmake -DKIT="$(CURDIR)" -DOUT="$${KIT_OUT:-$(BUILD)/gradescope.zip}" -P cmake/gradescope/package.cmake

handout: kit
	@cmake -DKIT="$(CURDIR)" -DGRADER="$(abspath $(BUILD)/bin/grader)" -DOUT="$${KIT_OUT:-$(BUILD)/handout.zip}" \
	    -P cmake/handout/package.cmake

check-lesson: kit
	@$(BUILD)/bin/grader check-lesson

# Everything that must hold: format, lint, unit tests, whole gradings, the plots.
test:
	@cmake/configure.sh $(BUILD) -DKIT_TESTS=ON
	@cmake --build $(BUILD) -- --quiet
	@tests/style.sh
	@ctest --test-dir $(BUILD) --output-on-failure --parallel 2

screenshots:
	@cmake/configure.sh $(BUILD)
	@"$$(sed -n 's/^PLOTS_PYTHON:FILEPATH=//p' $(BUILD)/CMakeCache.txt)" tests/python/screenshots.py $(BUILD)/screenshots $(if $(call given,RESULT),"$(RESULT)")

# The figures that the kit promises, measured here and now (some minutes, on a quiet machine).
figures: kit
	@tests/benchmarks/figures.sh

# Predicted speed-ups of programs whose speed-up is known, and how often a grade changes, in ROUNDS measurements of each,
# half of them next to busy neighbours. It resumes where it was stopped (50 rounds take some hours; rm -r build/speedup to
# begin anew).
ROUNDS := 4
speedup:
	@cmake/configure.sh $(BUILD) -DKIT_TESTS=ON
	@cmake --build $(BUILD) --target speedup -- --quiet
	@tests/speedup.sh $(ROUNDS)

# Every known mistake graded as a submission (a quarter of an hour): docs/mistakes.md has the table.
mistakes: kit
	@tests/mistakes.py --write docs/mistakes.md

# Uses clang's libFuzzer; tests/fuzz/CMakeLists.txt says what each target begins with.
SECONDS := 60
fuzz:
	@cmake/configure.sh $(BUILD) -DKIT_TESTS=ON
	@cmake --build $(BUILD) --target fuzz -- --quiet
	@tests/fuzz.sh $(BUILD) $(SECONDS)

format:
	@git ls-files '*.cpp' '*.hpp' | grep -v -e tests/submissions -e tests/unit/data | xargs clang-format -i
	@black --quiet .
