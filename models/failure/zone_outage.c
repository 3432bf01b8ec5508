/* A whole Availability Zone fails for a while. */
#include "models/failure/failure.h"

enum outage { OUTAGE_OF_POWER, OUTAGE_OF_NETWORK };

struct zone_outage {
    struct failure_outage outage;
    const char *availability_zone;
    int kind; /* enum outage */
};

static const char *const kinds[] = {[OUTAGE_OF_POWER] = "power", [OUTAGE_OF_NETWORK] = "network", NULL};

static void zone_outage_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct zone_outage *outage = settings;
    if (outage->kind == OUTAGE_OF_POWER)
        fault_zone_power(world, outage->availability_zone, lost);
    else
        fault_zone_network(world, outage->availability_zone, lost);
}

static void zone_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct zone_outage *outage = object;
    failure_check_zone(mistakes, object, outage->availability_zone, root);
}

static const struct param zone_outage_params[] = {
    PARAM_FAILURE_OUTAGE(struct zone_outage, outage, PARAM_REQUIRED, "how long it lasts"),
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

static const struct failure_verbs zone_outage_verbs = {
    .outage_offset = PARAM_OFFSET(struct zone_outage, outage, struct failure_outage),
    .set_outage = zone_outage_set,
};

const struct variant failure_zone_outage = {
    .name = "zoneOutage",
    .meaning = "a zone loses its power or its network for a while",
    .shape = &zone_outage_shape,
    .verbs = &zone_outage_verbs,
    .example = "at: 10m, for: 2m, availabilityZone: us-east-1b",
};
