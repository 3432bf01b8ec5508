/* The worst moment in a table, in scenarios that replay it, and in words. */
#include "sim/engine/text_table.h"
#include "sim/report/csv.h"
#include "sim/study/form/worst_moment.h"
#include "sim/study/table.h"
#include <inttypes.h>
#include <string.h>

enum { MOST_SHOWN = 5 };

/* --- worst.csv -------------------------------------------------------------------------------- */

static void add_head(const struct worst *worst, struct text *out)
{
    text_add(out, "rank,kind,victim,at_s,event,seed,");
    csv_add_cell(out, worst->perturbation->change);
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++) {
        const char *level = worst->perturbation->levels[i];
        text_add_format(out, ",least_%s,least_%s_without,below_%s_s", level, level, level);
    }
    text_add(out, ",lack_s,outcome,broken_promises\n");
}

static void add_levels(const struct death *death, struct text *out)
{
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++) {
        text_add_format(out, ",%" PRId64 ",%" PRId64 ",", death->least[i], death->moment->least[i]);
        text_add_seconds(out, death->below[i]);
    }
}

static void add_row(const struct worst *worst, size_t index, struct text *out)
{
    const struct death *death = &worst->deaths[index];
    text_add_format(out, "%zu,", index + 1);
    csv_add_cell(out, worst->perturbation->kinds[death->victim->kind]);
    text_add_char(out, ',');
    csv_add_cell(out, death->victim->name);
    text_add_char(out, ',');
    text_add_seconds(out, death->moment->at);
    text_add_char(out, ',');
    csv_add_cell(out, death->moment->event);
    text_add_format(out, ",%" PRId64 ",%" PRId64, death->job->seed, death->moment->change);
    add_levels(death, out);
    table_add_exact(out, death->lack, worst->lack_decimals);
    text_add_char(out, ',');
    csv_add_cell(out, death->outcome);
    text_add_format(out, ",%zu\n", death->broken);
}

static void write_table(const struct worst *worst)
{
    struct text out = {0};
    add_head(worst, &out);
    for (size_t i = 0; i < worst->death_count; i++)
        add_row(worst, i, &out);
    session_write(worst->session, "worst.csv", &out);
    text_free(&out);
}

/* --- in words --------------------------------------------------------------------------------- */

/* "the death of instance fleet-2 at 6m10s, just after …" */
static void add_death(const struct worst *worst, const struct death *death, struct text *out)
{
    text_add_format(out, "the death of %s %s at ", worst->perturbation->kinds[death->victim->kind],
                    death->victim->name);
    text_add_human(out, death->moment->at);
    text_add_format(out, ", %s", death->moment->event);
}

/* "healthy falls to 1 (without it: 3) and is lower for 2m, serving stays at 2 or more" */
static void add_harm(const struct worst *worst, const struct death *death, struct text *out)
{
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++) {
        const char *level = worst->perturbation->levels[i];
        text_add(out, i ? ", " : "");
        if (death->below[i]) {
            text_add_format(out, "%s falls to %" PRId64 " (without it: %" PRId64 ") and is lower for ", level,
                            death->least[i], death->moment->least[i]);
            text_add_human(out, death->below[i]);
        } else
            text_add_format(out, "%s stays at %" PRId64 " or more", level, death->least[i]);
    }
}

/* --- which ones are told ---------------------------------------------------------------------- */

/* One that is told, and the scenario that replays it. */
struct find {
    const struct death *death;
    const char *called; /* "The worst moment"; goes on with " of <change> 2 of <subject>" */
    const char *file;
};

enum { MOST_FINDS = 8 };

struct finds {
    struct find items[MOST_FINDS];
    size_t count;
};

static bool is_told(const struct finds *finds, const struct death *death)
{
    for (size_t i = 0; i < finds->count; i++)
        if (finds->items[i].death == death)
            return true;
    return false;
}

static void tell(struct finds *finds, const struct death *death, const char *called, const char *file)
{
    if (death && finds->count < MOST_FINDS && !death_is_harmless(death) && !is_told(finds, death))
        finds->items[finds->count++] = (struct find){death, called, file};
}

static const struct death *worst_of_level(const struct worst *worst, size_t level)
{
    const struct death *found = &worst->deaths[0];
    for (size_t i = 1; i < worst->death_count; i++)
        if (death_compare(&worst->deaths[i], found, level) < 0)
            found = &worst->deaths[i];
    return found->least[level] < worst->deaths[0].least[level] ? found : NULL;
}

/* NULL: it is as bad as the worst of all, or there is none. */
static const struct death *worst_of_kind(const struct worst *worst, size_t kind)
{
    const struct death *first = &worst->deaths[0];
    size_t i = 0;
    while (i < worst->death_count && worst->deaths[i].victim->kind != kind)
        i++;
    if (i == worst->death_count || !memcmp(first->least, worst->deaths[i].least, sizeof first->least))
        return NULL;
    return &worst->deaths[i];
}

/* The worst of all; where another level falls deeper at another time, that; and the worst of each kind. */
static struct finds find_all(const struct worst *worst)
{
    struct arena *arena = worst->session->study->arena;
    const struct perturbation *perturbation = worst->perturbation;
    struct finds finds = {0};
    tell(&finds, &worst->deaths[0], "The worst moment", "worst-moment.yaml");
    for (size_t i = 1; i < PERTURBATION_LEVELS; i++)
        tell(&finds, worst_of_level(worst, i),
             arena_format(arena, "The worst moment for %s", perturbation->levels[i]),
             arena_format(arena, "worst-moment-%s.yaml", perturbation->levels[i]));
    for (size_t i = 0; perturbation->kinds[i]; i++)
        tell(&finds, worst_of_kind(worst, i),
             arena_format(arena, "Of one %s alone, the worst moment", perturbation->kinds[i]),
             arena_format(arena, "worst-moment-%s.yaml", perturbation->kinds[i]));
    return finds;
}

/* --- scenarios that replay -------------------------------------------------------------------- */

static void add_set(struct text *out, const char *path, const char *value)
{
    struct json json = {.out = out, .one_line = true};
    text_add_format(out, "%s=", path);
    json_string(&json, NULL, value);
}

static void add_story(const struct worst *worst, const struct find *find, struct text *out)
{
    text_add_format(out, "%s of %s %" PRId64 " of %s: ", find->called, worst->perturbation->change,
                    find->death->moment->change, worst->subject);
    if (worst->seed_count > 1)
        text_add_format(out, "with seed %" PRId64 ", ", find->death->job->seed);
    add_death(worst, find->death, out);
    text_add(out, ": ");
    add_harm(worst, find->death, out);
}

static const char *name_of(struct arena *arena, const struct scenario *scenario, const char *file)
{
    const struct run_settings *settings = scenario->settings;
    const char *ending = arena_copy(arena, file, strcspn(file, "."));
    int room = SCENARIO_NAME_MAX - 1 - (int)strlen(ending);
    return arena_format(arena, "%.*s-%s", room, settings->name, ending);
}

/* The cell as a person would write it, named and described, so that its results do not replace those of the
 * scenario. */
static void write_replay(const struct worst *worst, const struct find *find)
{
    const struct study *study = worst->session->study;
    struct cell cell = *find->death->job->cell;
    struct text name = {0}, description = {0}, story = {0}, out = {0};
    const char **sets = arena_array(study->arena, cell.set_count + 3, sizeof *sets);
    struct scenario *scenario = cell_read(study->model, &cell);
    memcpy(sets, cell.sets, cell.set_count * sizeof *sets);
    add_set(&name, "name", name_of(study->arena, scenario, find->file));
    scenario_free(scenario);
    add_story(worst, find, &story);
    add_set(&description, "description", story.bytes);
    sets[cell.set_count++] = name.bytes;
    sets[cell.set_count++] = description.bytes;
    sets[cell.set_count++] = arena_format(study->arena, "seed=%" PRId64, find->death->job->seed);
    cell.sets = sets;
    scenario = cell_read(study->model, &cell);
    scenario_emit_written(scenario, worst->session->folder, &out);
    session_write(worst->session, find->file, &out);
    scenario_free(scenario);
    text_free(&name);
    text_free(&description);
    text_free(&story);
    text_free(&out);
}

void worst_write(const struct worst *worst)
{
    if (!session_writes())
        return;
    struct finds finds = find_all(worst);
    write_table(worst);
    for (size_t i = 0; i < finds.count; i++)
        write_replay(worst, &finds.items[i]);
}

/* --- what is said ----------------------------------------------------------------------------- */

static void say_counts(const struct worst *worst)
{
    struct text *said = worst->session->said;
    size_t harmful = 0, breaking = 0;
    for (size_t i = 0; i < worst->death_count; i++) {
        harmful += !death_is_harmless(&worst->deaths[i]);
        breaking += worst->deaths[i].broken > 0;
    }
    text_add_format(said, "%zu deaths were tried at %zu moments; %zu of them lower %s or %s",
                    worst->death_count, worst->moment_count, harmful, worst->perturbation->levels[0],
                    worst->perturbation->levels[1]);
    text_add_format(said, ", %zu break a promise of the scenario\n", breaking);
}

static void add_shown(const struct worst *worst, const struct death *death, struct text_table *table)
{
    char at[SIMTIME_TEXT_SIZE];
    simtime_format_human(at, death->moment->at);
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++)
        text_table_cell(table, "%" PRId64, death->least[i]);
    text_table_cell(table, "%s", at);
    text_table_cell(table, "%s", worst->perturbation->kinds[death->victim->kind]);
    text_table_cell(table, "%s", death->victim->name);
    text_table_cell(table, "%s", death->moment->event);
}

static void say_table(const struct worst *worst)
{
    struct text_table table = {.columns = PERTURBATION_LEVELS + 4};
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++)
        text_table_cell(&table, "%s", worst->perturbation->levels[i]);
    text_table_cell(&table, "at");
    text_table_cell(&table, "who dies");
    text_table_end_row(&table);
    for (size_t i = 0; i < worst->death_count && i < MOST_SHOWN; i++)
        add_shown(worst, &worst->deaths[i], &table);
    text_table_write(&table, "", worst->session->said);
}

static void say_find(const struct worst *worst, const struct find *find)
{
    const struct session *session = worst->session;
    const char *file = arena_format(session->study->arena, "%s/%s", session->folder, find->file);
    add_story(worst, find, session->said);
    text_add(session->said, "\n  replay: ecsim run");
    cell_add_word(session->said, file);
    text_add_char(session->said, '\n');
}

void worst_say(const struct worst *worst)
{
    struct finds finds = find_all(worst);
    struct text *said = worst->session->said;
    for (size_t i = 0; i < finds.count; i++)
        say_find(worst, &finds.items[i]);
    if (finds.count == 0)
        text_add_format(said, "No death at any moment of a %s of %s lowers %s or %s\n",
                        worst->perturbation->change, worst->subject, worst->perturbation->levels[0],
                        worst->perturbation->levels[1]);
    say_counts(worst);
    say_table(worst);
}
