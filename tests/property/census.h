/* How often each thing happened in many runs: what the random scenarios reach, and what they never do. */
#ifndef TESTS_PROPERTY_CENSUS_H
#define TESTS_PROPERTY_CENSUS_H

#include "models/ecs/ecs.h"
#include "models/ecs/events.h"
#include "models/ecs/results/rows.h"
#include "sim/engine/run.h"
#include "tests/property/json_reader.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { MOST_CENSUS_NAMES = 400 };

struct census_entry {
    char name[100];
    uint64_t count;
};

struct census {
    struct census_entry entries[MOST_CENSUS_NAMES];
    size_t count;
};

static inline struct census_entry *census_entry(struct census *census, const char *kind,
                                                struct json_span name)
{
    struct census_entry entry = {.count = 0};
    snprintf(entry.name, sizeof entry.name, "%s: %.*s", kind, (int)name.length, name.at);
    for (size_t i = 0; i < census->count; i++)
        if (!strcmp(census->entries[i].name, entry.name))
            return &census->entries[i];
    CHECK(census->count < MOST_CENSUS_NAMES);
    census->entries[census->count] = entry;
    return &census->entries[census->count++];
}

static inline void census_add(struct census *census, const char *kind, const char *name, uint64_t times)
{
    census_entry(census, kind, (struct json_span){name, strlen(name)})->count += times;
}

/* The member `key` of the object, if it has it. */
static inline void census_add_member(struct census *census, const char *kind,
                                     const struct json_object *object, const char *key)
{
    const struct json_span *value = json_find(object, key);
    if (value)
        census_entry(census, kind, *value)->count++;
}

/* What there is, so that what never happens is listed too. */
static inline void census_begin(struct census *census)
{
    for (size_t i = 0; i < EVENT_COUNT; i++)
        census_add(census, "event", ecs_model.events[i].name, 0);
    for (size_t i = 0; i < DECISION_COUNT; i++)
        census_add(census, "decision", ecs_model.decisions[i], 0);
    for (size_t i = 0; i < SERIES_COUNT; i++)
        census_add(census, "rows of", ecs_series[i].file, 0);
}

static inline int census_compare(const void *a, const void *b)
{
    return strcmp(((const struct census_entry *)a)->name, ((const struct census_entry *)b)->name);
}

static inline void census_print(struct census *census)
{
    qsort(census->entries, census->count, sizeof *census->entries, census_compare);
    for (size_t i = 0; i < census->count; i++)
        printf("%10lu  %s\n", (unsigned long)census->entries[i].count, census->entries[i].name);
}

#endif
