/* Which figures a person is shown. */
#include "sim/study/study.h"
#include <string.h>

/* The end of the one name that begins here, with its dot or bracket; NULL if there is none. */
static const char *end_of_name(const char *at)
{
    if (*at == '.')
        return at + 1 + strcspn(at + 1, ".[");
    const char *end = *at == '[' ? strstr(at, "\"]") : NULL;
    return end ? end + 2 : NULL;
}

/* Under ".*" stands one name: ".web", or ["web.v2"]. */
static bool matches(const char *pattern, const char *name)
{
    while (*pattern) {
        if (!strncmp(pattern, ".*", 2)) {
            name = end_of_name(name);
            if (!name)
                return false;
            pattern += 2;
        } else if (*pattern++ != *name++)
            return false;
    }
    return !*name;
}

static const struct headline *headline_of(const struct model *model, const char *name)
{
    for (const struct headline *headline = model->headlines; headline && headline->pattern; headline++)
        if (matches(headline->pattern, name))
            return headline;
    return NULL;
}

/* In some run at least; texts and what never is are of no use in a table of numbers. */
static bool is_number_somewhere(const struct session *session, uint32_t name, const struct job *jobs,
                                size_t count)
{
    int64_t number;
    for (size_t i = 0; i < count; i++) {
        const struct record *record = runner_record(session->runner, jobs[i].cell, jobs[i].seed);
        const char *text = record ? record_figure(record, name) : NULL;
        if (text && figure_scaled(text, 0, &number))
            return true;
    }
    return false;
}

static bool is_of_session(const char *name)
{
    return !strcmp(name, FIGURE_KEPT) || !strcmp(name, FIGURE_STOPPED_BY);
}

struct shown_figure *session_shown(const struct session *session, const struct job *jobs, size_t job_count,
                                   size_t *count)
{
    const struct study *study = session->study;
    struct figure_list list = session_figures(session, jobs, job_count);
    struct shown_figure *shown = arena_array(study->arena, STUDY_SHOWN, sizeof *shown);
    *count = 0;
    for (size_t i = 0; i < list.count && *count < STUDY_SHOWN; i++) {
        const char *name = figure_name(runner_names(session->runner), list.names[i]);
        const struct headline *headline = headline_of(study->model, name);
        if (is_of_session(name) || (study->figure_count == 0 && !headline) ||
            !is_number_somewhere(session, list.names[i], jobs, job_count))
            continue;
        shown[(*count)++] =
            (struct shown_figure){name, headline ? headline->unit : "", headline && headline->more_is_better};
    }
    return shown;
}
