/* The one place where the machine meets its model. */
#include "models/ecs/ecs.h"
#include "sim/command/command.h"
#include "sim/engine/check.h"
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    gsl_set_error_handler_off();
    int status = command_main(&ecs_model, argc, argv);
    /* A full disk behind standard output must not pass for success. */
    if (fflush(stdout) || ferror(stdout))
        machine_failed("cannot write to standard output: %s", strerror(errno));
    return status;
}
