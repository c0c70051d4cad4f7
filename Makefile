# A thin front end. Options are make variables (make grade LESSON=slow_thing). They reach the grader through the environment,
# so that a folder may have any name. Only variables given to make count, since the environment may have a VERSION or OUT of
# its own.

.DEFAULT_GOAL := grade
export ISOLATION
BUILD := build

is_given = $(findstring command line,$(origin $(1)))
given = $(if $(call is_given,$(1)),$($(1)))
# $(call options,NAMES): each NAME that is given becomes KIT_NAME for the grader.
options = $(foreach name,$(1),$(eval $(if $(call is_given,$(name)),export KIT_$(name) = $$($(name)),unexport KIT_$(name))))
$(call options,SUBMISSION LESSON VERSION OUT SEED FRESH STRICT ROWS COLS THREADS SCHEDULE GDB)

.PHONY: grade try hint watch submit doctor kit configured help

help:
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)
#: make grade                                  grade everything in lessons/; what hasn't changed is kept
#:   LESSON=slow_thing VERSION=parallel        only these
#:   SUBMISSION=folder OUT=folder              another folder (or zip, tar.gz) laid out like lessons/; where the report goes
#:   SEED=7                                    the inputs of an earlier grading, whose report names its seed
#:   FRESH=1                                   grade everything anew
#:   STRICT=1                                  a version that doesn't pass is an error
#: make try LESSON=slow_thing VERSION=serial   run one function once, and show the image before and after
#:   ROWS=4 COLS=6 THREADS=2 SEED=7            on an image of this size, from this seed, with this many threads
#:   SCHEDULE=12.2                             with its threads in the order that a message names
#:   GDB=1                                     in the debugger
#: make hint                                   a hint for the next version to work on, one more each time
#:   LESSON=slow_thing VERSION=parallel        for this one
#: make watch                                  grade each file when it is saved, until q
#: make submit OUT=homework.zip                pack what is to be handed in (default build/homework.zip)
#: make doctor                                 what this machine offers, and what a grade is worth on it

grade try hint watch submit doctor: kit
	@$(BUILD)/bin/grader $@

configured:
	@cmake/configure.sh $(BUILD)

kit: configured $(BUILD)/bin/grader
	@cmake --build $(BUILD) --target kit -- --quiet >$(BUILD)/kit.log 2>&1 || { cat $(BUILD)/kit.log; exit 1; }

$(BUILD)/bin/grader: | configured
	@echo "Building the kit: once, a minute or two."
	@cmake --build $(BUILD) --target kit

# A handout for students leaves this out.
-include cmake/instructor.mk
