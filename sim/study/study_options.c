#include "sim/study/study_options.h"
#include <string.h>

struct laying {
    struct mistakes *mistakes;
    struct arena *arena;
    struct node *root;
    unsigned order; /* of sources */
};

/* --- texts of options ------------------------------------------------------------------------- */

static struct source *option_source(struct laying *laying, const char *option, const char *text)
{
    struct source *source = source_new(laying->arena, option, ".", text, strlen(text));
    source->order = ++laying->order;
    return source;
}

static size_t byte_of(const struct source *source, const char *at)
{
    return (size_t)(at - source->bytes);
}

static struct node *scalar_at(struct laying *laying, const struct source *source, const char *at,
                              size_t length)
{
    return node_scalar(laying->arena, source_place(source, byte_of(source, at)),
                       arena_copy(laying->arena, at, length), true);
}

/* The byte in the text, outside of brackets and quotes; the end where there is none. */
static const char *find_outside(const char *text, char wanted)
{
    int depth = 0;
    char quote = '\0';
    for (; *text; text++) {
        if (quote) {
            quote = *text == quote ? '\0' : quote;
            continue;
        }
        if (*text == wanted && depth == 0)
            break;
        if (*text == '"' || *text == '\'')
            quote = *text;
        depth += (*text == '[' || *text == '{') - (*text == ']' || *text == '}');
    }
    return text;
}

/* PATH=VALUE; NULL and a mistake where there is no `=`. */
static const char *find_equals(struct laying *laying, const struct source *source, const char *form)
{
    const char *equals = find_outside(source->bytes, '=');
    if (*equals && equals > source->bytes)
        return equals;
    mistake_at(laying->mistakes, source_place(source, 0), "this should be %s", form);
    return NULL;
}

/* --- laying them in --------------------------------------------------------------------------- */

static void put_at(struct laying *laying, struct node *mapping, const char *key, struct place place,
                   struct node *value)
{
    struct entry *entry = node_find(mapping, key);
    if (entry)
        *entry = (struct entry){key, place, value};
    else
        node_add(laying->arena, mapping, key, place, value);
}

/* Of an option the key stands where its value does. */
static void put(struct laying *laying, struct node *mapping, const char *key, struct node *value)
{
    put_at(laying, mapping, key, value->place, value);
}

static struct node *get_collection(struct laying *laying, struct node *mapping, const char *key,
                                   enum node_kind kind, struct place place)
{
    struct entry *entry = node_find(mapping, key);
    if (entry && entry->value->kind == kind)
        return entry->value;
    struct node *collection = node_collection(laying->arena, place, kind);
    put(laying, mapping, key, collection);
    return collection;
}

static void lay_text(struct laying *laying, const char *option, const char *key, const char *text)
{
    if (!text)
        return;
    const struct source *source = option_source(laying, option, text);
    put(laying, laying->root, key, scalar_at(laying, source, source->bytes, source->size));
}

static struct node *split(struct laying *laying, const struct source *source, const char *at, const char *end)
{
    struct node *list =
        node_collection(laying->arena, source_place(source, byte_of(source, at)), NODE_SEQUENCE);
    for (;;) {
        const char *comma = find_outside(at, ',');
        comma = comma < end ? comma : end;
        struct node *scalar = scalar_at(laying, source, at, (size_t)(comma - at));
        node_add(laying->arena, list, NULL, scalar->place, scalar);
        if (comma == end)
            return list;
        at = comma + 1;
    }
}

static void lay_figures(struct laying *laying, const char *text)
{
    if (!text)
        return;
    const struct source *source = option_source(laying, "--figures", text);
    put(laying, laying->root, "figures", split(laying, source, source->bytes, source->bytes + source->size));
}

/* The values between the commas. Each is read from a text that ends where it does. */
static struct node *read_listed(struct laying *laying, const struct source *source, const char *at)
{
    struct node *list =
        node_collection(laying->arena, source_place(source, byte_of(source, at)), NODE_SEQUENCE);
    for (const char *comma;; at = comma + 1) {
        comma = find_outside(at, ',');
        struct source *piece = arena_alloc(laying->arena, sizeof *piece);
        *piece = *source;
        piece->size = byte_of(source, comma);
        struct node *value = tree_read(laying->mistakes, piece, byte_of(source, at));
        if (!value)
            return NULL;
        if (comma == at)
            mistake_at(laying->mistakes, value->place, "a value is missing here");
        node_add(laying->arena, list, NULL, value->place, value);
        if (!*comma)
            return list;
    }
}

/* Values are YAML, so a list may be written with its brackets or without; 2..9 and {small: {…}} stay as they
 * are. */
static struct node *read_values(struct laying *laying, const struct source *source, const char *at)
{
    bool bare = *find_outside(at, ',') || (!strstr(at, "..") && *at != '[' && *at != '{');
    return bare ? read_listed(laying, source, at) : tree_read(laying->mistakes, source, byte_of(source, at));
}

static void lay_vary(struct laying *laying, const char *text)
{
    const struct source *source = option_source(laying, "--vary", text);
    const char *equals = find_equals(laying, source, "PATH=a,b,c or PATH=2..9");
    struct node *values = equals ? read_values(laying, source, equals + 1) : NULL;
    struct place place = source_place(source, 0);
    if (values)
        put_at(laying, get_collection(laying, laying->root, "vary", NODE_MAPPING, place),
               arena_copy(laying->arena, source->bytes, byte_of(source, equals)), place, values);
}

/* Sets are done in their order: of those of one path the last counts, and each `[+]` adds an element. */
static void add_set(struct laying *laying, struct node *sets, const char *path, struct place place,
                    struct node *value)
{
    const struct entry *earlier = strstr(path, "[+]") ? NULL : node_find(sets, path);
    if (earlier)
        node_remove(sets, (size_t)(earlier - sets->entries));
    node_add(laying->arena, sets, path, place, value);
}

static void lay_set(struct laying *laying, const char *text)
{
    const struct source *source = option_source(laying, "--set", text);
    const char *equals = find_equals(laying, source, "PATH=VALUE");
    struct node *value = equals ? tree_read(laying->mistakes, source, byte_of(source, equals + 1)) : NULL;
    struct place place = source_place(source, 0);
    if (value)
        add_set(laying, get_collection(laying, laying->root, "set", NODE_MAPPING, place),
                arena_copy(laying->arena, source->bytes, byte_of(source, equals)), place, value);
}

static void add_side(struct laying *laying, struct node *sides, struct node *scenario)
{
    struct node *side = node_collection(laying->arena, scenario->place, NODE_MAPPING);
    put(laying, side, "scenario", scenario);
    node_add(laying->arena, sides, NULL, side->place, side);
}

/* Where there are no sides yet, the study's own scenario is the first. */
static void lay_compare(struct laying *laying, const char *text)
{
    const struct source *source = option_source(laying, "--compare", text);
    struct node *sides =
        get_collection(laying, laying->root, "compare", NODE_SEQUENCE, source_place(source, 0));
    const struct entry *own = node_find(laying->root, "scenario");
    if (sides->count == 0 && own)
        add_side(laying, sides, node_copy(laying->arena, own->value));
    add_side(laying, sides, scalar_at(laying, source, source->bytes, source->size));
}

static void lay_search(struct laying *laying, const char *text)
{
    if (!text)
        return;
    const struct source *source = option_source(laying, "--search", text);
    const char *equals = find_equals(laying, source, "PATH=LOW..HIGH or PATH=a,b,c");
    if (!equals)
        return;
    struct node *search =
        get_collection(laying, laying->root, "search", NODE_MAPPING, source_place(source, 0));
    const char *range = strstr(equals + 1, "..");
    put(laying, search, "path", split(laying, source, source->bytes, equals));
    if (range) {
        put(laying, search, "low", scalar_at(laying, source, equals + 1, (size_t)(range - equals) - 1));
        put(laying, search, "high", scalar_at(laying, source, range + 2, strlen(range + 2)));
    } else
        put(laying, search, "values", read_values(laying, source, equals + 1));
}

static void lay_of_search(struct laying *laying, const char *option, const char *key, const char *text)
{
    if (!text)
        return;
    const struct source *source = option_source(laying, option, text);
    struct entry *search = node_find(laying->root, "search");
    if (search && search->value->kind == NODE_MAPPING)
        put(laying, search->value, key, scalar_at(laying, source, source->bytes, source->size));
    else
        mistake_at(laying->mistakes, source_place(source, 0), "this goes with a search only");
}

static void lay_until(struct laying *laying, const char *text)
{
    if (!text)
        return;
    const struct source *source = option_source(laying, "--until-halfwidth", text);
    const char *equals = find_equals(laying, source, "FIGURE=VALUE");
    if (!equals)
        return;
    struct node *until = node_collection(laying->arena, source_place(source, 0), NODE_MAPPING);
    put_at(laying, until, arena_copy(laying->arena, source->bytes, byte_of(source, equals)), until->place,
           scalar_at(laying, source, equals + 1, strlen(equals + 1)));
    put(laying, laying->root, "untilHalfwidth", until);
}

/* --- the file --------------------------------------------------------------------------------- */

static bool is_study(const struct node *root)
{
    return root && root->kind == NODE_MAPPING && (node_find(root, "scenario") || node_find(root, "study"));
}

/* What is wrong with a scenario is said when it is read as one. */
static struct node *read_file(struct laying *laying, const char *path)
{
    struct mistakes scratch;
    mistakes_init(&scratch, laying->arena);
    const char *wrong;
    struct source *source = source_of_file(laying->arena, path, &wrong);
    struct node *root = wrong ? NULL : tree_read(&scratch, source, 0);
    if (is_study(root))
        return tree_read(laying->mistakes, source, 0);
    const struct source *operand = option_source(laying, path, path);
    root = node_collection(laying->arena, source_place(operand, 0), NODE_MAPPING);
    put(laying, root, "scenario", scalar_at(laying, operand, operand->bytes, operand->size));
    return root;
}

struct node *study_tree(struct mistakes *mistakes, const char *path, const struct study_options *options)
{
    struct laying laying = {.mistakes = mistakes, .arena = mistakes->arena};
    laying.root = read_file(&laying, path);
    if (!laying.root || laying.root->kind != NODE_MAPPING)
        return NULL;
    for (size_t i = 0; i < options->set_count; i++)
        lay_set(&laying, options->sets[i]);
    for (size_t i = 0; i < options->vary_count; i++)
        lay_vary(&laying, options->vary[i]);
    for (size_t i = 0; i < options->compare_count; i++)
        lay_compare(&laying, options->compare[i]);
    lay_text(&laying, "--seeds", "seeds", options->seeds);
    lay_text(&laying, "--percent-map", "percentMap", options->map_of);
    lay_text(&laying, "--worst-moment", "worstMoment", options->worst_of);
    lay_figures(&laying, options->figures);
    lay_search(&laying, options->search);
    lay_of_search(&laying, "--keep", "keep", options->keep);
    lay_of_search(&laying, "--frontier", "frontier", options->frontier ? "true" : NULL);
    lay_until(&laying, options->until);
    return laying.root;
}
