/* Mistakes that are not the user's.
 *
 * CHECK is for ours: a broken invariant prints simulated time, event, seed and the command that reproduces
 * it, and aborts. machine_failed() is for the machine's: memory, disk, a missing program. One sentence, exit
 * status 1, earlier results whole. The only thread-local of the program lives in check.c: what is being
 * simulated, read only while dying. */
#ifndef SIM_ENGINE_CHECK_H
#define SIM_ENGINE_CHECK_H

#include "sim/engine/simtime.h"
#include <stdint.h>

#define CHECK(condition)                                                                                     \
    do {                                                                                                     \
        if (__builtin_expect(!(condition), 0))                                                               \
            check_failed(__FILE__, __LINE__, #condition);                                                    \
    } while (0)

/* What this thread is simulating; any pointer may be NULL. The strings must outlive the run. */
struct check_context {
    const char *reproduce; /* the command line that shows the failure again */
    const char *event;     /* name of the kind of the event being handled */
    simtime at;
    uint64_t seed;
    uint64_t event_number;
};

struct check_context *check_context(void);

_Noreturn void check_failed(const char *file, int line, const char *condition);
_Noreturn void machine_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
