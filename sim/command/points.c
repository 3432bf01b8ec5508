#include "sim/command/points.h"
#include "sim/engine/arena.h"
#include <stdlib.h>
#include <string.h>

void points_add(struct points *points, struct point point)
{
    if (points->count == points->capacity) {
        points->capacity = points->capacity ? 2 * points->capacity : 64;
        points->items = memory_grow(points->items, points->capacity, sizeof *points->items);
    }
    points->items[points->count++] = point;
}

void points_free(struct points *points)
{
    free(points->items);
}

/* A description ends with its line, and # would begin a directive. */
static void add_tap_text(struct text *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '#' || *text == '\\')
            text_add_char(out, '\\');
        text_add_char(out, without_control(*text));
    }
}

static void add_place(struct text *out, const struct point *point)
{
    add_tap_text(out, point->file);
    if (point->line)
        text_add_format(out, ":%zu", point->line);
}

/* A double-quoted scalar of YAML is a string of JSON. */
static void add_diagnostic(struct text *out, const char *why)
{
    struct json json = {.out = out, .one_line = true};
    text_add(out, "  ---\n  broken: ");
    json_string(&json, NULL, why);
    text_add(out, "\n  ...\n");
}

void tap_print_point(FILE *file, size_t number, const struct point *point)
{
    struct text out = {0};
    text_add_format(&out, "%s %zu - ", point->good ? "ok" : "not ok", number);
    add_place(&out, point);
    text_add_char(&out, ' ');
    add_tap_text(&out, point->name);
    text_add_char(&out, '\n');
    if (!point->good && point->why)
        add_diagnostic(&out, point->why);
    fwrite(out.bytes, 1, out.length, file);
    fflush(file);
    text_free(&out);
}

static void add_xml_text(struct text *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '&':
            text_add(out, "&amp;");
            break;
        case '<':
            text_add(out, "&lt;");
            break;
        case '>':
            text_add(out, "&gt;");
            break;
        case '"':
            text_add(out, "&quot;");
            break;
        default:
            text_add_char(out, without_control(*text));
        }
}

static void add_attribute(struct text *out, const char *name, const char *value)
{
    text_add_format(out, " %s=\"", name);
    add_xml_text(out, value);
    text_add_char(out, '"');
}

static void add_case(struct text *out, const struct point *point)
{
    text_add(out, "    <testcase");
    add_attribute(out, "classname", point->file);
    add_attribute(out, "name", point->name);
    add_attribute(out, "file", point->file);
    if (point->line)
        text_add_format(out, " line=\"%zu\"", point->line);
    if (point->good) {
        text_add(out, "/>\n");
        return;
    }
    text_add(out, ">\n      <failure");
    add_attribute(out, "message", point->why ? point->why : "");
    text_add(out, "/>\n    </testcase>\n");
}

static size_t failures_in(const struct point *points, size_t count)
{
    size_t failures = 0;
    for (size_t i = 0; i < count; i++)
        failures += !points[i].good;
    return failures;
}

static size_t same_file(const struct points *points, size_t from)
{
    size_t until = from;
    while (until < points->count && !strcmp(points->items[until].file, points->items[from].file))
        until++;
    return until - from;
}

void junit_add(struct text *out, const struct points *points)
{
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for (size_t from = 0, count; from < points->count; from += count) {
        count = same_file(points, from);
        text_add(out, "  <testsuite");
        add_attribute(out, "name", points->items[from].file);
        text_add_format(out, " tests=\"%zu\" failures=\"%zu\">\n", count,
                        failures_in(&points->items[from], count));
        for (size_t i = from; i < from + count; i++)
            add_case(out, &points->items[i]);
        text_add(out, "  </testsuite>\n");
    }
    text_add(out, "</testsuites>\n");
}
