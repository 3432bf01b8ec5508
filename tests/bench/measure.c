/* Runs a command and says what it took.
 *
 *   measure ROUNDS COMMAND...   prints, of the round of least processor time: seconds of wall clock, seconds
 * of processor time (user and system, all threads), peak memory in MiB
 *
 * What the command prints is thrown away; one that fails, or takes longer than two minutes of processor time,
 * makes this fail. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_SECONDS = 120 };

struct cost {
    double wall_s, processor_s, peak_mib;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static void become(char **command)
{
    setrlimit(RLIMIT_CPU, &(struct rlimit){MOST_SECONDS, MOST_SECONDS});
    dup2(open("/dev/null", O_WRONLY), STDOUT_FILENO);
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

static struct cost run_once(char **command)
{
    struct rusage usage;
    int status = 0;
    double start = now();
    pid_t child = fork();
    if (child == 0)
        become(command);
    if (child < 0 || wait4(child, &status, 0, &usage) < 0 || status != 0)
        exit(1);
    return (struct cost){
        .wall_s = now() - start,
        .processor_s = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
        .peak_mib = (double)usage.ru_maxrss / 1024,
    };
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return fprintf(stderr, "usage: measure ROUNDS COMMAND...\n"), 2;
    struct cost best = run_once(argv + 2);
    for (int rounds = atoi(argv[1]); rounds > 1; rounds--) {
        struct cost cost = run_once(argv + 2);
        if (cost.processor_s < best.processor_s)
            best = cost;
    }
    printf("%.4f %.4f %.1f\n", best.wall_s, best.processor_s, best.peak_mib);
    return 0;
}
