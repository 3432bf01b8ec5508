/* Services that ask services: what is asked of whom, and what fails in front because of those behind. */
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/request_chain.h"
#include "tests/unit/ecs_run.h"

#define S SIMTIME_SECOND
#define FRAME                                                                                                \
    "duration: 1h\n"                                                                                         \
    "taskDefinitions:\n"                                                                                     \
    "  - family: front\n"                                                                                    \
    "    containerDefinitions: [{name: main, memory: 512}]\n"                                                \
    "    simulation: {cpuPerRequest: 10ms}\n"                                                                \
    "  - family: back\n"                                                                                     \
    "    containerDefinitions: [{name: main, memory: 512}]\n"                                                \
    "    simulation: {maxRequestsPerSecond: 50}\n"                                                           \
    "services:\n"                                                                                            \
    "  - {serviceName: dev, taskDefinition: back, desiredCount: 0}\n"                                        \
    "  - {serviceName: prod, taskDefinition: back, desiredCount: 0}\n"                                       \
    "  - {serviceName: nginx, taskDefinition: front, desiredCount: 0}\n"                                     \
    "  - {serviceName: alone, taskDefinition: front, desiredCount: 0}\n"                                     \
    "load:\n"                                                                                                \
    "  - {service: dev, requestsOf: nginx, share: 0.1}\n"                                                    \
    "  - {service: prod, requestsOf: nginx, share: 0.9}\n"                                                   \
    "  - {service: prod, requestsPerSecond: 20}\n"                                                           \
    "  - {service: nginx, requestsPerSecond: 100}\n"                                                         \
    "  - {service: alone, requestsPerSecond: 7}\n"

enum { DEV, PROD, NGINX, ALONE, SERVICES };

struct chain_world {
    struct ecs_run *seen;
    struct world *world;
    struct service *services;
};

static int set_up(void **state)
{
    struct chain_world *chain = memory_alloc(sizeof *chain);
    chain->seen = ecs_run_new(FRAME);
    chain->world = ecs_run_begin(chain->seen);
    chain->services = chain->world->services;
    *state = chain;
    return 0;
}

static int tear_down(void **state)
{
    struct chain_world *chain = *state;
    ecs_run_free(chain->seen);
    free(chain);
    return 0;
}

static void have(struct chain_world *chain, int service, int64_t tasks, int64_t answering)
{
    chain->services[service].primary->receivers =
        (struct receivers){.present = tasks, .registered = {tasks, answering}, .routed = {tasks, answering}};
}

static void pass(struct chain_world *chain, simtime time)
{
    chain->world->run->now += time;
    load_advance(chain->world, &chain->services[DEV]); /* whichever is looked at, all are counted */
}

static void assert_load(const struct chain_world *chain, int service, int64_t requests, int64_t unserved)
{
    const struct load *load = chain->services[service].load;
    assert_int_equal((int64_t)(load->total.requests / MILLION), requests);
    assert_int_equal((int64_t)(load_unserved(load) / MILLION), unserved);
}

static void only_those_that_are_connected_are_counted_together(void **state)
{
    struct chain_world *chain = *state;
    const struct request_chain *of = chain->services[NGINX].load->chain;
    assert_int_equal(of->count, 3);
    assert_ptr_equal(of->services[0], &chain->services[NGINX]);
    assert_ptr_equal(chain->services[DEV].load->chain, of);
    assert_ptr_equal(chain->services[PROD].load->chain, of);
    assert_null(chain->services[ALONE].load->chain);
}

static void one_that_fails_does_not_touch_the_other(void **state)
{
    struct chain_world *chain = *state;
    have(chain, NGINX, 2, 2), have(chain, DEV, 1, 0), have(chain, PROD, 3, 3);
    pass(chain, 10 * S);
    assert_load(chain, DEV, 100, 100);
    assert_load(chain, PROD, 200 + 900, 0);
    assert_load(chain, NGINX, 1000, 100);
}

/* Half of nginx does not answer: half as much is asked behind. Its CPU is used for what fails behind, too. */
static void what_is_asked_behind_is_what_is_taken_on(void **state)
{
    struct chain_world *chain = *state;
    have(chain, NGINX, 2, 1), have(chain, DEV, 1, 1), have(chain, PROD, 1, 0);
    pass(chain, 10 * S);
    assert_load(chain, DEV, 50, 0);
    assert_load(chain, PROD, 200 + 450, 650);
    assert_load(chain, NGINX, 1000, 500 + 450);
    assert_int_equal((int64_t)(chain->services[NGINX].load->total.cpu_used / (10 * S)), 1024 / 2);
}

/* 110 a second of which 50 are answered: of the 60 that are not, nginx has asked 90 of 110. */
static void each_asker_gets_its_part_of_what_is_unserved(void **state)
{
    struct chain_world *chain = *state;
    have(chain, NGINX, 1, 1), have(chain, DEV, 1, 1), have(chain, PROD, 1, 1);
    pass(chain, 11 * S);
    assert_load(chain, PROD, 220 + 990, 660);
    assert_load(chain, NGINX, 1100, 540);
}

/* What people ask, and so much behind, in all that is counted: however often it is looked at. */
static void requests_are_conserved(void **state)
{
    struct chain_world *chain = *state;
    __int128 before = 0;
    for (int64_t step = 1; step < 500; step++) {
        have(chain, NGINX, 3, 1 + step % 3), have(chain, DEV, 2, step % 3),
            have(chain, PROD, 2, step / 7 % 3);
        pass(chain, step * 7919);
        const struct usage *front = &chain->services[NGINX].load->total;
        __int128 to_dev = front->served / 10, to_prod = front->served * 9 / 10;
        simtime now = chain->world->run->now;
        assert_true(chain->services[DEV].load->total.requests == to_dev);
        assert_true(chain->services[PROD].load->total.requests == to_prod + (__int128)20 * now);
        assert_true(front->requests == (__int128)100 * now);
        assert_true(front->failed >= before && front->failed <= front->served);
        before = front->failed;
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(only_those_that_are_connected_are_counted_together),
        TEST(one_that_fails_does_not_touch_the_other),
        TEST(what_is_asked_behind_is_what_is_taken_on),
        TEST(each_asker_gets_its_part_of_what_is_unserved),
        TEST(requests_are_conserved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
