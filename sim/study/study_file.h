/* Where a study comes from: a study file, or a scenario, and options of the command line in the file's words.
 *
 * A study file is a mapping with the key `scenario`; its keys are in study_settings.h. Paths in it are
 * relative to it. Anything else is taken for a scenario, of which the options make a study. */
#ifndef SIM_STUDY_STUDY_FILE_H
#define SIM_STUDY_STUDY_FILE_H

#include "sim/study/study.h"

/* What the command line says; NULL and none: nothing. */
struct study_options {
    const char *const *sets; /* PATH=VALUE, of all cells */
    size_t set_count;
    const char *const *vary; /* PATH=a,b,c */
    size_t vary_count;
    const char *const *compare; /* other scenarios */
    size_t compare_count;
    const char *seeds;   /* "1..200", or "200" */
    const char *figures; /* with commas between */
    const char *search;  /* PATH=LOW..HIGH, or PATH=a,b,c; PATH,PATH=… */
    const char *keep;    /* a share: "0.99" or "99%" */
    bool frontier;       /* of the search: every value */
    const char *until;   /* FIGURE=VALUE */
    const char *map_of, *worst_of;
};

/* The default seeds: those of a study that says none. */
enum {
    STUDY_SEEDS = 100,
    STUDY_SEEDS_SEARCH = 500, /* at 99 % these tell 98 % from 99.6 % */
    STUDY_SEEDS_UNTIL = 100000,
};

/* Reads the file and the options, and the scenario as it is without varied values. NULL, and the mistakes in
 * `said` as mistakes_print() has them, if something is wrong; warnings are there in any case. Option texts
 * must outlive the study. The name is the study file's, else the scenario's. */
struct study *study_read(struct arena *, const struct model *, const char *path, const struct study_options *,
                         struct text *said);

#endif
