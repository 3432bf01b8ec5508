#include "sim/report/gnuplot.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/report/output.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static const char script_name[] = "script", drawing_name[] = "drawing", messages_name[] = "messages";

struct gnuplot {
    struct arena *arena;
    char *folder;
    struct text names; /* of the files in it, each with its NUL */
};

struct gnuplot *gnuplot_begin(void)
{
    struct gnuplot *gnuplot = memory_alloc(sizeof *gnuplot);
    const char *where = getenv("TMPDIR");
    *gnuplot = (struct gnuplot){.arena = arena_new()};
    gnuplot->folder = arena_format(gnuplot->arena, "%s/ecsim-plot-XXXXXX", where && *where ? where : "/tmp");
    if (!mkdtemp(gnuplot->folder))
        machine_failed("cannot create a temporary folder like %s: %s", gnuplot->folder, strerror(errno));
    return gnuplot;
}

static const char *path_of(struct gnuplot *gnuplot, const char *name)
{
    return arena_format(gnuplot->arena, "%s/%s", gnuplot->folder, name);
}

static void remember(struct gnuplot *gnuplot, const char *name)
{
    text_add_bytes(&gnuplot->names, name, strlen(name) + 1);
}

void gnuplot_end(struct gnuplot *gnuplot)
{
    const char *end = gnuplot->names.bytes + gnuplot->names.length;
    for (const char *name = gnuplot->names.bytes; name < end; name += strlen(name) + 1)
        unlink(path_of(gnuplot, name));
    rmdir(gnuplot->folder);
    text_free(&gnuplot->names);
    arena_free(gnuplot->arena);
    free(gnuplot);
}

void gnuplot_write(struct gnuplot *gnuplot, const char *name, const struct text *text)
{
    remember(gnuplot, name);
    output_write(gnuplot->folder, name, text);
}

static int spawn(struct gnuplot *gnuplot, pid_t *child)
{
    static char program[] = "gnuplot", no_start_files[] = "-d", from_input[] = "-";
    char *const arguments[] = {program, no_start_files, from_input, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addchdir_np(&actions, gnuplot->folder);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, script_name, O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, messages_name, O_WRONLY | O_CREAT, 0600);
    int error = posix_spawnp(child, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static bool succeeded(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && !WEXITSTATUS(status);
}

/* Its message is on several lines with a caret; the line that says what is wrong is the last that is not
 * empty. */
static void explain(struct gnuplot *gnuplot, struct text *mistake)
{
    struct text messages = {0};
    const char *line = "it gives no reason";
    if (input_read(path_of(gnuplot, messages_name), &messages) && messages.length)
        for (char *rest = messages.bytes, *next; (next = strsep(&rest, "\n"));)
            if (*next)
                line = next;
    text_add_format(mistake, "gnuplot could not draw: %s", line);
    text_free(&messages);
}

bool gnuplot_run(struct gnuplot *gnuplot, const struct text *script, struct text *drawing,
                 struct text *mistake)
{
    pid_t child;
    gnuplot_write(gnuplot, script_name, script);
    remember(gnuplot, drawing_name);
    remember(gnuplot, messages_name);
    int error = spawn(gnuplot, &child);
    if (error) {
        text_add_format(mistake, "gnuplot could not be started: %s", strerror(error));
        return false;
    }
    bool drawn = succeeded(child) && input_read(path_of(gnuplot, drawing_name), drawing) && drawing->length;
    if (!drawn)
        explain(gnuplot, mistake);
    return drawn;
}

void gnuplot_add_literal(struct text *out, const char *string)
{
    text_add_char(out, '\'');
    /* gnuplot takes three quotes at the beginning for an empty string and the beginning of another. */
    if (*string == '\'')
        text_add_char(out, ' ');
    for (; *string; string++) {
        if (*string == '\'')
            text_add_char(out, '\'');
        text_add_char(out, without_control(*string));
    }
    text_add_char(out, '\'');
}

void gnuplot_add_cell(struct text *out, const char *string)
{
    /* A quote at the start of a cell would be taken off, and a backslash begins an escape. */
    for (; *string; string++) {
        if (*string == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *string == '"' ? '\'' : without_control(*string));
    }
}
