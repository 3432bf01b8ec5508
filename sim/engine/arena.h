/* Memory that is freed as a whole. What lives as long as the run lives in the run's arena.
 *
 * Allocations are zeroed, aligned to 16 bytes and never fail: running out of memory is machine_failed(). */
#ifndef SIM_ENGINE_ARENA_H
#define SIM_ENGINE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);

void *arena_alloc(struct arena *, size_t size);
void *arena_pack(struct arena *, size_t size); /* aligned to 8 bytes: for small things in great numbers */
void *arena_array(struct arena *, size_t count, size_t size);       /* count * size, checked for overflow */
char *arena_copy(struct arena *, const char *bytes, size_t length); /* adds a terminating NUL */
char *arena_text(struct arena *, const char *text);                 /* NULL stays NULL */
char *arena_format(struct arena *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* calloc and realloc that cannot fail, for what grows or dies early; what grows is not zeroed. */
void *memory_alloc(size_t size);
void *memory_grow(void *old, size_t count, size_t size);

/* With the old content in front and the rest not zeroed, for who touches much of it at random: it begins a
 * cache line, or a large page where it fills a quarter of one. */
void *memory_grow_aligned(void *old, size_t old_bytes, size_t bytes);

/* From now on memory that is freed stays with the process instead of going back to the machine: for who plays
 * many runs, each of which takes what the last one gave. Before there are threads. */
void memory_keep(void);

#endif
