/* A model of its own for the tests of the reader: a post office has nothing to do with what the program
 * simulates. */
#ifndef TESTS_UNIT_POST_OFFICE_H
#define TESTS_UNIT_POST_OFFICE_H

#include "sim/engine/run.h"
#include "sim/scenario/scenario.h"
#include <stdlib.h>
#include <string.h>

struct post_limits {
    int64_t least, most; /* percent */
};

struct label {
    const char *name, *value;
};

struct rate_step {
    simtime at;
    int64_t value;
};

struct stamping {
    int64_t machines;
};

struct post_counter {
    const char *name, *form;
    int64_t clerks, weight_mib, power;
    int kind;
    bool open;
    struct dist service;
    struct post_limits limits;
    struct list labels, zones, steps;
    struct chosen order;
    const struct data_file *data;
    const char *furniture;
    int64_t derived;
};

struct post_form {
    const char *family;
    int64_t revision;
    struct list pages;
};

struct post_page {
    const char *title;
};

struct post_action {
    simtime at;
    struct chosen what;
};

struct post_office {
    struct run_settings run;
    struct list counters, forms, timeline;
    int64_t opens_at;
};

static void check_limits(struct mistakes *mistakes, void *object, void *root)
{
    struct post_limits *limits = object;
    (void)root;
    if (limits->least == 100 && limits->most == 100)
        mistake(mistakes, limits, "most", "nothing could ever change at 100/100");
}

static void check_counter(struct mistakes *mistakes, void *object, void *root)
{
    struct post_counter *counter = object;
    (void)root;
    counter->derived = counter->clerks * counter->limits.most;
    if (counter->clerks == 1 && counter->limits.most == 150)
        warn(mistakes, counter, "clerks", "one clerk at 150 percent is one clerk");
}

static const char *parse_word(struct arena *arena, const char *text, void *field, size_t *where)
{
    (void)arena;
    *(const char **)field = text;
    *where = strcspn(text, "!");
    return text[*where] ? "a title has no exclamation mark" : NULL;
}

static const struct param limits_params[] = {
    {.key = "leastPercent",
     .type = PARAM_INTEGER,
     .offset = offsetof(struct post_limits, least),
     .fallback = "100",
     .most = 100},
    {.key = "most",
     .type = PARAM_INTEGER,
     .offset = offsetof(struct post_limits, most),
     .fallback = "200",
     .most = 200},
    PARAM_END,
};
static const struct shape limits_shape = {
    .name = "the limits", .size = sizeof(struct post_limits), .params = limits_params, .check = check_limits};

static const struct param label_params[] = {
    {.key = "name", .type = PARAM_TEXT, .flags = PARAM_REQUIRED, .offset = offsetof(struct label, name)},
    {.key = "value", .type = PARAM_TEXT, .offset = offsetof(struct label, value)},
    PARAM_END,
};
static const struct shape label_shape = {
    .name = "a label", .size = sizeof(struct label), .params = label_params};

static const struct param step_params[] = {
    {.key = "at", .type = PARAM_DURATION, .flags = PARAM_REQUIRED, .offset = offsetof(struct rate_step, at)},
    {.key = "value",
     .type = PARAM_NUMBER,
     .flags = PARAM_REQUIRED,
     .offset = offsetof(struct rate_step, value)},
    PARAM_END,
};
static const struct shape step_shape = {
    .name = "a step", .size = sizeof(struct rate_step), .params = step_params, .tuple = true};

static const struct param stamping_params[] = {
    {.key = "machines",
     .type = PARAM_INTEGER,
     .offset = offsetof(struct stamping, machines),
     .fallback = "2"},
    PARAM_END,
};
static const struct shape stamping_shape = {
    .name = "stamping", .size = sizeof(struct stamping), .params = stamping_params, .shorthand = "machines"};
static const struct variant stamping = {.name = "stamping", .meaning = "stamps", .shape = &stamping_shape};
static const struct variant resting = {.name = "resting", .meaning = "nothing"};
static const struct variant *const orders[] = {&stamping, &resting, NULL};
static const struct catalogue order_catalogue = {"order", orders};

static const char *const counter_kinds[] = {"LETTERS", "PARCELS", NULL};
static const struct param counter_params[] = {
    {.key = "counterName",
     .alias = "name",
     .type = PARAM_NAME,
     .flags = PARAM_REQUIRED,
     .offset = offsetof(struct post_counter, name)},
    {.key = "form",
     .type = PARAM_REFERENCE,
     .collection = "forms",
     .offset = offsetof(struct post_counter, form)},
    {.key = "clerks",
     .type = PARAM_INTEGER,
     .offset = offsetof(struct post_counter, clerks),
     .least = 1,
     .most = 50,
     .fallback = "1"},
    {.key = "weight", .type = PARAM_MEMORY, .offset = offsetof(struct post_counter, weight_mib)},
    {.key = "power", .type = PARAM_CPU, .offset = offsetof(struct post_counter, power)},
    {.key = "kind",
     .type = PARAM_CHOICE,
     .names = counter_kinds,
     .offset = offsetof(struct post_counter, kind)},
    {.key = "open", .type = PARAM_FLAG, .offset = offsetof(struct post_counter, open), .fallback = "true"},
    PARAM_DIST("service", struct post_counter, service, "30s", "how long a customer takes"),
    {.key = "limits",
     .type = PARAM_STRUCT,
     .shape = &limits_shape,
     .offset = offsetof(struct post_counter, limits)},
    {.key = "labels",
     .type = PARAM_LIST,
     .shape = &label_shape,
     .offset = offsetof(struct post_counter, labels)},
    {.key = "zones",
     .type = PARAM_TEXTS,
     .flags = PARAM_COMMA,
     .offset = offsetof(struct post_counter, zones)},
    {.key = "steps",
     .type = PARAM_LIST,
     .shape = &step_shape,
     .offset = offsetof(struct post_counter, steps)},
    {.key = "data", .type = PARAM_FILE, .offset = offsetof(struct post_counter, data)},
    {.key = "furniture", .type = PARAM_WRITTEN, .offset = offsetof(struct post_counter, furniture)},
    {.key = "order",
     .type = PARAM_VARIANT,
     .catalogue = &order_catalogue,
     .offset = offsetof(struct post_counter, order),
     .fallback = "resting"},
    PARAM_END,
};
static const struct shape counter_shape = {.name = "a counter",
                                           .size = sizeof(struct post_counter),
                                           .params = counter_params,
                                           .collection = "counters",
                                           .name_key = "counterName",
                                           .check = check_counter};

static const struct param page_params[] = {
    {.key = "title", .type = PARAM_PARSED, .parse = parse_word, .offset = offsetof(struct post_page, title)},
    PARAM_END,
};
static const struct shape page_shape = {
    .name = "a page", .size = sizeof(struct post_page), .params = page_params, .shorthand = "title"};

static const struct param form_params[] = {
    {.key = "family",
     .type = PARAM_NAME,
     .flags = PARAM_REQUIRED,
     .offset = offsetof(struct post_form, family)},
    {.key = "revision",
     .type = PARAM_INTEGER,
     .offset = offsetof(struct post_form, revision),
     .least = 1,
     .most = INT32_MAX},
    {.key = "pages",
     .type = PARAM_LIST,
     .flags = PARAM_REQUIRED,
     .shape = &page_shape,
     .offset = offsetof(struct post_form, pages)},
    PARAM_END,
};
static const struct shape form_shape = {.name = "a form",
                                        .size = sizeof(struct post_form),
                                        .params = form_params,
                                        .collection = "forms",
                                        .name_key = "family",
                                        .revision_key = "revision"};

static const struct variant register_form = {
    .name = "registerForm", .meaning = "a new form", .shape = &form_shape};
static const struct variant *const actions[] = {&register_form, NULL};
static const struct catalogue action_catalogue = {"action", actions};
static const struct param action_params[] = {
    {.key = "at",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = offsetof(struct post_action, at)},
    {.key = "what",
     .type = PARAM_VARIANT,
     .flags = PARAM_REQUIRED,
     .catalogue = &action_catalogue,
     .aws = "timeline",
     .offset = offsetof(struct post_action, what)},
    PARAM_END,
};
static const struct shape action_shape = {
    .name = "an action", .size = sizeof(struct post_action), .params = action_params};

static const struct param office_params[] = {
    RUN_PARAMS(struct post_office),
    {.key = "counters",
     .type = PARAM_LIST,
     .shape = &counter_shape,
     .offset = offsetof(struct post_office, counters),
     .aws = "counters"},
    {.key = "forms",
     .type = PARAM_LIST,
     .shape = &form_shape,
     .offset = offsetof(struct post_office, forms),
     .aws = "forms",
     .wrapper = "formList"},
    {.key = "timeline",
     .type = PARAM_LIST,
     .shape = &action_shape,
     .offset = offsetof(struct post_office, timeline)},
    {.key = "opensAt", .type = PARAM_TIME_OF_DAY, .offset = offsetof(struct post_office, opens_at)},
    PARAM_END,
};
static const struct shape office_shape = {
    .name = "the scenario", .size = sizeof(struct post_office), .params = office_params};

static int office_known_field(const char *section, const char *path)
{
    static const char *const counters[] = {
        "colour", "insurance",    "insurance.company", "insurance.years",  "counterArn",
        "rules",  "rules[].text", "limits.strict",     "furniture.chairs", "furniture.chairs[].legs",
        NULL};
    static const char *const forms[] = {"family", "pages", "formArn", "status", NULL};
    const char *const *known = strcmp(section, "counters") == 0 ? counters : forms;
    if (strcmp(section, "counters") == 0 && strcmp(path, "tags") == 0)
        return 2;
    for (; *known; known++)
        if (strcmp(*known, path) == 0)
            return 1;
    return 0;
}

static const struct model post_office = {.settings = &office_shape, .known_field = office_known_field};

#endif
