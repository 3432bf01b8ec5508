/* What a fan chart is drawn of: the model's fan (struct fan_source) on a grid of TRACK_INSTANTS instants from
 * the begin of a run to its end, as figures named "track:<column>:<key>", whose text is run-length coded:
 * "4*12,3*2" is twelve times 4, then twice 3; "-" is a value that is absent. */
#ifndef SIM_STUDY_TRACKS_H
#define SIM_STUDY_TRACKS_H

#include "sim/engine/run.h"

enum { TRACK_INSTANTS = 201 };

#define TRACK_PREFIX "track:"

struct tracks;

/* NULL if the model has no fan. Before run_play(). */
struct tracks *tracks_new(struct run *);
/* After run_play(): adds "name<tab>text" lines, in the order in which the keys came. Frees. */
void tracks_end(struct tracks *, struct text *figures);

/* The values of a track's text; ABSENT where there is none. False if it is no such text, or one of them is
 * 10^15 or more: whoever counts in thousandths need not fear for them. */
bool track_read(const char *text, int64_t values[TRACK_INSTANTS]);

simtime track_instant(simtime duration, size_t index);

#endif
