# ecsim: build it, run it, test it. `make help` lists the targets.

VERSION := 0.4.0
MAIN_SCENARIO := scenarios/webapp-50-100.yaml
BUILD ?= build
CC := gcc
CFLAGS ?= -O2 -g1
WARNINGS := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wundef
# -ffp-contract=off: a fused multiply-add has other last bits, and results must be the same bytes everywhere.
STANDARD := -std=gnu17 -ffp-contract=off -fno-strict-aliasing -D_GNU_SOURCE -I. -I$(BUILD) -MMD -MP
LIBRARIES := gsl yaml-0.1 libmd
# Asked once, and not before the first command needs it: by then pkg-config is installed.
PACKAGE_CFLAGS = $(eval PACKAGE_CFLAGS := $$(shell pkg-config --cflags $(LIBRARIES)))$(PACKAGE_CFLAGS)
PACKAGE_LIBS = $(eval PACKAGE_LIBS := $$(shell pkg-config --libs $(LIBRARIES)))$(PACKAGE_LIBS)
ALL_CFLAGS = $(STANDARD) $(WARNINGS) $(CFLAGS) $(PACKAGE_CFLAGS) -DECSIM_VERSION='"$(VERSION)"'
ALL_LIBS = $(LDFLAGS) $(PACKAGE_LIBS) -lm -lpthread

SOURCES := $(filter-out sim/main.c sim/study/mpi/%,$(wildcard sim/*/*.c sim/*/*/*.c models/*/*.c models/*/*/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/templates.o $(BUILD)/program.o
TEMPLATES := $(filter-out plots/overlay.gp plots/bench.gp,$(wildcard plots/*.gp))
# Played at length, optimised: the sanitizers would learn nothing new of them.
LONG := $(wildcard tests/models/*.c) tests/property/test_replications.c tests/property/test_worst_moment.c
# Groups of tests (tests/group.h), those that take longest first. Programs of their own are those with arguments, and those that hear
# of mistakes in place of the library.
TESTS := $(filter-out $(LONG),$(wildcard tests/property/*.c tests/conformance/*.c tests/unit/*.c))
PROGRAMS := $(shell grep -lE '^int main|^void mistake|workload_fixture' $(TESTS))
GROUPS := $(filter-out $(PROGRAMS),$(TESTS))
SCENARIOS := $(sort $(wildcard scenarios/*.yaml)) $(sort $(wildcard scenarios/patterns/*.yaml))
STUDIED := $(shell grep -L '^study:' scenarios/studies/*.yaml)

# `make V=1` shows the commands.
quiet = $(if $(V),,@$(info $()  $(1) $(patsubst $(BUILD)/%,%,$@)))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDEXPANSION:

# With MPI, where there is one; nothing else needs it.
WITH_MPI := $(if $(shell command -v mpicc),$(BUILD)/ecsim-mpi)

all: $(BUILD)/ecsim $(WITH_MPI) ## build the program at build/ecsim

run: ## build, play the main scenario and draw it
	+@$(PARALLEL) all
	$(BUILD)/ecsim run $(MAIN_SCENARIO)

# --- building ----------------------------------------------------------------------------------------------------------

# What the distribution has to offer is installed once; a machine that has it all is left alone.
NEEDED := gcc libc6-dev make pkg-config libgsl-dev libyaml-dev libmd-dev gnuplot-nox
NEEDED_BY_MPI := libopenmpi-dev openmpi-bin
NEEDED_BY_TESTS := libcmocka-dev clang $(NEEDED_BY_MPI)
# Where clang's runtime is a package of its own.
NEEDED_BY_FUZZ = $$(apt-cache pkgnames libclang-rt-dev)
NEEDED_BY_LINT := clang-format
install_missing = @missing=$$(for p in $(1); do dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || echo $$p; done); \
	if [ -n "$$missing" ]; then echo "installing:" $$missing; sudo=$$([ $$(id -u) = 0 ] || echo sudo); \
	$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -y -qq --no-install-recommends $$missing; fi

$(BUILD)/.needed:
	@mkdir -p $(@D)
	$(call install_missing,$(NEEDED))
	@touch $@

$(BUILD)/.needed-by-tests: $(BUILD)/.needed
	$(call install_missing,$(NEEDED_BY_TESTS))
	@touch $@

$(BUILD)/ecsim: $(BUILD)/sim/main.o $(BUILD)/libecsim.a
	$(call quiet,link)$(CC) $(CFLAGS) -o $@ $^ $(ALL_LIBS)

# The same program for studies on many machines, which `ecsim study` becomes under mpirun.
mpi: ## install MPI and build build/ecsim-mpi, too
	$(call install_missing,$(NEEDED_BY_MPI))
	+@$(MAKE) --no-print-directory all

MPICC := OMPI_CC="$(CC)" MPICH_CC="$(CC)" mpicc

$(BUILD)/ecsim-mpi: $(BUILD)/sim/main.o $(BUILD)/sim/study/mpi/ranks_mpi.o $(BUILD)/libecsim.a
	$(call quiet,link)$(MPICC) $(CFLAGS) -o $@ $^ $(ALL_LIBS)

$(BUILD)/sim/study/mpi/%.o: sim/study/mpi/%.c | $(BUILD)/.needed $$(@D)/.
	$(call quiet,compile)$(MPICC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/libecsim.a: $(OBJECTS)
	@rm -f $@
	$(call quiet,archive)ar rcs $@ $^

$(BUILD)/%.o: %.c | $(BUILD)/.needed $$(@D)/.
	$(call quiet,compile)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# A folder is made once, not for each of its files.
%/.:
	@mkdir -p $@
.PRECIOUS: %/.

# The gnuplot templates travel in the binary, so that it draws from any folder.
$(BUILD)/templates.c: $(TEMPLATES) Makefile
	@mkdir -p $(@D)
	@{ echo '#include "sim/report/templates.h"'; echo 'const struct plot_template plot_templates[] = {'; \
	for f in $(TEMPLATES); do printf '    {"%s",\n' "$$(basename $$f .gp)"; \
	sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/     "&\\n"/' $$f; echo '    },'; done; echo '    {0}};'; } > $@

# What a journal of a study is told by: runs of another program are not this one's, whatever version it calls itself.
$(BUILD)/program.c: $(wildcard sim/*.c $(foreach folder,sim models,$(foreach kind,c h def,$(folder)/*/*.$(kind) $(folder)/*/*/*.$(kind)))) Makefile
	@mkdir -p $(@D)
	@printf '#include "sim/study/journal.h"\n%s, sources %s\\n";\n' \
	'const char journal_head[] = "ecsim study journal, version $(VERSION)' "$$(cat $(sort $^) | cksum | cut -d ' ' -f 1)" > $@

$(BUILD)/templates.o $(BUILD)/program.o: $(BUILD)/%.o: $(BUILD)/%.c | $(BUILD)/.needed
	$(call quiet,compile)$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/tests/%.o: tests/%.c | $(BUILD)/.needed-by-tests $$(@D)/.
	$(call quiet,compile)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# A group of tests alone; the linker takes main() of the runner where there is no other. All groups are one program.
$(BUILD)/tests/runner.a: $(BUILD)/tests/runner.o
	@ar rcs $@ $^

link_tests = $(call quiet,link)$(CC) $(CFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) -lcmocka $(ALL_LIBS)

$(BUILD)/tests/groups: $(GROUPS:%.c=$(BUILD)/%.o) $(BUILD)/tests/runner.a $(BUILD)/libecsim.a
	$(link_tests)

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/tests/runner.a $(BUILD)/libecsim.a
	$(link_tests)

# --- testing -----------------------------------------------------------------------------------------------------------

# At fixed addresses it starts in half of the time.
SANITIZED := BUILD=build/sanitized LDFLAGS=-no-pie CFLAGS='-O1 -g1 -fno-pie -fsanitize=address,undefined -fno-sanitize-recover=all -DECSIM_AUDIT'
# By the other compiler, for this processor: it is one of the builds that must give the same bytes.
AUDITED := BUILD=build/audited CC=clang CFLAGS='-O2 -march=native -DECSIM_AUDIT'

# Two at a time, each part's output in one piece.
PARALLEL = $(MAKE) --no-print-directory -j2 --output-sync=target

test: $(BUILD)/.needed-by-tests ## everything: sanitized with the audit, and the same bytes from every build
	+@$(PARALLEL) all
	tests/layers.sh
	+$(PARALLEL) $(SANITIZED) build/sanitized/ecsim unit
	+$(PARALLEL) $(AUDITED) build/audited/ecsim $(RANDOM) long
	+$(MAKE) --no-print-directory random RANDOM_SCENARIOS=2000
	+$(PARALLEL) test-studies test-cli test-cases test-determinism test-golden test-mistakes test-measured test-promises test-newcomer
	@echo "all tests passed"

audited: $(BUILD)/.needed-by-tests
	+@$(MAKE) --no-print-directory -s $(AUDITED) build/audited/ecsim
sanitized: $(BUILD)/.needed-by-tests
	+@$(MAKE) --no-print-directory -s $(SANITIZED) build/sanitized/ecsim
test-determinism: all audited sanitized
	@tests/determinism.sh $(SCENARIOS)
test-cases: audited
	tests/cases/run.sh build/audited/ecsim
	tests/cases/complete.sh
test-mistakes: sanitized
	tests/mistakes/run.sh build/sanitized/ecsim
test-promises: sanitized
	@echo build/sanitized/ecsim check 'scenarios/*.yaml', those of patterns and of studies; build/sanitized/ecsim check $(SCENARIOS) $(STUDIED)
test-cli: all sanitized
	tests/cli/run.sh build/ecsim scenarios/03-deploy-50-100.yaml
	tests/patterns.sh build/ecsim
	tests/cli/task_definitions.sh build/sanitized/ecsim scenarios/taskdef.json
	tests/cli/kill.sh build/ecsim scenarios/21-day.yaml 60
test-studies: all sanitized
	tests/cli/search.sh build/ecsim
	tests/cli/compare.sh build/ecsim scenarios/studies
	tests/cli/worst_moment.sh build/ecsim
	+@$(MAKE) --no-print-directory mpi
	tests/cli/study.sh build/ecsim tests/bench/day.yaml build/sanitized/ecsim
	tests/cli/study_input.sh build/ecsim
	tests/cli/percent_map.sh build/ecsim
test-newcomer: $(BUILD)/.needed-by-tests
	@CC='$(CC)' FLAGS='$(ALL_CFLAGS)' LIBRARIES='$(ALL_LIBS)' tests/newcomer.sh $(BUILD)
test-measured: all
	tests/scale_out.sh build/ecsim
	tests/traces/run.sh build/ecsim
test-golden: all
	tests/golden.sh build/ecsim

unit: $(PROGRAMS:%.c=$(BUILD)/%.said) groups
groups: $(BUILD)/tests/groups
	@$<
long: $(LONG:%.c=$(BUILD)/%.said)
.SECONDARY:

# What a test says, and that it has passed.
%.said: % FORCE
	@$< >$@ 2>&1 || { cat $@; exit 1; }
	@echo "$$(sed -n 's/.*PASSED *\] //p' $@ | head -n 1) $(<:$(BUILD)/%=%)"
FORCE:

# Fast, where the sanitizers see a hundred of them in `unit`; half of them beside the other half.
RANDOM := build/audited/tests/property/test_random_scenarios
RANDOM_SCENARIOS ?= 10000
half := $(shell expr $(RANDOM_SCENARIOS) / 2)

random: $(BUILD)/.needed-by-tests ## play RANDOM_SCENARIOS (10,000) with the audit
	+$(PARALLEL) $(AUDITED) $(RANDOM)
	@for first in 1 $$(($(half) + 1)); do { $(RANDOM) $(half) $$first >$(RANDOM).$$first 2>&1; echo $$? >>$(RANDOM).$$first; } & done; wait; \
	for first in 1 $$(($(half) + 1)); do [ "$$(tail -n 1 $(RANDOM).$$first)" = 0 ] || { cat $(RANDOM).$$first; exit 1; }; \
	sed -n 's/ scenarios, / random scenarios, /p' $(RANDOM).$$first; done

check: all ## judge the promises of the shipped scenarios (TAP)
	$(BUILD)/ecsim check $(SCENARIOS) $(STUDIED)

results: all ## rewrite the recorded results; `git diff results/` is the review
	tests/golden.sh build/ecsim --record

plots: all ## redraw the gallery
	plots/gallery.sh build/ecsim

MEASURING := $(patsubst tests/%.c,$(BUILD)/%,$(wildcard tests/bench/*.c))

bench: all $(MEASURING) ## measure, beside a floor that is built and run in the same call; PARTS="hold reading" for some
	+@PARTS='$(PARTS)' tests/bench/run.sh $(BUILD)

# The floor has nothing of ours, and the compiler's best.
$(BUILD)/bench/yardstick: tests/bench/yardstick.c
	@mkdir -p $(@D)
	$(call quiet,compile)$(CC) -O3 -o $@ $< -lm

$(BUILD)/bench/%: tests/bench/%.c $(BUILD)/libecsim.a
	@mkdir -p $(@D)
	$(call quiet,compile)$(CC) $(ALL_CFLAGS) -o $@ $< $(BUILD)/libecsim.a $(ALL_LIBS)

fuzz: $(BUILD)/.needed-by-tests ## fuzz the readers of scenarios and studies for FUZZ_SECONDS (60)
	$(call install_missing,$(NEEDED_BY_FUZZ))
	tests/fuzz/run.sh $${FUZZ_SECONDS:-60}

lint: ## the layers and the format
	$(call install_missing,$(NEEDED_BY_LINT))
	tests/layers.sh
	clang-format --dry-run -Werror $$(git ls-files 'sim/*.[ch]' 'models/*.[ch]' 'tests/*.[ch]')

format: ## clang-format in place
	$(call install_missing,$(NEEDED_BY_LINT))
	clang-format -i $$(git ls-files 'sim/*.[ch]' 'models/*.[ch]' 'tests/*.[ch]')

# --- installing --------------------------------------------------------------------------------------------------------

PREFIX ?= /usr/local

install: all ## install the program below PREFIX (/usr/local)
	install -D -m 755 $(BUILD)/ecsim $(DESTDIR)$(PREFIX)/bin/ecsim
	$(if $(WITH_MPI),install -m 755 $(WITH_MPI) $(DESTDIR)$(PREFIX)/bin)

clean: ## remove what was built
	rm -rf $(BUILD)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

.PHONY: all mpi run test audited sanitized test-determinism test-cases test-mistakes test-promises test-cli test-studies test-newcomer test-measured test-golden FORCE unit groups long random check results plots bench fuzz lint format install clean help
-include $(shell find $(BUILD)/*.d $(BUILD)/sim $(BUILD)/models $(BUILD)/tests $(BUILD)/bench -name '*.d' 2>/dev/null)
