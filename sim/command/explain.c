#include "sim/command/command.h"
#include "sim/command/rerun.h"
#include "sim/scenario/scalar.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct explain_values {
    const char *service, *task, *at;
};

static const struct option explain_options[] = {
    {"service", 0, OPTION_TEXT, "NAME", "the service that is asked about",
     offsetof(struct explain_values, service)},
    {"at", 0, OPTION_TEXT, "TIME",
     "as it was then: 12m, 1h30m, 90 (seconds) or 2026-01-01T00:12:00Z (default: the end)",
     offsetof(struct explain_values, at)},
    {"task", 0, OPTION_TEXT, "ID", "one of its tasks, or a standalone one, by name (web-3), id or ARN",
     offsetof(struct explain_values, task)},
    {0},
};

/* --- when ------------------------------------------------------------------------------------- */

static bool is_a_date(const char *text)
{
    return strlen(text) > 4 && text[4] == '-' && isdigit((unsigned char)text[0]);
}

/* NULL, or what is wrong, in words that follow the text. */
static const char *read_instant(struct arena *arena, const struct run_settings *settings, const char *text,
                                simtime *at)
{
    static const struct param instant = {
        .key = "at", .type = PARAM_DURATION, .unit = SIMTIME_SECOND, .most = INT64_MAX};
    if (!is_a_date(text))
        return scalar_read(arena, &instant, text, at);
    if (simtime_parse_utc(text, at))
        return "is not a date and time; write it as 2026-01-01T00:12:00Z";
    *at -= settings->start_time_us;
    return NULL;
}

static bool find_instant(struct run *run, const char *text, simtime *at)
{
    const struct run_settings *settings = run->settings;
    char end[SIMTIME_TEXT_SIZE];
    *at = settings->duration;
    if (!text)
        return true;
    const char *wrong = read_instant(run->arena, settings, text, at);
    simtime_format_human(end, settings->duration);
    if (wrong)
        fprintf(stderr, "ecsim explain: --at %s %s\n", text, wrong);
    else if (*at < 0 || *at > settings->duration)
        fprintf(stderr, "ecsim explain: --at %s is outside of the run, which lasts %s\n", text, end);
    return !wrong && *at >= 0 && *at <= settings->duration;
}

/* --- the answer ------------------------------------------------------------------------------- */

static void print_mistake(struct text *mistake)
{
    text_blank_controls(mistake);
    fprintf(stderr, "ecsim explain: %s\n", mistake->bytes);
}

/* The answer is worth nothing if it is of another run than the recorded one. */
static int listen(struct rerun *rerun, const struct question *question, struct text *answer,
                  struct text *mistake)
{
    const struct model *model = rerun->run->model;
    void *listener = model->listen(rerun->run, question, mistake);
    if (!listener)
        return STATUS_MISTAKE;
    rerun_advance(rerun, question->at);
    model->look(listener);
    bool same = rerun_finish(rerun, "explain");
    bool answered = model->answer(listener, answer, mistake);
    return same && answered ? STATUS_FINE : STATUS_MISTAKE;
}

static int answer(struct rerun *rerun, const struct explain_values *values)
{
    struct text words = {0}, mistake = {0};
    struct question question = {.subject = values->service, .part = values->task};
    if (!find_instant(rerun->run, values->at, &question.at))
        return STATUS_MISTAKE;
    int status = listen(rerun, &question, &words, &mistake);
    if (mistake.length)
        print_mistake(&mistake);
    else if (status == STATUS_FINE) {
        text_blank_controls(&words);
        fwrite(words.bytes, 1, words.length, stdout);
    }
    text_free(&words);
    text_free(&mistake);
    return status;
}

static int explain(const struct model *model, const void *all_values, const struct words *operands)
{
    struct rerun rerun;
    int status = STATUS_MISTAKE;
    if (rerun_open(&rerun, model, "explain", operands->items[0]))
        status = answer(&rerun, all_values);
    rerun_close(&rerun);
    return status;
}

const struct command command_explain = {
    .name = "explain",
    .operands = "DIR",
    .least_operands = 1,
    .most_operands = 1,
    .meaning = "say why a task was or was not placed, and what a deployment waits for",
    .more =
        "DIR holds the results of a run. Its scenario.yaml is played again, and has to come to the same "
        "run.\n"
        "\n"
        "Of a service: its deployments; how many tasks minimumHealthyPercent and maximumPercent let the\n"
        "scheduler stop and start; what it waits for; for each host what refuses its next task, or how the\n"
        "host ranks, strategy by strategy (lower is better); what was decided and said of it last.\n"
        "Of a task: why it was started, how the hosts ranked just before it was placed, what it is doing,\n"
        "when and why it stopped.\n"
        "\n"
        "  ecsim explain results/web --service web --at 12m\n"
        "  ecsim explain results/web --task web-3",
    .options = explain_options,
    .values_size = sizeof(struct explain_values),
    .run = explain,
};
