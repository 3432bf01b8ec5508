/* load: services that ask services, held against circles and against chains that grow without end. */
#include "models/settings/ask_order.h"
#include "models/settings/tables.h"

/* Those that are asked or ask, by the first entry that names them. */
struct askers {
    struct symbols names; /* numbered from 1 */
    bool *asked_outside;
    struct ask *asks;
    const struct load_settings **entries; /* of each ask */
    size_t ask_count;
};

static uint32_t number_of(struct askers *askers, const char *name)
{
    return (uint32_t)symbol_give_number(&askers->names, name) - 1;
}

static uint32_t count_of(const struct askers *askers)
{
    return (uint32_t)askers->names.numbered;
}

static void add_ask(struct askers *askers, const struct load_settings *load)
{
    uint32_t by = number_of(askers, load->requests_of), of = number_of(askers, load->service);
    askers->entries[askers->ask_count] = load;
    askers->asks[askers->ask_count++] = (struct ask){by, of, load_share(load)};
}

/* Only where one asks another there is anything to see. */
static struct askers askers_of(struct arena *arena, const struct ecs_settings *settings)
{
    size_t most = 2 * settings->load.count;
    struct askers askers = {.names.arena = arena,
                            .asked_outside = arena_array(arena, most, sizeof(bool)),
                            .asks = arena_array(arena, most, sizeof *askers.asks),
                            .entries = arena_array(arena, most, sizeof *askers.entries)};
    EACH(struct load_settings, load, settings->load) {
        if (load->service && load->requests_of)
            add_ask(&askers, load);
    }
    EACH(struct load_settings, load, settings->load) {
        bool outside = askers.ask_count && load->service && !load->requests_of;
        if (outside)
            askers.asked_outside[number_of(&askers, load->service)] = true;
    }
    return askers;
}

/* Whoever has no place is asked by somebody who has none either: going from asker to asker ends in a circle.
 */
static const struct load_settings *entry_in_circle(struct arena *arena, const struct askers *askers,
                                                   const uint32_t *order, uint32_t placed)
{
    bool *has_place = arena_array(arena, count_of(askers), sizeof *has_place);
    size_t *asked_by = arena_array(arena, count_of(askers), sizeof *asked_by), ask = 0;
    for (uint32_t i = 0; i < placed; i++)
        has_place[order[i]] = true;
    for (size_t i = askers->ask_count; i-- > 0;)
        if (!has_place[askers->asks[i].by])
            asked_by[askers->asks[i].of] = ask = i;
    for (uint32_t step = 0; step < count_of(askers); step++)
        ask = asked_by[askers->asks[ask].by];
    return askers->entries[ask];
}

static void check_fan_out(struct mistakes *mistakes, struct arena *arena, const struct askers *askers,
                          const uint32_t *order)
{
    int64_t *times = arena_array(arena, count_of(askers), sizeof *times);
    ask_fan_out(arena, askers->asks, askers->ask_count, count_of(askers), order, askers->asked_outside,
                MOST_ASKED * MILLION, times);
    for (size_t i = 0; i < askers->ask_count; i++) {
        const struct load_settings *load = askers->entries[i];
        if (times[askers->asks[i].of] > MOST_ASKED * MILLION)
            mistake(mistakes, load, "requestsOf",
                    "along the chain of services `%s` is asked more than %d times for one request",
                    load->service, MOST_ASKED);
        else if (times[askers->asks[i].by] == 0)
            warn(mistakes, load, "requestsOf", "nobody asks `%s` anything, so `%s` is not asked either",
                 load->requests_of, load->service);
    }
}

void settings_check_askers(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    struct arena *arena = mistakes_arena(mistakes);
    struct askers askers = askers_of(arena, settings);
    uint32_t *order = arena_array(arena, count_of(&askers), sizeof *order);
    uint32_t placed = ask_order(arena, askers.asks, askers.ask_count, count_of(&askers), order);
    if (placed == count_of(&askers)) {
        check_fan_out(mistakes, arena, &askers, order);
        return;
    }
    const struct load_settings *load = entry_in_circle(arena, &askers, order, placed);
    mistake(mistakes, load, "requestsOf", "`%s` asks `%s`, and their requests go round in a circle",
            load->requests_of, load->service);
}

int64_t load_share(const struct load_settings *load)
{
    return given_or(load->share, MILLION);
}
