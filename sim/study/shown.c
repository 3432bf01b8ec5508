/* Which figures a person is shown. */
#include "sim/study/paths.h"
#include "sim/study/study.h"
#include <string.h>

static const struct headline *headline_of(const struct model *model, const char *name)
{
    for (const struct headline *headline = model->headlines; headline && headline->pattern; headline++)
        if (path_matches(name, headline->pattern))
            return headline;
    return NULL;
}

/* In some run at least; texts and what never is are of no use in a table of numbers. */
static bool is_number_somewhere(const struct session *session, uint32_t name, const struct job *jobs,
                                size_t count)
{
    int64_t number;
    for (size_t i = 0; i < count; i++) {
        const char *text = runner_figure(session->runner, &jobs[i], name);
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
