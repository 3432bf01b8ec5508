/* The one place where the machine meets its model. */
#include "models/ecs/ecs.h"
#include "sim/command/command.h"
#include "sim/engine/check.h"
#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A standard descriptor that is closed must not become that of a results file. Opened the wrong way round,
 * its use still fails. */
static void occupy_standard_descriptors(void)
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0)
            open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    occupy_standard_descriptors();
    gsl_set_error_handler_off();
    int status = command_main(&ecs_model, argc, argv);
    /* A full disk behind standard output must not pass for success. */
    if (fflush(stdout) || ferror(stdout))
        machine_failed("cannot write to standard output: %s", strerror(errno));
    return status;
}
