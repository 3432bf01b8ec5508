/* The observer that writes every series of the model to its file: a table as CSV, documents as JSON lines.
 * Bytes are counted in run->bytes_written, towards limits.bytes. */
#ifndef SIM_REPORT_RECORDER_H
#define SIM_REPORT_RECORDER_H

#include "sim/engine/run.h"

struct recorder;

/* Creates the files in the folder (each table with its header) and observes the run; before run_play(). */
struct recorder *recorder_new(struct run *, const char *folder);
void recorder_close(struct recorder *); /* writes what is left; while the run lives */

#endif
