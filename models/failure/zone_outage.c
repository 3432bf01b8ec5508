/* A whole Availability Zone fails for a while. */
#include "models/failure/failure.h"

enum outage { OUTAGE_OF_POWER, OUTAGE_OF_NETWORK };

struct zone_outage {
    struct failure_times times;
    simtime length;
    const char *availability_zone;
    int kind; /* enum outage */
};

static const char *const kinds[] = {[OUTAGE_OF_POWER] = "power", [OUTAGE_OF_NETWORK] = "network", NULL};

/* The number of the strike at which an outage ends, whichever it is. */
static const uint64_t the_end = UINT64_MAX;

static void zone_outage_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct zone_outage *outage = settings;
    failure_schedule_time(world, index, &outage->times, 0);
}

static void set_outage(struct world *world, const struct zone_outage *outage, bool lost)
{
    if (outage->kind == OUTAGE_OF_POWER)
        fault_zone_power(world, outage->availability_zone, lost);
    else
        fault_zone_network(world, outage->availability_zone, lost);
}

static void zone_outage_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct zone_outage *outage = settings;
    if (nth != the_end) {
        failure_schedule(world, index, simtime_after(fault_now(world), outage->length), the_end);
        failure_schedule_time(world, index, &outage->times, nth + 1);
    }
    set_outage(world, outage, nth != the_end);
}

static void zone_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct zone_outage *outage = object;
    failure_check_times(mistakes, object, &outage->times);
    failure_check_zone(mistakes, object, outage->availability_zone, root);
}

static const struct param zone_outage_params[] = {
    PARAM_FAILURE_TIMES(struct zone_outage, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct zone_outage, length, simtime),
     .meaning = "how long it lasts"},
    {.key = "availabilityZone",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct zone_outage, availability_zone, const char *),
     .meaning = "the zone"},
    {.key = "kind",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct zone_outage, kind, int),
     .fallback = "power",
     .names = kinds,
     .meaning = "power: its hosts crash, and boot again at the end; network: they live on, cut off; launches "
                "are refused under both"},
    PARAM_END,
};

static const struct shape zone_outage_shape = {
    .name = "zoneOutage",
    .size = sizeof(struct zone_outage),
    .params = zone_outage_params,
    .check = zone_outage_check,
};

static const struct failure_verbs zone_outage_verbs = {.begin = zone_outage_begin,
                                                       .strike = zone_outage_strike};

const struct variant failure_zone_outage = {
    .name = "zoneOutage",
    .meaning = "a zone loses its power or its network for a while",
    .shape = &zone_outage_shape,
    .verbs = &zone_outage_verbs,
    .example = "at: 10m, for: 2m, availabilityZone: us-east-1b",
};
