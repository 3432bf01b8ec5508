/* What a study file says, as its table binds it (param.h); study_file.c makes a study of it. */
#ifndef SIM_STUDY_STUDY_SETTINGS_H
#define SIM_STUDY_STUDY_SETTINGS_H

#include "sim/study/study.h"

/* What is set, varied or valued has no type of its own: a bool says that it is there, and it is read off the
 * tree. */
struct side_settings {
    const char *name, *scenario;
    bool set;
};

struct candidate_settings {
    const char *name;
    bool set;
};

struct search_settings {
    struct list paths;
    int64_t low, high;
    bool values;
    struct list candidates; /* of struct candidate_settings */
    int64_t keep_millionths;
    bool frontier;
};

struct file_settings {
    const char *study, *scenario;
    struct seeds seeds;
    bool set, vary, until;
    struct list figures;
    struct list compare; /* of struct side_settings */
    struct search_settings *search;
    const char *map_of, *worst_of;
};

/* The keys, for `ecsim help study` too. */
extern const struct shape study_file_shape;

#endif
