#include "sim/study/launcher.h"
#include "sim/study/ranks.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What launchers tell the processes that they start: how many there are, and which one this is. */
static const struct launcher {
    const char *size, *own;
} launchers[] = {
    {"OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"}, /* Open MPI */
    {"PMI_SIZE", "PMI_RANK"},                         /* MPICH, Intel MPI, Slurm's pmi2 */
    {"MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"},   /* MVAPICH2 */
    {"SLURM_STEP_NUM_TASKS", "PMIX_RANK"},            /* Slurm's pmix */
};

struct started {
    long size, own;
};

static struct started ask_environment(void)
{
    for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++) {
        const char *size = getenv(launchers[i].size), *own = getenv(launchers[i].own);
        if (size && own)
            return (struct started){strtol(size, NULL, 10), strtol(own, NULL, 10)};
    }
    return (struct started){1, 0};
}

/* Returns where there is no ecsim-mpi. */
static void become_mpi(char *const *argv)
{
    char own[4096];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own - 1);
    own[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(own, '/');
    struct text path = {0};
    text_add_bytes(&path, own, slash ? (size_t)(slash - own) : 0);
    text_add(&path, "/ecsim-mpi");
    execv(path.bytes, argv);
    text_free(&path);
}

static void complain(const struct started *started)
{
    /* A status other than 0 might make the launcher kill the first before it has spoken. */
    if (started->own > 0)
        exit(EXIT_SUCCESS);
    fprintf(stderr, "ecsim study: %ld processes were started together, and ", started->size);
    fputs(ranks_are_mpi()
              ? "this one sees no other: use the mpirun of the MPI that ecsim-mpi was built with, or srun "
                "with the plug-in for it\n"
              : "there is no ecsim-mpi beside ecsim, with which they would share the work: make mpi builds "
                "it; without MPI start each as --part K/N\n",
          stderr);
}

bool launcher_begin(char *const *argv)
{
    struct started started = ask_environment();
    if (started.size > 1 && !ranks_are_mpi())
        become_mpi(argv);
    ranks_begin();
    bool together = started.size <= 1 || ranks_size() > 1;
    if (!together) {
        ranks_end();
        complain(&started);
    }
    return together;
}
