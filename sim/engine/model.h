/* What a model is to the machine: one struct of functions and tables.
 *
 * sim/ knows no word of the modelled world; everything that it prints, reads or lists comes from here. */
#ifndef SIM_ENGINE_MODEL_H
#define SIM_ENGINE_MODEL_H

#include "sim/engine/param.h"
#include "sim/engine/queue.h"
#include "sim/engine/text.h"

struct run;

/* Handlers find their subject by its pool reference and return at once if it is gone. */
typedef void event_handler(void *world, uint64_t subject, uint64_t argument);

struct event_kind {
    const char *name;
    event_handler *handle;
};

/* A cell of a row. Text must live until the row was taken (the call returns). */
enum value_type { VALUE_EMPTY, VALUE_INTEGER, VALUE_SECONDS, VALUE_TEXT, VALUE_DOLLARS, VALUE_DECIMAL };
struct value {
    enum value_type type;
    union {
        int64_t integer; /* VALUE_INTEGER; VALUE_SECONDS in us; VALUE_DOLLARS in billionths, printed with six
                            decimals; VALUE_DECIMAL in millionths, with no more decimals than needed */
        const char *text;
    };
};

static inline struct value value_empty(void)
{
    return (struct value){.type = VALUE_EMPTY};
}
static inline struct value value_integer(int64_t n)
{
    return (struct value){.type = VALUE_INTEGER, .integer = n};
}
static inline struct value value_text(const char *t)
{
    return t ? (struct value){.type = VALUE_TEXT, .text = t} : value_empty();
}
static inline struct value value_dollars(int64_t billionths)
{
    return (struct value){.type = VALUE_DOLLARS, .integer = billionths};
}
static inline struct value value_decimal(int64_t millionths)
{
    return (struct value){.type = VALUE_DECIMAL, .integer = millionths};
}
/* SIMTIME_NEVER is an empty cell. */
static inline struct value value_seconds(simtime at)
{
    return at == SIMTIME_NEVER ? value_empty() : (struct value){.type = VALUE_SECONDS, .integer = at};
}

/* One file of the results: rows of a table (csv), or one JSON document a line (jsonl; its rows have one
 * VALUE_TEXT). */
struct column {
    const char *name;
    const char *meaning; /* with its unit */
};

struct series {
    const char *file; /* "timeseries.csv" */
    const char *meaning;
    const struct column *columns; /* NULL: JSON lines */
    size_t column_count;
    bool when_used; /* there is no such file where it has no row */
};

/* Why something was decided; observers and the fingerprint listen. `who` and `chosen` are pool
 * references or names hashed. */
struct decision {
    uint16_t kind; /* index into model.decisions */
    uint16_t why;  /* the model's own code */
    uint64_t who;
    uint64_t chosen;
};

/* A promise of the scenario, judged. `object` is the bound element that made it, so that its line can be
 * named. */
struct verdict {
    const void *object;
    bool kept;
    const char *promise; /* in words: "web: healthy at least 1" */
    const char *broken;  /* when first, by how much, what had just happened; NULL if kept */
    /* Of a number that was to stay within its bound and did not: the value furthest outside, in millionths,
     * and how long it was outside in all. Else 0. */
    int64_t worst;
    simtime outside;
};

/* What is asked of a run: why something is as it is after everything that happened at an instant. */
struct question {
    const char *subject; /* by name; NULL: whosever the part is */
    const char *part;    /* one of what belongs to it, by name or id; NULL: itself */
    simtime at;          /* within the run */
};

/* Panels of a picture, all of one kind, from one file of the results. */
struct picture_part {
    const char *kind;        /* how the template draws them */
    const char *series_file; /* rows: time, …, values. In an optional part it may be missing or have none */
    bool optional;
    const char *key_column; /* one panel per value; NULL: one panel of the sums over all subjects */
    const char *const *subject_columns; /* NULL-terminated: whose latest values are summed up */
    const char *const *columns;         /* drawn columns, NULL-terminated, in the template's order */
    const char *period_column; /* values are of the so many seconds that end, and drawn per second; or NULL */
    bool ratios;               /* columns are pairs, part and whole, drawn as percent */
    const char *const
        *words;  /* NULL-terminated: cells are one of these, and the value is its index; or NULL */
    bool marked; /* shows the marks of its key */
    bool low;    /* narrow bands, whose last value holds to the end */
};

/* What a picture of a run shows, panel by panel; drawn by sim/report/plot from the files of the results. */
struct picture {
    const char *name;          /* <name>.svg */
    const char *template_name; /* plots/<name>.gp, compiled in */
    const struct picture_part *parts;
    size_t part_count;
    const char *marks_file;   /* rows: time_s, key (empty: every panel), kind, label; or NULL */
    const char *const *needs; /* NULL-terminated files; it is drawn if one of them has rows. NULL: always */
};

/* `pattern` is a path as summary_walk() gives it, in which `*` stands for one name. */
struct headline {
    const char *pattern;
    const char *unit;
    bool more_is_better;
};

/* What studies draw over time as bands: columns of whole numbers of a series whose rows stand for the state
 * after their instant, one per value of the key. */
struct fan_source {
    const char *series_file;
    const char *key_column;
    const char *const *columns; /* NULL-terminated, at most FAN_COLUMNS */
    const char *wanted;         /* that of the columns beside which the others are drawn; NULL: none */
    const char *unit;
};

enum { FAN_COLUMNS = 4 };

/* --- maps ------------------------------------------------------------------------------------------------
 * What a study draws of one subject over two of its settings, and which pair of values is to be preferred.
 * In a pattern %s stands for the subject as a step of a path: `.web`, or `["web.v2"]`. */

struct map_axis {
    const char *label;
    const char *path;          /* pattern, as --set has it */
    const char *const *values; /* NULL-terminated; a study may vary the path over others */
};

/* Of several runs of one setting. */
enum map_sum { MAP_MEAN, MAP_LEAST, MAP_MOST };

struct map_figure {
    const char *figure; /* pattern of a figure of summary.json */
    const char *column; /* of map.csv */
    const char *title;  /* NULL: it is not drawn */
    const char *unit;
    const char *sign; /* before its number in a table: "+" */
    bool is_duration, more_is_better;
    enum map_sum sum;
};

/* A pair of values under which every run came to its end and kept every promise. */
struct map_setting {
    const char *row, *column; /* the values, as written */
    size_t runs;
    const int64_t *figures; /* one for each of the map; ABSENT where no run has it */
    const int *decimals;    /* of each figure, which is in units of 10^-decimals */
};

/* What a map asks of a scenario. */
struct map_question {
    struct text set;     /* one more --set, where the scenario lacks what is to be seen; or nothing */
    struct text note;    /* a sentence that tells of it */
    struct text mistake; /* why there is nothing to be seen; or nothing */
};

struct study_map {
    const char *name;  /* <name>.svg */
    const char *title; /* pattern, where %s is the subject's name */
    struct map_axis rows, columns;
    const struct map_figure *figures;
    size_t figure_count;
    const char *outcome;              /* pattern of the figure that tells how it ended */
    const char *finished;             /* its text where that is well */
    const char *stuck;                /* pattern of the figure that tells why nothing could move */
    const char *refused, *unfinished; /* what these states are called: "never finishes" */
    /* Adds why a run did not end well, of the texts of the two figures; NULL: it has none. */
    void (*why)(const char *outcome, const char *stuck, struct text *);
    void (*ask)(const void *settings, const char *subject, struct map_question *);
    /* The preferred one of at least one, and a sentence that says why, and what would be given up for what by
     * choosing another. Pure. */
    size_t (*recommend)(const struct map_setting *, size_t count, struct text *sentence);
};

/* --- perturbations ---------------------------------------------------------------------------------------
 * What may break in the midst of a change, and what is judged by it: for the study of the worst moment. A
 * breakage is an ordinary entry of the scenario, so whatever the study finds, a plain run replays. The
 * functions are asked of a world between two of its instants; names live as long as the run. */
enum { PERTURBATION_LEVELS = 2 };

typedef void victim_taker(void *self, size_t kind, const char *name);

struct perturbation {
    const char *const *kinds;                /* of victims, "instance"; NULL-terminated */
    const char *levels[PERTURBATION_LEVELS]; /* what should stay high, as rows and promises name it */
    const char *change;                      /* what a change of a subject is called */
    const char *lack;    /* pattern, as maps have it, of a figure: a time, the longer the worse */
    const char *outcome; /* likewise: how the last change ended */

    /* The subject of this name; NULL, and a sentence: there is none, and which was meant. */
    const void *(*find)(void *world, const char *name, struct text *mistake);
    /* Adds a sentence: the scenario never changes the subject, and how it would. */
    void (*no_change)(const char *subject, struct text *mistake);
    /* Which change of the subject is under way; 0: none is. */
    int64_t (*changing)(const void *subject);
    int64_t (*level)(const void *subject, size_t level);
    /* How high the levels are asked to be now: what is lower because less is asked for is nobody's harm. */
    int64_t (*asked)(const void *subject);
    /* All that is alive, kind by kind, each in the order of the scenario. */
    void (*victims)(void *world, victim_taker *, void *self);
    /* Adds what --set takes: the victim dies at the instant, and does not come back by itself in a run of
     * this duration. */
    void (*strike)(size_t kind, const char *name, simtime at, simtime duration, struct text *set);
    /* Likewise: it is promised that the level is never lower from the instant on, until another one or, with
     * SIMTIME_NEVER, to the end. */
    void (*promise)(const char *subject, size_t level, int64_t at_least, simtime from, simtime until,
                    struct text *set);
};

/* --- revisions -------------------------------------------------------------------------------------------
 * What of the scenario has revisions, and how two of them are compared. */

/* What tells the elements of a list apart. */
struct element_key {
    const char *path; /* of the list, as known_field has it: "containerDefinitions[].portMappings" */
    const char *keys; /* whose values make up the name, one blank between; "": it is a set of texts */
};

struct revision_side {
    const void *settings; /* of the scenario that it is in */
    const char *name;
};

struct revisions {
    const char *list;               /* of the root; its elements' collection has the same name */
    const char *kind;               /* "task definition" */
    const struct element_key *keys; /* ends with a path of NULL; other lists are compared by position */
    const char *const *not_said;    /* NULL-terminated fields of an element that are none of its contents */
    /* The full name of the one that is meant; NULL asks for the only one. NULL: there is no such one, or
     * there are several. */
    const char *(*find)(const void *settings, const char *name);
    /* Whether a field of which the texts differ means the same on both sides. */
    bool (*means_same)(const struct revision_side revisions[2], const char *path);
    /* What it means that these two differ, or that they do not, for whoever goes from the first to the
     * second: lines. */
    void (*explain)(const struct revision_side revisions[2], bool differ, struct text *);
};

/* `list KIND` prints one. */
struct listing {
    const char *kind;
    const char *meaning;
    void (*print)(struct text *);
};

struct model {
    const struct shape
        *settings; /* the root of a scenario; its first member is a struct run_settings (sim/engine/run.h) */
    const struct event_kind *events;
    size_t event_count;
    const char *const *decisions;
    const struct series *series;
    size_t series_count;
    const struct listing *listings; /* ends with a kind of NULL */
    const struct picture *pictures; /* ends with a name of NULL */
    /* Figures of summary.json that a person looks at first, and whether more of one is better; ends with a
     * pattern of NULL */
    const struct headline *headlines;
    const struct fan_source *fan; /* NULL: none */
    const struct study_map *map;  /* NULL: none */
    /* What the study of the worst moment may break; NULL: nothing. */
    const struct perturbation *perturbation;
    const struct revisions *revisions; /* NULL: nothing has any */
    /* AWS's fields that may stand in `section` at `path` ("deploymentConfiguration.alarms", list elements as
     * "containers[].name"): 0 unknown, 1 known, 2 known and a free map: anything may stand below. */
    int (*known_field)(const char *section, const char *path);
    const char *(*figure_help)(void); /* text of `help results` for summary.json */
    const char *(*aws_help)(void);    /* text of `help aws` */

    void *(*begin)(struct run *, const void *settings); /* build the world and schedule its first events */
    /* The world rests (run_rest()), and this event is about to be handled: the world is as it was before. */
    void (*wake)(void *world, const struct event *);
    void (*settle)(void *world); /* nothing more happens at this instant: rows are due */
    void (*finish)(void *world); /* the end: last rows */
    void (*judge)(void *world, struct verdict **verdicts,
                  size_t *count);                  /* in the run's arena, in the scenario's order */
    void (*summarise)(void *world, struct json *); /* keys of summary.json inside its one object */
    void (*narrate)(void *world, struct text *);   /* the short human summary of `run` */
    /* A decision in words, with names in it and never references. Asked by an observer's decision(), while
     * the world is as it was when the decision was noted. */
    void (*describe)(void *world, const struct decision *, struct text *);
    /* An event in words, likewise. Asked by an observer's event(). Adds nothing where its subject is gone. */
    void (*describe_event)(void *world, const struct event *, struct text *);
    /* An answer in three steps: a listener of a run that has not begun, which lives as long as the run, or
     * NULL and what is wrong with the question, in words; a look at the world as it is at the question's
     * instant; and, once the run is over, the answer, or again what is wrong. The last step frees. */
    void *(*listen)(struct run *, const struct question *, struct text *mistake);
    void (*look)(void *listener);
    bool (*answer)(void *listener, struct text *answer, struct text *mistake);
    void (*end)(void *world); /* free what is not in the arena */
};

#endif
