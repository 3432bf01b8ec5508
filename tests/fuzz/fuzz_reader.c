/* Whatever the bytes, the reader answers: settings, or mistakes that can be printed. What it accepts it
 * writes so that it reads back as the same text.
 *
 *   clang -fsanitize=fuzzer,address,undefined … tests/fuzz/fuzz_reader.c …; ./fuzz_reader tests/fuzz/corpus
 *
 * With -DFUZZ_MODEL=name the model of that name is read instead of the tests' own. A first line `#!set
 * PATH=VALUE` is a `--set`. */
#include "tests/unit/post_office.h"

#ifdef FUZZ_MODEL
extern const struct model FUZZ_MODEL;
#else
#define FUZZ_MODEL post_office
#endif

static struct scenario *read_bytes(const char *bytes, size_t size, const char *set)
{
    /* No file is named like this, so that nothing is read from the disk but by absolute paths. */
    return scenario_read_text(&FUZZ_MODEL, "/nowhere/fuzz.yaml", bytes, size, &set, set ? 1 : 0);
}

static void print(const struct scenario *scenario)
{
    struct text out = {0};
    mistakes_print(&scenario->mistakes, &out);
    text_free(&out);
}

static void check_stable(const struct scenario *scenario)
{
    struct text once = {0}, twice = {0};
    scenario_emit(scenario, "/nowhere", &once);
    struct scenario *again = read_bytes(once.bytes, once.length, NULL);
    scenario_emit(again, "/nowhere", &twice);
    if (again->errors > 0 || strcmp(once.bytes, twice.bytes) != 0) {
        scenario_print_mistakes(again, stderr);
        fprintf(stderr, "%s\nis not\n%s\n", once.bytes, twice.bytes);
        abort();
    }
    text_free(&once);
    text_free(&twice);
    scenario_free(again);
}

static char *first_line_set(const uint8_t *bytes, size_t size)
{
    static const char mark[] = "#!set ";
    if (size < sizeof mark || memcmp(bytes, mark, sizeof mark - 1) != 0)
        return NULL;
    const uint8_t *from = bytes + sizeof mark - 1, *end = memchr(from, '\n', size - (sizeof mark - 1));
    return end ? strndup((const char *)from, (size_t)(end - from)) : NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    char *set = first_line_set(bytes, size);
    struct scenario *scenario = read_bytes((const char *)bytes, size, set);
    print(scenario);
    if (scenario->errors == 0)
        check_stable(scenario);
    scenario_free(scenario);
    free(set);
    return 0;
}
