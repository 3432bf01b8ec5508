#include "sim/study/cell.h"
#include "sim/engine/check.h"
#include "sim/engine/rng.h"
#include "sim/engine/run.h"
#include "sim/study/paths.h"
#include <inttypes.h>
#include <string.h>

/* --- grids ------------------------------------------------------------------------------------ */

static size_t count_cells(const struct grid *grid)
{
    size_t count = 1;
    for (size_t i = 0; i < grid->axis_count; i++)
        count *= grid->axes[i].count;
    return count;
}

static void choose_values(const struct grid *grid, size_t index, const struct axis_value **chosen)
{
    for (size_t i = grid->axis_count; i-- > 0;) {
        chosen[i] = &grid->axes[i].values[index % grid->axes[i].count];
        index /= grid->axes[i].count;
    }
}

static struct cell make_cell(struct arena *arena, const struct grid *grid, const struct axis_value **chosen)
{
    size_t set_count = grid->set_count;
    for (size_t i = 0; i < grid->axis_count; i++)
        set_count += chosen[i]->set_count;
    const char **sets = arena_array(arena, set_count, sizeof *sets);
    const char **values = arena_array(arena, grid->axis_count, sizeof *values);
    struct cell cell = {.path = grid->path, .sets = sets, .values = values};
    for (size_t i = 0; i < grid->set_count; i++)
        sets[cell.set_count++] = grid->sets[i];
    for (size_t i = 0; i < grid->axis_count; i++) {
        values[i] = chosen[i]->shown;
        cell.path = chosen[i]->path ? chosen[i]->path : cell.path;
        for (size_t j = 0; j < chosen[i]->set_count; j++)
            sets[cell.set_count++] = chosen[i]->sets[j];
    }
    return cell;
}

const char *axis_short_name(const struct axis *axes, size_t count, size_t axis)
{
    const char *name = path_last_names(axes[axis].name, 1);
    for (size_t i = 0; i < count; i++)
        if (i != axis && !strcmp(path_last_names(axes[i].name, 1), name))
            return path_last_names(axes[axis].name, 2);
    return name;
}

struct cell *grid_cells(struct arena *arena, const struct grid *grid, size_t *count)
{
    *count = count_cells(grid);
    struct cell *cells = arena_array(arena, *count, sizeof *cells);
    const struct axis_value **chosen = arena_array(arena, grid->axis_count, sizeof *chosen);
    for (size_t i = 0; i < *count; i++) {
        choose_values(grid, i, chosen);
        cells[i] = make_cell(arena, grid, chosen);
    }
    return cells;
}

/* --- one cell --------------------------------------------------------------------------------- */

struct scenario *cell_read(const struct model *model, const struct cell *cell)
{
    return scenario_read(model, cell->path, cell->sets, cell->set_count);
}

struct scenario *cell_read_again(const struct model *model, const struct cell *cell)
{
    struct scenario *scenario = cell_read(model, cell);
    if (scenario->errors || cell_key(scenario) != cell->key)
        machine_failed("%s, or a file that it reads, was changed while the study ran", cell->path);
    return scenario;
}

void cell_add_word(struct text *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,@%+";
    if (*word && !word[strspn(word, plain)]) {
        text_add_format(out, " %s", word);
        return;
    }
    text_add(out, " '");
    for (; *word; word++)
        if (*word == '\'')
            text_add(out, "'\\''");
        else
            text_add_char(out, *word);
    text_add_char(out, '\'');
}

const char *cell_command(struct arena *arena, const struct cell *cell, int64_t seed)
{
    struct text command = {0};
    text_add(&command, "ecsim run");
    cell_add_word(&command, cell->path);
    text_add_format(&command, " --seed %" PRId64, seed);
    for (size_t i = 0; i < cell->set_count; i++) {
        text_add(&command, " --set");
        cell_add_word(&command, cell->sets[i]);
    }
    const char *copy = arena_text(arena, command.bytes);
    text_free(&command);
    return copy;
}

uint64_t cell_key(const struct scenario *scenario)
{
    struct text text = {0};
    scenario_emit(scenario, ".", &text);
    uint64_t key = rng_name(text.bytes);
    text_free(&text);
    return key;
}

static const char *first_error(struct arena *arena, const struct mistakes *mistakes)
{
    size_t i = 0;
    while (mistakes->all[i].warning)
        i++;
    return arena_text(arena, mistakes->all[i].text);
}

bool cell_examine(struct arena *arena, const struct model *model, const struct set_origins *origins,
                  struct cell *cell, struct text *wrong)
{
    struct scenario *scenario = cell_read(model, cell);
    bool refused = scenario->errors > 0 && scenario->errors == scenario->mistakes.refusals;
    bool good = scenario->errors == 0 || refused;
    if (!good) {
        set_origins_place(origins, &scenario->mistakes);
        mistakes_print(&scenario->mistakes, wrong);
    } else if (refused)
        cell->rejected = first_error(arena, &scenario->mistakes);
    else {
        cell->key = cell_key(scenario);
        cell->duration = ((const struct run_settings *)scenario->settings)->duration;
    }
    scenario_free(scenario);
    return good;
}
