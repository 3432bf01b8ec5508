/* A study: what is to be found out, and the session in which it is.
 *
 * A study has one form: replicate (grids of cells, each with many seeds), compare, search, map, worst moment.
 * A form makes cells (cell.h), has them played (runner.h), writes its tables and pictures into the session's
 * folder, and says in words what came out; what most forms share is in results.h. Every rank runs the same
 * form on the same records; what is written and said is the first one's.
 *
 * Everything in a study lives in its arena. */
#ifndef SIM_STUDY_STUDY_H
#define SIM_STUDY_STUDY_H

#include "sim/study/cell.h"
#include "sim/study/runner.h"

/* Of all intervals that studies print. */
#define STUDY_CONFIDENCE 0.95

struct seeds {
    int64_t first, last;
};

/* What is wanted is the smallest value, or the cheapest candidate, at which enough runs keep every promise.
 */
struct search {
    const char *const *paths; /* all set to the same value */
    size_t path_count;
    int64_t low, high;       /* whole numbers to search among; or */
    struct axis *candidates; /* settings of any kind; NULL: none */
    int64_t keep_millionths; /* the share of runs that is enough */
    bool all;                /* every value is played with every seed, not only what the answer needs */
};

/* Seeds are played until the interval of a mean is no wider on either side. */
struct half_width {
    const char *figure;
    struct place place; /* where that is written */
    int64_t billionths;
};

struct study {
    struct arena *arena;
    const struct model *model;
    const char *name;        /* of the results folder */
    bool named;              /* by the study file; else it is the scenario's name */
    const char *scenario;    /* its path */
    const char *const *sets; /* of all cells */
    size_t set_count;
    struct set_origins origins; /* of all sets */
    struct seeds seeds;
    bool seeds_given;  /* else a form may do with fewer */
    struct axis *axes; /* varied */
    size_t axis_count;
    const char *const *figures;        /* those wanted, and all below them; none: all */
    const struct place *figure_places; /* where each is written */
    size_t figure_count;
    const struct half_width *until; /* NULL: all seeds are played */
    /* Its form: at most one of these is not NULL. */
    const struct axis *sides; /* of a comparison, an axis named "side": the first is what others are compared
                                 with */
    const struct search *search;
    const char *map_of;   /* the subject of the model's map */
    const char *worst_of; /* the subject whose worst moment is wanted */
};

enum study_outcome {
    STUDY_DONE,
    STUDY_PARTLY,  /* other parts have not played theirs yet; nothing was written */
    STUDY_MISTAKE, /* the study or its scenario is wrong; `said` holds the mistakes, nothing was written */
    STUDY_STOPPED, /* a limit stopped a run; everything is written, and `said` tells which */
};

/* One that some form writes. */
struct session_file {
    const char *name;
    bool written; /* in this session */
};

struct session {
    const struct study *study;
    struct runner *runner;
    const char *folder;         /* created with its first file */
    struct text *said;          /* what a person reads in the end */
    struct session_file *files; /* all that forms write, up to one without a name; study_play() sets it */
};

/* Whether its form draws fans, and so needs records with tracks. */
bool study_is_tracked(const struct study *);

/* Plays the study by its form. When it is done, what other forms, or this one before, have left in the folder
 * is removed; the journals stay. */
enum study_outcome study_play(struct session *);

/* One file of the results, in one step; nothing on other ranks than the first. */
void session_write(const struct session *, const char *file, const struct text *);

/* Whether this rank writes: what is only for a file or a person need not be made where this is false. */
bool session_writes(void);

/* Keeps a drawing that was made as the file, or says in `said` why there is none; frees both texts. */
void session_write_picture(const struct session *, const char *file, bool drawn, struct text *drawing,
                           struct text *mistake);

/* The grid of the study's scenario over these axes. */
struct grid session_grid(const struct session *, const struct axis *axes, size_t axis_count);

/* Examines the cells; false, and the mistakes in `said`, if one is wrong or all are rejected. Ranks that come
 * to different cells end here. */
bool session_examine(const struct session *, struct cell *cells, size_t count);

/* The jobs of the cells that are not rejected, each with all seeds, cell by cell; in the study's arena. */
struct job *session_jobs(const struct session *, const struct cell *cells, size_t count, struct seeds,
                         size_t *job_count);

/* A run of its own that is kept nowhere, for what must be known before anything is written: its one record.
 * The caller frees. */
struct records *session_try(const struct session *, const struct job *);

/* Whether every wanted figure is one, by such a run; else `said` tells which was meant, and STUDY_MISTAKE is
 * due. */
bool session_knows_figures(const struct session *, const struct job *);

struct figure_list {
    uint32_t *names;
    size_t count;
};
/* The figures of a table: those of the jobs' records that are wanted, in the order in which they first come.
 */
struct figure_list session_figures(const struct session *, const struct job *jobs, size_t count);
/* The tracks (tracks.h) of the jobs' records, in that order, too. */
struct figure_list session_tracks(const struct session *, const struct job *jobs, size_t count);

/* Sets the values of a figure in the records of the jobs, in units of 10^-decimals, and returns the decimals:
 * nine, or fewer where one is so large that nine would leave no room for its statistics. ABSENT where a run
 * has none or it is no number. */
int session_take_values(const struct session *, const char *figure, const struct job *jobs, size_t count,
                        int64_t *values);

/* The half width that is asked for, of a study that has one, in such units; it is never more than that. */
int64_t session_half_width(const struct session *, int decimals);

/* How many of the jobs' runs kept every promise, of how many that promised anything and came to their end. */
size_t session_count_kept(const struct session *, const struct job *jobs, size_t count, size_t *judged);

/* The figures that are shown to a person: those asked for, else the model's headlines, that any of the jobs
 * has and that are numbers there; at most STUDY_SHOWN of them. */
enum { STUDY_SHOWN = 12 };
struct shown_figure {
    const char *name;
    const char *unit; /* "" where it is not known */
    bool more_is_better;
};
struct shown_figure *session_shown(const struct session *, const struct job *jobs, size_t job_count,
                                   size_t *count);

/* The end of a form: STUDY_DONE; or STUDY_STOPPED, and the first of the jobs' runs that a limit stopped is
 * told, and how many there are: those that came to their end may be the ones in which less happened. */
enum study_outcome session_tell_stopped(const struct session *, const struct job *jobs, size_t count);

/* Forms, one file each. */
enum study_outcome study_replicate(struct session *);
enum study_outcome study_compare(struct session *);
enum study_outcome study_search(struct session *);
enum study_outcome study_map(struct session *);
enum study_outcome study_worst_moment(struct session *);

#endif
