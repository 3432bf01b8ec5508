#include "sim/engine/token_bucket.h"

static const int64_t token = 1000000;

struct token_bucket token_bucket_full(int64_t burst, int64_t per_second)
{
    return (struct token_bucket){burst, per_second, burst * token, 0};
}

/* From one level to a higher one, rounded up. */
static simtime time_to_fill(const struct token_bucket *bucket, int64_t from, int64_t to)
{
    return (to - from + bucket->per_second - 1) / bucket->per_second;
}

/* An old bucket is full: its age times its rate would fit no number. */
static int64_t level_at(const struct token_bucket *bucket, simtime now)
{
    int64_t full = bucket->burst * token;
    simtime age = now - bucket->as_of;
    if (age >= time_to_fill(bucket, bucket->level, full))
        return full;
    return bucket->level + age * bucket->per_second;
}

bool token_bucket_take(struct token_bucket *bucket, simtime now)
{
    bucket->level = level_at(bucket, now);
    bucket->as_of = now;
    if (bucket->level < token)
        return false;
    bucket->level -= token;
    return true;
}

simtime token_bucket_ready_at(const struct token_bucket *bucket, simtime now, int64_t tokens)
{
    int64_t level = level_at(bucket, now);
    int64_t wanted = (tokens < bucket->burst ? tokens : bucket->burst) * token;
    return level >= wanted ? now : now + time_to_fill(bucket, level, wanted);
}
