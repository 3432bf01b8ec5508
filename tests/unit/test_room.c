/* How many tasks of a definition an empty host takes. */
#include "models/settings/room.h"
#include "tests/unit/unit.h"

static const struct instance_type small = {
    .cpu_units = 1024, .memory_mib = 1000, .gpus = 2, .max_enis = 3, .awsvpc_tasks_with_trunking = 10};

/* Both sides of each number, against a count task by task. */
static int64_t counted(const struct task_definition_settings *definition, int64_t reserved)
{
    int64_t tasks = 0, cpu = small.cpu_units, memory = small.memory_mib - reserved, gpus = small.gpus;
    for (;; tasks++) {
        cpu -= definition->reserved_cpu;
        memory -= definition->reserved_memory_mib;
        gpus -= definition->reserved_gpus;
        if (cpu < 0 || memory < 0 || gpus < 0)
            return tasks;
    }
}

static void a_host_takes_what_it_has_room_for(void **state)
{
    (void)state;
    for (int64_t cpu = 0; cpu <= 1100; cpu += 64)
        for (int64_t memory = 1; memory <= 1001; memory += 50)
            for (int64_t gpus = 0; gpus <= 3; gpus++)
                for (int64_t reserved = 0; reserved <= 1200; reserved += 600) {
                    const struct ecs_config_settings config = {.reserved_memory_mib = reserved};
                    const struct host_kind host = {.type = &small, .config = &config};
                    const struct task_definition_settings definition = {
                        .reserved_cpu = cpu, .reserved_memory_mib = memory, .reserved_gpus = gpus};
                    assert_int_equal(room_on(&host, &definition, false).tasks,
                                     counted(&definition, reserved));
                }
}

static const struct ecs_config_settings no_config;
static const struct host_kind host = {.type = &small, .config = &no_config};

static void the_limit_is_named(void **state)
{
    (void)state;
    const struct task_definition_settings by_memory = {.reserved_cpu = 128, .reserved_memory_mib = 500},
                                          by_gpus = {.reserved_memory_mib = 1, .reserved_gpus = 2};
    const struct task_definition_settings by_both = {.reserved_cpu = 512, .reserved_memory_mib = 500};
    assert_int_equal(room_on(&host, &by_memory, false).limit, ROOM_MEMORY);
    assert_int_equal(room_on(&host, &by_gpus, false).limit, ROOM_GPUS);
    assert_int_equal(room_on(&host, &by_both, false).limit, ROOM_CPU);
}

static void a_network_interface_each_in_awsvpc(void **state)
{
    (void)state;
    const struct task_definition_settings definition = {.network_mode = NETWORK_AWSVPC,
                                                        .reserved_memory_mib = 6};
    struct room own = room_on(&host, &definition, false), trunked = room_on(&host, &definition, true);
    assert_int_equal(own.tasks, 2);
    assert_int_equal(own.limit, ROOM_INTERFACES);
    assert_int_equal(trunked.tasks, 10);
}

static void a_fixed_port_is_there_once(void **state)
{
    (void)state;
    struct host_port mine[] = {{8080, PORT_TCP}}, theirs[] = {{53, PORT_TCP}, {8080, PORT_UDP}},
                     kept[] = {{22, PORT_TCP}, {8080, PORT_TCP}};
    const struct ecs_config_settings config = {.reserved_ports = {2, kept}};
    const struct host_kind keeping = {.type = &small, .config = &config};
    const struct task_definition_settings one = {
        .reserved_memory_mib = 6, .host_ports = mine, .host_port_count = 1};
    const struct task_definition_settings other = {
        .reserved_memory_mib = 6, .host_ports = theirs, .host_port_count = 2};
    assert_int_equal(room_on(&host, &one, false).tasks, 1);
    assert_int_equal(room_on(&host, &one, false).limit, ROOM_PORTS);
    assert_int_equal(room_on(&keeping, &one, false).tasks, 0);
    assert_int_equal(room_on(&keeping, &other, false).tasks, 1);
    assert_null(room_shared_port(&one, &other));
    theirs[1].protocol = PORT_TCP;
    assert_ptr_equal(room_shared_port(&one, &other), &one.host_ports[0]);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_host_takes_what_it_has_room_for),
        cmocka_unit_test(the_limit_is_named),
        cmocka_unit_test(a_network_interface_each_in_awsvpc),
        cmocka_unit_test(a_fixed_port_is_there_once),
    };
    return RUN_TESTS(tests);
}
