#include "sim/engine/check.h"
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static _Thread_local struct check_context context;

struct check_context *check_context(void)
{
    return &context;
}

static void print_context(void)
{
    char at[SIMTIME_TEXT_SIZE];
    simtime_format_seconds(at, context.at);
    fprintf(stderr, "  simulated time %s s, event %" PRIu64 " (%s), seed %" PRIu64 "\n", at,
            context.event_number, context.event ? context.event : "none", context.seed);
    if (context.reproduce)
        fprintf(stderr, "  to see it again: %s\n", context.reproduce);
}

void check_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "%s: %s:%d: this must be true and is not: %s\n", program_invocation_short_name, file,
            line, condition);
    print_context();
    abort();
}

void machine_failed(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}
