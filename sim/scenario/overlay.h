/* Laying one scenario over another, and changing one value of it: `from:` and `--set`. Both work on the tree,
 * before it is bound. */
#ifndef SIM_SCENARIO_OVERLAY_H
#define SIM_SCENARIO_OVERLAY_H

#include "sim/scenario/bind.h"

/* Lays `top` over `base`, both mappings of the root's keys, and changes `base`. Mappings are laid key by key;
 * so are elements of a root's list that bear the same name, others are added; any other value replaces what
 * was there. An element without a revision that lacks what it needs to stand alone is laid over its family's
 * highest. */
void overlay_lay(struct arena *, const struct shape *root, struct node *base, const struct node *top);

/* Replaces the root's key `from` by what its files hold, laid under the scenario. */
void overlay_from(struct binder *, struct node *root, const char *path);

/* What `from:` takes, as a scenario: another scenario, or what a program printed or takes. NULL, and a
 * mistake: it is none of them. */
struct node *overlay_adopt(struct binder *, struct node *);

/* Applies one `--set PATH=VALUE`. Elements of a list are named, or counted from 0; `[+]` is a new one at its
 * end: "failures[+]={…}". */
void overlay_set(struct binder *, struct node *root, const char *text);

/* The name that an element of a list has, by the tables: "web", "WebApp:2"; a family where no revision is
 * said; NULL if none. */
const char *overlay_name(struct arena *, const struct shape *, const struct node *element);

#endif
