/* Whatever the bytes, a study is read or its mistakes can be printed, its first cells are examined, and no
 * journal does harm. What begins with `journal` and a line end is lines of a journal, which get the sums that
 * make them sound; a first line `#!vary PATH=VALUES` is an option; anything else is a study file.
 *
 *   clang -fsanitize=fuzzer,address,undefined … tests/fuzz/fuzz_study.c …; ./fuzz_study
 * tests/mistakes/studies */
#include "sim/engine/hash.h"
#include "sim/study/record.h"
#include "sim/study/study_file.h"
#include "sim/study/tracks.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern const struct model FUZZ_MODEL;

enum { MOST_CELLS = 8 };

static const char journal_mark[] = "journal\n", vary_mark[] = "#!vary ";

/* --- journals --------------------------------------------------------------------------------- */

static void add_sound_line(struct text *lines, const char *line, size_t length)
{
    uint64_t sum = length;
    for (size_t i = 0; i < length; i++)
        sum = hash_fold(sum, (unsigned char)line[i]);
    text_add_bytes(lines, line, length);
    text_add_format(lines, "\t%016" PRIx64 "\n", hash_mix(sum));
}

static void read_journal(const char *bytes, size_t size)
{
    struct text lines = {0};
    struct read_names read = {0};
    struct records *records = records_new();
    int64_t values[TRACK_INSTANTS];
    for (const char *at = bytes, *end = bytes + size; at < end;) {
        const char *line_end = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((line_end ? line_end : end) - at);
        add_sound_line(&lines, at, length);
        char *text = strndup(at, length);
        track_read(text, values);
        figure_number(text, values);
        free(text);
        at += length + 1;
    }
    records_read(records, &read, lines.bytes, lines.length);
    text_free(&lines);
    read_names_free(&read);
    records_free(records);
}

/* --- study files ------------------------------------------------------------------------------ */

static void examine(struct study *study, const struct axis *axes, size_t axis_count, struct text *said)
{
    struct grid grid = {study->scenario, study->sets, study->set_count, axes, axis_count};
    size_t count = 1;
    for (size_t i = 0; i < axis_count && count <= MOST_CELLS; i++)
        count *= axes[i].count;
    if (count > MOST_CELLS)
        return;
    struct cell *cells = grid_cells(study->arena, &grid, &count);
    for (size_t i = 0; i < count; i++) {
        cell_examine(study->arena, study->model, &study->origins, &cells[i], said);
        cell_command(study->arena, &cells[i], 1);
    }
}

static char *first_line_vary(const char *bytes, size_t size)
{
    size_t mark = strlen(vary_mark);
    if (size < mark || memcmp(bytes, vary_mark, mark))
        return NULL;
    const char *end = memchr(bytes, '\n', size);
    return end ? strndup(bytes + mark, (size_t)(end - bytes) - mark) : NULL;
}

static void read_study(const char *bytes, size_t size)
{
    struct arena *arena = arena_new();
    struct text said = {0};
    const char *vary = first_line_vary(bytes, size);
    struct study_options options = {.vary = &vary, .vary_count = vary != NULL};
    FILE *file = fopen("study.yaml", "w");
    fwrite(bytes, 1, size, file);
    fclose(file);
    struct study *study = study_read(arena, &FUZZ_MODEL, "study.yaml", &options, &said);
    if (study)
        examine(study, study->axes, study->axis_count, &said);
    if (study && study->sides)
        examine(study, study->sides, 1, &said);
    if (study && study->search && study->search->candidates)
        examine(study, study->search->candidates, 1, &said);
    free((char *)vary);
    text_free(&said);
    arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    size_t mark = strlen(journal_mark);
    if (size >= mark && !memcmp(bytes, journal_mark, mark))
        read_journal((const char *)bytes + mark, size - mark);
    else
        read_study((const char *)bytes, size);
    return 0;
}
