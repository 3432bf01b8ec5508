/* Every desired count from 1 to 12 under every pair of percentages in steps of ten: the bounds of a
 * deployment always hold, and it either completes or says that it is stuck and why. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/rolling_update.h"
#include "sim/scenario/scenario.h"
#include "tests/group.h"
#include <stdio.h>

struct bounds {
    struct observer observer;
    int64_t least_healthy, most_total;
    int64_t rows;
    bool broken;
};

static void look(struct observer *observer, size_t series, const struct value *values)
{
    struct bounds *bounds = (struct bounds *)observer;
    if (series != SERIES_TIMESERIES)
        return;
    int64_t total = values[3].integer + values[4].integer + values[7].integer;
    bounds->broken |= values[5].integer < bounds->least_healthy || total > bounds->most_total;
    bounds->rows++;
}

static struct scenario *read_world(int64_t desired, int64_t least, int64_t most)
{
    char words[3][96];
    const char *sets[3] = {words[0], words[1], words[2]};
    snprintf(words[0], sizeof words[0], "services.web.desiredCount=%ld", (long)desired);
    snprintf(words[1], sizeof words[1], "services.web.deploymentConfiguration.minimumHealthyPercent=%ld",
             (long)least);
    snprintf(words[2], sizeof words[2], "services.web.deploymentConfiguration.maximumPercent=%ld",
             (long)most);
    return scenario_read(&ecs_model, "tests/property/percentages.yaml", sets, 3);
}

/* Whether any move can ever be made: one task may stop, or one may start. */
static bool can_move(int64_t desired, int64_t least, int64_t most)
{
    return rollout_minimum(desired, least) < desired || rollout_maximum(desired, most) > desired;
}

static void play(int64_t desired, int64_t least, int64_t most)
{
    struct scenario *scenario = read_world(desired, least, most);
    assert_int_equal(scenario->errors, 0);
    struct run *run = run_new(&ecs_model, scenario->settings);
    struct bounds bounds = {
        .observer = {.row = look, .wants = 1u << SERIES_TIMESERIES},
        .least_healthy = rollout_minimum(desired, least),
        .most_total = rollout_maximum(desired, most),
    };
    run_observe(run, &bounds.observer);
    run_play(run);
    const struct world *world = run->world;
    const struct service *service = &world->services[0];
    bool completed = service->primary->number == 2 && service->primary->state == STATE_COMPLETED;
    bool stuck = service->stuck == STUCK_PERCENTAGES && service->stuck_because &&
                 service->primary->state == STATE_IN_PROGRESS;
    if (bounds.broken || bounds.rows < 2 || completed == stuck || completed != can_move(desired, least, most))
        fail_msg("desired %ld under %ld/%ld: %s%s%s", (long)desired, (long)least, (long)most,
                 bounds.broken ? "bounds broken " : "", completed ? "completed " : "", stuck ? "stuck" : "");
    run_free(run);
    scenario_free(scenario);
}

static void bounds_hold_and_deployments_complete_or_say_that_they_are_stuck(void **state)
{
    (void)state;
    int played = 0;
    for (int64_t desired = 1; desired <= 12; desired++)
        for (int64_t least = 0; least <= 100; least += 10)
            for (int64_t most = 100; most <= 200; most += 10) {
                if (least == 100 && most == 100)
                    continue; /* refused */
                play(desired, least, most);
                played++;
            }
    assert_int_equal(played, 12 * (11 * 11 - 1));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_hold_and_deployments_complete_or_say_that_they_are_stuck),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
