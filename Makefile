# Tensor to Pulse. Every target does its own set-up, and repeats a step of it only when what the step reads has changed.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules

VENV := .venv
# programs of an environment name the folder it was made for: in a copied or moved repository nothing is done yet
PLACE := $(shell pwd -P | cksum | cut -d' ' -f1)
DONE := $(VENV)/.done/$(PLACE)
BOOTSTRAP := autograder/bootstrap
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

# ---- arguments: COHORT=, EXERCISE=, WEEK= and NAME=; a wrong one gets one line before anything is done
ifeq ($(origin NAME),environment) # Windows' Linux sets NAME to the machine's name
override NAME :=
endif
export COHORT EXERCISE WEEK NAME
cohorts := $(patsubst autograder/cohorts/%/cohort.toml,%,$(wildcard autograder/cohorts/*/cohort.toml))
exercises := $(patsubst solutions/%/exercise.toml,%,$(wildcard solutions/*/exercise.toml))
decks := $(patsubst slides/%.md,%,$(wildcard slides/[0-9][0-9]_*.md))
weeks := $(decks) $(foreach deck,$(decks),$(firstword $(subst _, ,$(deck))))

mistyped := $(filter-out COHORT EXERCISE WEEK NAME PYTHON ARGS,\
  $(foreach pair,$(MAKEOVERRIDES),$(if $(findstring =,$(pair)),$(firstword $(subst =, ,$(pair))))))
$(if $(mistyped),$(error there is no argument $(firstword $(mistyped)): there are COHORT, EXERCISE, WEEK, NAME and ARGS))

goal = $(filter $1,$(MAKECMDGOALS))
# $(call known,VALUE,LIST): the value when it is one word of the list
known = $(and $(filter 1,$(words $1)),$(filter $2,$1))
# $(call choose,VARIABLE,LIST,KIND,HOW TO MAKE ONE)
choose = $(if $(call known,$($1),$2),,$(error there is no $3 "$($1)": there are $(or $(strip $2),none yet); $4))
need = $(if $($1),,$(error say which $3: $1=$(or $(firstword $2),NAME)))

$(if $(call goal,data release grade watch status regrade feedback formgrader export),$(call need,COHORT,$(cohorts),cohort))
$(if $(call goal,edit regrade calibrate),$(call need,EXERCISE,$(exercises),exercise))
$(if $(call goal,present),$(call need,WEEK,$(weeks),week))
$(if $(call goal,new-exercise),$(if $(NAME),,$(error say how the exercise is called: NAME=06_topic)))
$(if $(COHORT),$(call choose,COHORT,$(cohorts),cohort,a new one is a folder autograder/cohorts/NAME with a cohort.toml))
$(if $(EXERCISE),$(call choose,EXERCISE,$(exercises),exercise,make new-exercise NAME=$(EXERCISE) begins one))
$(if $(WEEK),$(call choose,WEEK,$(weeks),week,a week is a deck slides/NN_topic.md))

exercise = $(if $(EXERCISE),--exercise "$$EXERCISE")
cohort = $(if $(COHORT),--cohort "$$COHORT")
deck = $(if $(WEEK),--week "$$WEEK")

# ---- what people type
.PHONY: help
help: ## list the targets
	@sed -nE 's/^([a-z-]+):.*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  %-14s %s\n' "$$name" "$$text"; done

.PHONY: setup
setup: $(DONE)/system $(DONE)/packages $(DONE)/torchvision $(DONE)/node $(DONE)/hooks ## install all that the other targets need (each of them does it by itself)
	@$(if $(call goal,setup),echo "set up: make help lists what there is",:)

.PHONY: demo
demo: setup ## build the decks, release and grade all exercises for the cohort "demo", show where to look
	@autograder demo

.PHONY: test
test: setup ## run the tests, under 15 minutes on 2 cores (ARGS='-k shape' for some of them)
	@$(BOOTSTRAP)/test.sh $(ARGS)

.PHONY: test-full
test-full: setup ## run all tests at full size
	@$(BOOTSTRAP)/test.sh -m "full or not full" --timeout 3600 $(ARGS)

.PHONY: lint
lint: setup ## check code, decks, links and whether generated files and proofs are fresh
	@$(BOOTSTRAP)/lint.sh

.PHONY: prove
prove: setup ## prove that the checks of EXERCISE= (or of all) work, write proof.json
	@autograder prove $(exercise)

.PHONY: calibrate
calibrate: setup ## run the reference of EXERCISE= over seeds, write what its thresholds rest on (ARGS='--seeds 20')
	@autograder calibrate $(exercise) $(ARGS)

.PHONY: slides
slides: setup ## build the decks (or WEEK=01): HTML for students and instructor, PDF
	@autograder slides $(deck) $(cohort)

.PHONY: present
present: setup ## serve the deck of WEEK=01 with presenter view and demos, offline (COHORT= fills the title slide)
	@autograder present $(deck) $(cohort)

.PHONY: data
data: setup ## download, verify and keep once for everyone what COHORT= needs
	@autograder data $(cohort)

.PHONY: release
release: setup ## write what the students of COHORT= get (all exercises or EXERCISE=)
	@autograder release $(cohort) $(exercise)

.PHONY: grade
grade: setup ## grade what the students of COHORT= submitted (all exercises or EXERCISE=)
	@autograder grade $(cohort) $(exercise)

.PHONY: watch
watch: setup ## grade submissions of COHORT= as they arrive, until Ctrl-C (all exercises or EXERCISE=)
	@autograder watch $(cohort) $(exercise)

.PHONY: status
status: setup ## say how grading of COHORT= stands: queue, time to go, internal errors, who is at work
	@autograder status $(cohort) $(exercise)

.PHONY: regrade
regrade: setup ## redo what a mended check of EXERCISE= touches for COHORT=, show what would differ, ask, write
	@autograder regrade $(cohort) $(exercise)

.PHONY: feedback
feedback: setup ## write the feedback pages of COHORT= (all exercises or EXERCISE=)
	@autograder feedback $(cohort) $(exercise)

.PHONY: formgrader
formgrader: setup ## open the formgrader for COHORT=, to grade written answers by hand
	@autograder formgrader $(cohort)

.PHONY: export
export: setup ## write the grades of COHORT= as grades.csv into its folder
	@autograder export $(cohort)

.PHONY: edit
edit: setup ## open the source of EXERCISE= in JupyterLab; what is saved there comes back
	@autograder edit "$$EXERCISE"

.PHONY: new-exercise
new-exercise: setup ## begin an exercise: NAME=06_topic
	@autograder new-exercise "$$NAME"

.PHONY: bench
bench: setup ## measure what grading costs beside nbgrader and otter, forty-five minutes (ARGS=--write: into the docs)
	@autograder bench $(ARGS)

.PHONY: bench-security
bench-security: setup ## run the attacks against nbgrader, otter-grader and ours, an hour, as root (ARGS=--write)
	@autograder bench-security $(ARGS)

.PHONY: doctor
doctor: $(DONE)/packages ## print what this machine can give, and how to get what it cannot
	@autograder doctor

.PHONY: system
system: $(DONE)/python ## install the Debian or Ubuntu packages that are missing, or say what to type
	@$(BOOTSTRAP)/debian.sh

.PHONY: lock
lock: $(DONE)/packages ## write requirements.lock anew with the newest versions
	@python $(BOOTSTRAP)/lock.py

.PHONY: clean
clean: ## remove what was built and the tools' caches (never a cohort; the environment is .venv)
	@rm -rf build slides/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find autograder/src autograder/tests autograder/bootstrap datasets solutions \
	  \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d -prune -exec rm -rf {} +

# ---- set-up: one stamp a step
$(DONE)/python: $(BOOTSTRAP)/python.sh
	@$(BOOTSTRAP)/python.sh $(VENV) $(PYTHON)
	@mkdir -p $(DONE) && touch $@

$(DONE)/system: $(BOOTSTRAP)/debian.sh $(DONE)/python
	@$(BOOTSTRAP)/debian.sh
	@touch $@

$(DONE)/packages: requirements.lock autograder/pyproject.toml datasets/pyproject.toml $(DONE)/python
	@python $(BOOTSTRAP)/packages.py python
	@touch $@

$(DONE)/torchvision: autograder/src/autograder/torchvision_ops.py $(DONE)/packages
	@python -m autograder.torchvision_ops
	@touch $@

$(DONE)/node: slides/package.json slides/package-lock.json $(DONE)/packages
	@python $(BOOTSTRAP)/packages.py node
	@touch $@

$(DONE)/hooks: $(BOOTSTRAP)/pre_push.py $(DONE)/python
	@python $(BOOTSTRAP)/pre_push.py --install
	@touch $@

.DEFAULT:
	$(error there is no target "$@": make help lists them)
