/* The tasks of a year, as year-tasks.py of a Python before this wrote them: rows arrival_s,duration_s,
 * sorted, uniform over 365 days, Exp(4 h). The same bytes: its generator (Mersenne Twister, seed 42,
 * Matsumoto and Nishimura 2002) and what its `random` module makes of it.
 *
 *   tasks COUNT   to standard output */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 624, SHIFT = 397, SEED = 42 };

struct twister {
    uint32_t words[WORDS];
    int next;
};

struct task {
    double arrival_s, duration_s;
};

static uint32_t mixed(const struct twister *twister, int i)
{
    uint32_t before = twister->words[(i + WORDS - 1) % WORDS];
    return before ^ before >> 30;
}

/* Seeding by an array of one word, as Python does with a small seed. */
static struct twister twister_new(void)
{
    struct twister twister = {.words = {19650218}, .next = WORDS};
    uint32_t *words = twister.words;
    for (uint32_t i = 1; i < WORDS; i++)
        words[i] = 1812433253 * mixed(&twister, (int)i) + i;
    for (int k = 0, i = 1; k < WORDS; k++, i = i % (WORDS - 1) + 1) {
        words[i] = (words[i] ^ mixed(&twister, i) * 1664525) + SEED;
        if (i == WORDS - 1)
            words[0] = words[i];
    }
    for (int k = 1, i = 2; k < WORDS; k++, i = i % (WORDS - 1) + 1) {
        words[i] = (words[i] ^ mixed(&twister, i) * 1566083941) - (uint32_t)i;
        if (i == WORDS - 1)
            words[0] = words[i];
    }
    words[0] = UINT32_C(1) << 31;
    return twister;
}

static void twist(struct twister *twister)
{
    uint32_t *words = twister->words;
    for (int i = 0; i < WORDS; i++) {
        uint32_t joined = (words[i] & UINT32_C(1) << 31) | (words[(i + 1) % WORDS] & ~(UINT32_C(1) << 31));
        words[i] = words[(i + SHIFT) % WORDS] ^ joined >> 1 ^ (joined & 1 ? UINT32_C(0x9908b0df) : 0);
    }
    twister->next = 0;
}

static uint32_t next_word(struct twister *twister)
{
    if (twister->next == WORDS)
        twist(twister);
    uint32_t word = twister->words[twister->next++];
    word ^= word >> 11;
    word ^= word << 7 & UINT32_C(0x9d2c5680);
    word ^= word << 15 & UINT32_C(0xefc60000);
    return word ^ word >> 18;
}

/* In [0, 1), 53 bits. */
static double next_unit(struct twister *twister)
{
    uint32_t high = next_word(twister) >> 5;
    uint32_t low = next_word(twister) >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
}

static int by_arrival(const void *one, const void *other)
{
    const struct task *a = one, *b = other;
    if (a->arrival_s != b->arrival_s)
        return a->arrival_s < b->arrival_s ? -1 : 1;
    return (a->duration_s > b->duration_s) - (a->duration_s < b->duration_s);
}

static void draw_tasks(struct task *tasks, size_t count)
{
    struct twister twister = twister_new();
    for (size_t i = 0; i < count; i++) {
        tasks[i].arrival_s = 365 * 86400 * next_unit(&twister);
        tasks[i].duration_s = -log(1 - next_unit(&twister)) / (1.0 / 14400);
    }
    qsort(tasks, count, sizeof *tasks, by_arrival);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return fprintf(stderr, "usage: tasks COUNT\n"), 2;
    size_t count = strtoull(argv[1], NULL, 10);
    struct task *tasks = malloc((count + 1) * sizeof *tasks);
    draw_tasks(tasks, count);
    for (size_t i = 0; i < count; i++)
        printf("%.3f,%.3f\n", tasks[i].arrival_s, tasks[i].duration_s);
    free(tasks);
    return 0;
}
