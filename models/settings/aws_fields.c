#include "models/settings/aws_fields.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct structure {
    const char *section, *path;
    const char *fields; /* names with spaces between, * after a free one */
};

static const struct structure structures[] = {
#define STRUCTURE(section, path, fields) {section, path, fields},
#include "models/settings/aws_fields.def"
#undef STRUCTURE
};

/* A path is not NUL-terminated where it is cut out of a longer one. */
struct wanted {
    const char *section, *path;
    size_t length;
};

/* The byte at `i`, small where it begins a segment. */
static int folded(const char *path, size_t i)
{
    return i == 0 || path[i - 1] == '.' ? tolower((unsigned char)path[i]) : (unsigned char)path[i];
}

static int compare_paths(const char *a, size_t a_length, const char *b)
{
    for (size_t i = 0; i < a_length; i++) {
        int difference = folded(a, i) - folded(b, i);
        if (difference)
            return difference;
    }
    return -(unsigned char)b[a_length];
}

static int compare_structure(const void *key, const void *element)
{
    const struct wanted *wanted = key;
    const struct structure *structure = element;
    int difference = strcmp(wanted->section, structure->section);
    return difference ? difference : compare_paths(wanted->path, wanted->length, structure->path);
}

static bool same_name(const char *a, const char *b, size_t length)
{
    return tolower((unsigned char)*a) == tolower((unsigned char)*b) && memcmp(a + 1, b + 1, length - 1) == 0;
}

static int field_known(const char *fields, const char *name, size_t length)
{
    for (const char *at = fields; *at;) {
        size_t word = strcspn(at, "* ");
        bool free_map = at[word] == '*';
        if (word == length && same_name(at, name, length))
            return free_map ? 2 : 1;
        at += word + free_map;
        at += *at == ' ';
    }
    return 0;
}

/* Two actions of the timeline take what a section of the scenario holds. */
static const char *requested_section(const char *section)
{
    if (strcmp(section, "timeline.createService") == 0)
        return "services";
    if (strcmp(section, "timeline.registerTaskDefinition") == 0)
        return "taskDefinitions";
    return section;
}

/* Where the last segment of the path begins. */
static size_t last_segment(const char *path, size_t length)
{
    while (length > 0 && path[length - 1] != '.')
        length--;
    return length;
}

static int look_up(const char *section, const char *path, size_t length)
{
    size_t at = last_segment(path, length);
    struct wanted wanted = {section, path, at ? at - 1 : 0};
    const struct structure *structure = bsearch(&wanted, structures, sizeof structures / sizeof *structures,
                                                sizeof *structures, compare_structure);
    return structure && length > at ? field_known(structure->fields, path + at, length - at) : 0;
}

/* Both families of policies stand in one list of the scenario. */
static int look_up_in_both(const char *section, const char *path, size_t length)
{
    int known = look_up(requested_section(section), path, length);
    if (known == 0 && strcmp(section, "scalingPolicies") == 0)
        known = look_up("scalingPolicies (EC2)", path, length);
    return known;
}

int aws_field_known(const char *section, const char *path)
{
    size_t length = strlen(path);
    int known = look_up_in_both(section, path, length);
    for (size_t at = last_segment(path, length); known == 0 && at > 0; at = last_segment(path, at - 1))
        if (look_up_in_both(section, path, at - 1) == 2)
            known = 2;
    return known;
}
