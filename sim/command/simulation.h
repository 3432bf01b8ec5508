/* One scenario simulated, judged and written: what `run` and `check` share. */
#ifndef SIM_COMMAND_SIMULATION_H
#define SIM_COMMAND_SIMULATION_H

#include "sim/command/options.h"
#include "sim/engine/run.h"
#include "sim/report/whole.h"
#include "sim/scenario/scenario.h"

struct simulation {
    const struct model *model;
    struct scenario *scenario;
    struct run *run;
    struct whole *whole; /* NULL: nothing is written */
    struct verdict *verdicts;
    size_t verdict_count;
    size_t broken_count;
};

/* The --set words that the reader gets: the command line's, then those for --seed and --events (KINDS, "none"
 * for none; either may be NULL). In the arena. */
struct words simulation_sets(struct arena *, const struct words *sets, const char *seed, const char *events);

const struct run_settings *simulation_settings(const struct scenario *);

/* Plays the scenario, recording below `target` (NULL: nowhere), and judges it. False if a limit stopped it:
 * run->stopped_by says so, nothing is judged. */
bool simulation_play(struct simulation *, const struct model *, struct scenario *, const char *path,
                     const char *target);

/* Completes the results (summary, resolved scenario, picture) and puts them in place. False if the picture
 * could not be drawn; a sentence is printed and the results stand without it. */
bool simulation_keep(struct simulation *, bool pictures);

/* Drops what was not kept and frees all but the scenario. */
void simulation_end(struct simulation *);

/* The file and line of the scenario in which the promise stands. */
const char *simulation_position(const struct simulation *, const struct verdict *, size_t *line);

/* "file:line: promise", and on a line of its own why it was broken. */
void simulation_add_verdict(struct text *, const struct simulation *, const struct verdict *);

#endif
