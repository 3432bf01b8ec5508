/* Which of several values a search plays next, and where its border is: pure functions of what is known.
 *
 * Values are numbered from 0 in ascending order, and more is taken to be better: below the border all fail,
 * from it on all hold. That is an assumption about the scenario, so it is tried where it costs little: beside
 * the value below the border the one above it is asked, too, and where the greatest fails one in the middle
 * and the least. */
#ifndef SIM_STUDY_BISECTION_H
#define SIM_STUDY_BISECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum answer { ANSWER_NONE, ANSWER_HOLDS, ANSWER_FAILS };

#define BISECTION_NOTHING SIZE_MAX

/* The value to ask next, which has no answer yet; BISECTION_NOTHING if the border is known. Where answers
 * contradict the assumption it is the least border that they show. */
size_t bisection_next(const enum answer *answers, size_t count);

/* The least value that holds; BISECTION_NOTHING if none is known to. */
size_t bisection_border(const enum answer *answers, size_t count);

/* The least value above the border that fails, against the assumption; BISECTION_NOTHING if none is known
 * to. */
size_t bisection_contradiction(const enum answer *answers, size_t count);

#endif
