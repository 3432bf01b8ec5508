/* Reading texts as scenarios of the post office, and looking at what was said about them. */
#ifndef TESTS_UNIT_READER_H
#define TESTS_UNIT_READER_H

#include "tests/unit/post_office.h"
#include "tests/unit/unit.h"
#include <unistd.h>

static inline struct scenario *read_sets(const char *text, const char *const *sets, size_t count)
{
    return scenario_read_text(&post_office, "office.yaml", text, strlen(text), sets, count);
}

static inline struct scenario *read_text(const char *text)
{
    return read_sets(text, NULL, 0);
}

/* What scenario_print_mistakes() prints; lives in the scenario. */
static inline const char *told(const struct scenario *scenario)
{
    struct text out = {0};
    mistakes_print(&scenario->mistakes, &out);
    const char *kept = arena_text(scenario->arena, out.bytes ? out.bytes : "");
    text_free(&out);
    return kept;
}

static inline void assert_told(const struct scenario *scenario, const char *part)
{
    if (!strstr(told(scenario), part))
        fail_msg("expected:\n%s\ntold:\n%s", part, told(scenario));
}

static inline const struct post_office *settings_of(const struct scenario *scenario)
{
    if (scenario->errors > 0)
        fail_msg("unexpected: %s", told(scenario));
    return scenario->settings;
}

static inline const struct post_counter *counter_of(const struct scenario *scenario, size_t index)
{
    const struct post_office *office = settings_of(scenario);
    assert_true(index < office->counters.count);
    return (const struct post_counter *)office->counters.items + index;
}

static inline void assert_wrong(const char *text, const char *part)
{
    struct scenario *scenario = read_text(text);
    assert_true(scenario->errors > 0);
    assert_null(scenario->settings);
    assert_told(scenario, part);
    scenario_free(scenario);
}

/* A folder of its own for tests that need files. */
struct folder {
    char path[64];
};

static inline void folder_make(struct folder *folder)
{
    strcpy(folder->path, "/tmp/ecsim-reader-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

static inline void folder_file(const struct folder *folder, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", folder->path, name);
}

static inline void folder_write(const struct folder *folder, const char *name, const char *text)
{
    char path[128];
    folder_file(folder, name, path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static inline struct scenario *folder_read(const struct folder *folder, const char *name)
{
    char path[128];
    folder_file(folder, name, path);
    return scenario_read(&post_office, path, NULL, 0);
}

static inline void folder_remove(const struct folder *folder, const char *const *names)
{
    char path[128];
    for (; *names; names++) {
        folder_file(folder, *names, path);
        unlink(path);
    }
    assert_int_equal(rmdir(folder->path), 0);
}

#endif
