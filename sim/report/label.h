/* Texts in pictures, which have room for so many letters: wide ones count twice, as those of Chinese do. */
#ifndef SIM_REPORT_LABEL_H
#define SIM_REPORT_LABEL_H

#include "sim/engine/text.h"

int label_letters(const char *);

/* All of it, or at most so many letters (at least one) of which the last is …, or the first. */
void label_add_cut(struct text *, const char *, int letters_most);
void label_add_end(struct text *, const char *, int letters_most);

#endif
