#include "sim/scenario/scenario.h"
#include "sim/scenario/defaults.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/overlay.h"
#include <string.h>

static struct scenario *scenario_new(const struct model *model)
{
    struct arena *arena = arena_new();
    struct scenario *scenario = arena_alloc(arena, sizeof *scenario);
    scenario->arena = arena;
    mistakes_init(&scenario->mistakes, arena);
    scenario->binder = (struct binder){.mistakes = &scenario->mistakes, .arena = arena, .model = model};
    scenario->binder.families.arena = scenario->binder.files.arena = arena;
    return scenario;
}

void scenario_free(struct scenario *scenario)
{
    if (scenario)
        arena_free(scenario->arena);
}

/* The name */

bool scenario_may_be_named(const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    size_t length = strlen(name);
    return length > 0 && length <= SCENARIO_NAME_MAX && strspn(name, letters) == length &&
           strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static void settle_name(struct scenario *scenario, const char *path)
{
    struct node *root = scenario->tree;
    struct entry *entry = node_find(root, "name");
    const char *name = node_text(root, "name");
    if (entry && entry->value->kind != NODE_SCALAR)
        return; /* reported where it is bound */
    struct place place = name ? entry->value->place : root->place;
    const char *wanted = name ? name : source_base_name(scenario->arena, path);
    if (!scenario_may_be_named(wanted))
        mistake_at(
            &scenario->mistakes, place,
            "`%s` cannot name a results folder; `name:` takes up to %d letters, digits, `.`, `_` and `-`",
            wanted, SCENARIO_NAME_MAX);
    if (name)
        return;
    struct node *node = node_scalar(scenario->arena, place, wanted, false);
    if (entry)
        entry->value = node;
    else
        node_add(scenario->arena, root, "name", place, node);
}

/* Reading */

static bool expect_mapping(struct scenario *scenario)
{
    struct node *root = scenario->tree;
    if (root && node_is_null(root))
        mistake_at(&scenario->mistakes, root->place, "the scenario is empty");
    else if (root && root->kind != NODE_MAPPING)
        mistake_at(&scenario->mistakes, root->place, "a scenario is a mapping with keys such as `duration`");
    return root && root->kind == NODE_MAPPING;
}

static void finish(struct scenario *scenario)
{
    mistakes_finish(&scenario->mistakes);
    scenario->errors = scenario->mistakes.errors;
    scenario->warnings = scenario->mistakes.warnings;
    if (scenario->errors == 0)
        scenario->settings = scenario->binder.root;
}

static void read_tree(struct scenario *scenario, const char *path, const char *const *sets, size_t set_count)
{
    if (!expect_mapping(scenario))
        return;
    overlay_from(&scenario->binder, scenario->tree, path);
    for (size_t i = 0; i < set_count; i++)
        overlay_set(&scenario->binder, scenario->tree, sets[i]);
    settle_name(scenario, path);
    bind_root(&scenario->binder, scenario->tree);
}

static void read_source(struct scenario *scenario, const struct source *source, const char *path,
                        const char *const *sets, size_t set_count)
{
    scenario->tree = tree_read(&scenario->mistakes, source, 0);
    read_tree(scenario, path, sets, set_count);
}

struct scenario *scenario_read_text(const struct model *model, const char *path, const char *bytes,
                                    size_t size, const char *const *sets, size_t set_count)
{
    struct scenario *scenario = scenario_new(model);
    const char *folder = source_folder(scenario->arena, path);
    read_source(scenario, source_new(scenario->arena, path, folder, bytes, size), path, sets, set_count);
    finish(scenario);
    return scenario;
}

/* NULL, and a mistake: it cannot be read. */
static struct source *read_file(struct scenario *scenario, const char *path)
{
    const char *wrong;
    struct source *source = source_of_file(scenario->arena, path, &wrong);
    if (wrong)
        mistake_at(&scenario->mistakes, source_place(source, 0), "cannot read the scenario: %s", wrong);
    return wrong ? NULL : source;
}

struct scenario *scenario_read(const struct model *model, const char *path, const char *const *sets,
                               size_t set_count)
{
    struct scenario *scenario = scenario_new(model);
    const struct source *source = read_file(scenario, path);
    if (source)
        read_source(scenario, source, path, sets, set_count);
    finish(scenario);
    return scenario;
}

/* Parts */

static void say_if_absent(struct scenario *scenario, const char *key, const char *text)
{
    struct node *root = scenario->tree;
    if (!node_find(root, key))
        node_add(scenario->arena, root, key, root->place,
                 node_scalar(scenario->arena, root->place, text, false));
}

static void read_parts(struct scenario *scenario, const struct source *source, const char *path)
{
    struct node *tree = tree_read(&scenario->mistakes, source, 0);
    scenario->tree = tree ? overlay_adopt(&scenario->binder, tree) : NULL;
    if (!scenario->tree)
        return;
    say_if_absent(scenario, "name", "parts");
    say_if_absent(scenario, "duration", "1s");
    read_tree(scenario, path, NULL, 0);
}

struct scenario *scenario_read_parts(const struct model *model, const char *path)
{
    struct scenario *scenario = scenario_new(model);
    struct source *source = read_file(scenario, path);
    if (source) {
        source->printed = source->json;
        read_parts(scenario, source, path);
    }
    finish(scenario);
    return scenario;
}

/* Where it was bound. */
static void write_defaults(const struct scenario *scenario)
{
    if (scenario->binder.level)
        defaults_write(scenario->arena, scenario->binder.level, scenario->binder.model->settings,
                       scenario->tree);
}

const struct node *scenario_element(const struct scenario *scenario, const char *collection, const char *name)
{
    const struct named *named = collection_find(&scenario->mistakes, collection, name);
    write_defaults(scenario);
    return named ? named->node : NULL;
}

const char *scenario_nearest(struct scenario *scenario, const char *collection, const char *name)
{
    const char *nearest;
    return collection_has(&scenario->mistakes, collection, name, &nearest) ? name : nearest;
}

/* Telling */

void scenario_print_mistakes(const struct scenario *scenario, FILE *file)
{
    struct text out = {0};
    mistakes_print(&scenario->mistakes, &out);
    if (out.length > 0)
        fwrite(out.bytes, 1, out.length, file);
    text_free(&out);
}

void scenario_print_unused(const struct scenario *scenario, FILE *file)
{
    for (size_t i = 0; i < scenario->binder.unused_count; i++) {
        const struct unused_field *field = &scenario->binder.unused[i];
        fprintf(file, "%s:%u:%u: note: `%s` is accepted and not simulated", field->place.source->name,
                (unsigned)field->place.line, (unsigned)field->place.column, field->path);
        if (field->count > 1)
            fprintf(file, " (here and in %zu more)", field->count - 1);
        fputc('\n', file);
    }
}

void scenario_emit(const struct scenario *scenario, const char *results_folder, struct text *out)
{
    write_defaults(scenario);
    if (scenario->tree)
        emit_tree(scenario->arena, scenario->tree, results_folder, out);
}

static struct node *as_written(struct arena *arena, const struct node *node)
{
    struct node *written = node_copy(arena, node);
    if (node->kind == NODE_SCALAR)
        return written;
    node_become(written, node->kind);
    for (size_t i = 0; i < node->count; i++) {
        const struct entry *entry = &node->entries[i];
        if (!entry->value->filled)
            node_add(arena, written, entry->key, entry->place, as_written(arena, entry->value));
    }
    bool is_short = node->was_short && written->count == 1 && written->entries[0].value->kind == NODE_SCALAR;
    return is_short ? written->entries[0].value : written;
}

void scenario_emit_written(const struct scenario *scenario, const char *results_folder, struct text *out)
{
    if (scenario->tree)
        emit_tree(scenario->arena, as_written(scenario->arena, scenario->tree), results_folder, out);
}

bool scenario_position(struct scenario *scenario, const void *object, const char **file, size_t *line)
{
    struct place place;
    if (!position_find(&scenario->mistakes, object, NULL, &place) || !place.source)
        return false;
    *file = place.source->name;
    *line = place.line;
    return true;
}
