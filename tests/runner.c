/* Runs groups of tests (tests/group.h) and prints, of each, how many passed, or all that it said if one did
 * not. usage: PROGRAM [tests/unit/test_x]...      those that are named, else all; status 1 if any fails
 *
 * Each group is a process of its own, two at a time, so that none sees what another left and all are run
 * whatever becomes of one. A single group is run at once, and says all it has to say: a debugger has one
 * process before it. */
#include "tests/group.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A test that ends its process has status 0, too, and has not passed. */
enum { AT_ONCE = 2, STATUS_PASSED = 42 };

extern const struct test_group *const __start_test_groups[];
extern const struct test_group *const __stop_test_groups[];

struct process {
    const struct test_group *group;
    pid_t id;
    FILE *said; /* while it runs */
};

/* tests/unit/test_x.c is called tests/unit/test_x. */
static int name_length(const struct test_group *group)
{
    return (int)(strlen(group->file) - strlen(".c"));
}

static bool is_wanted(const struct test_group *group, char **names)
{
    for (char **name = names; *name; name++)
        if (strlen(*name) == (size_t)name_length(group) && strncmp(*name, group->file, strlen(*name)) == 0)
            return true;
    return !*names;
}

static void give_up(const char *what)
{
    perror(what);
    exit(2);
}

static void start(struct process *process, const struct test_group *group)
{
    *process = (struct process){group, .said = tmpfile()};
    if (!process->said)
        give_up("tmpfile");
    fflush(NULL);
    process->id = fork();
    if (process->id < 0)
        give_up("fork");
    if (process->id > 0)
        return;
    dup2(fileno(process->said), STDOUT_FILENO);
    dup2(fileno(process->said), STDERR_FILENO);
    exit(group->run() == 0 ? STATUS_PASSED : 1);
}

static void print_all(FILE *said)
{
    char bytes[4096];
    size_t count;
    while ((count = fread(bytes, 1, sizeof bytes, said)) > 0)
        fwrite(bytes, 1, count, stdout);
}

/* cmocka says "[  PASSED  ] 3 test(s)." */
static void print_passed(FILE *said, const struct test_group *group)
{
    char line[4096];
    const char *passed = NULL;
    while (!passed && fgets(line, sizeof line, said))
        if ((passed = strstr(line, "PASSED  ] ")))
            printf("%.*s %.*s\n", (int)strcspn(passed, "\n") - 10, passed + 10, name_length(group),
                   group->file);
}

/* Whether all its tests passed. */
static bool end(struct process *process, int status)
{
    bool passed = WIFEXITED(status) && WEXITSTATUS(status) == STATUS_PASSED;
    rewind(process->said);
    if (passed)
        print_passed(process->said, process->group);
    else
        print_all(process->said);
    if (WIFSIGNALED(status))
        printf("%s: %s\n", process->group->file, strsignal(WTERMSIG(status)));
    fclose(process->said);
    process->said = NULL;
    return passed;
}

/* Waits for any of them. */
static bool end_one(struct process *processes)
{
    int status;
    pid_t id = wait(&status);
    for (int i = 0; i < AT_ONCE; i++)
        if (processes[i].said && processes[i].id == id)
            return end(&processes[i], status);
    give_up("wait");
    return false;
}

static struct process *find_free(struct process *processes)
{
    for (int i = 0; i < AT_ONCE; i++)
        if (!processes[i].said)
            return &processes[i];
    return NULL;
}

static bool run_all(const struct test_group **groups, int count)
{
    struct process processes[AT_ONCE] = {0};
    bool passed = true;
    int running = 0;
    for (int i = 0; i < count || running > 0;) {
        if (i < count && running < AT_ONCE) {
            start(find_free(processes), groups[i++]);
            running++;
        } else {
            passed &= end_one(processes);
            running--;
        }
    }
    return passed;
}

int main(int argc, char **argv)
{
    size_t all = (size_t)(__stop_test_groups - __start_test_groups);
    const struct test_group **wanted = calloc(all, sizeof *wanted);
    int count = 0, status;
    if (!wanted)
        give_up("calloc");
    for (size_t i = 0; i < all; i++)
        if (is_wanted(__start_test_groups[i], argv + 1))
            wanted[count++] = __start_test_groups[i];
    if (count == 0 || count < argc - 1) {
        fprintf(stderr, "%s: no such tests\n", argv[0]);
        count = 0;
    }
    if (count > 1)
        status = run_all(wanted, count) ? 0 : 1;
    else
        status = count == 1 && wanted[0]->run() == 0 ? 0 : 1;
    free(wanted);
    return status;
}
