/* A study that is started as many processes at once, by mpirun or by srun.
 *
 * A program that is linked to MPI starts slowly, so ecsim is not. `ecsim-mpi` is the same program with MPI;
 * where a launcher has started more than one process, ecsim becomes the ecsim-mpi that lies beside it. */
#ifndef SIM_STUDY_LAUNCHER_H
#define SIM_STUDY_LAUNCHER_H

#include <stdbool.h>

/* ranks_begin() in the right program, of which these are the arguments: does not return where ecsim-mpi takes
 * over. False, said on standard error: the processes cannot find each other, and would all do the same work.
 * Then of all processes only the first returns; the others exit. */
bool launcher_begin(char *const *argv);

#endif
