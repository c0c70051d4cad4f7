# A thin front. Options are make variables (make grade LESSON=slow_thing); they reach the grader through the
# environment, so that a folder may have any name.

export SUBMISSION LESSON VERSION OUT SEED FRESH STRICT ROWS COLS THREADS GDB
BUILD := build

.PHONY: grade try test figures speedup format

grade try: kit
	@$(BUILD)/bin/grader $@

.PHONY: kit
kit: $(BUILD)/bin/grader
	@cmake --build $(BUILD) --target grader -- --quiet >$(BUILD)/kit.log 2>&1 || { cat $(BUILD)/kit.log; exit 1; }

$(BUILD)/bin/grader:
	@echo "Building the kit: once, about a minute."
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING
	@cmake --build $(BUILD) --target grader

# Everything that must hold: format, lint, unit tests, whole gradings, the plots.
test:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING -DKIT_TESTS=ON
	@cmake --build $(BUILD) -- --quiet
	@tests/style.sh
	@ctest --test-dir $(BUILD) --output-on-failure --parallel 2

# The figures that the kit promises, measured here and now (some minutes, on a quiet machine).
figures: kit
	@tests/benchmarks/figures.sh

# Predicted speed-ups of programs whose speed-up is known (ROUNDS of each; every other beside busy neighbours).
ROUNDS := 2
speedup:
	@cmake -S . -B $(BUILD) -G Ninja --log-level=WARNING -DKIT_TESTS=ON
	@cmake --build $(BUILD) --target speedup -- --quiet
	@$(BUILD)/tests/speedup --rounds $(ROUNDS)

format:
	@git ls-files '*.cpp' '*.hpp' | grep -v -e tests/submissions -e tests/unit/data | xargs clang-format -i
