#include "models/settings/instance_types.h"
#include "sim/engine/param.h"
#include <stdlib.h>
#include <string.h>

#define MEASURED false
#define ESTIMATED true

const struct instance_type instance_types[] = {
#define INSTANCE_TYPE(type, architecture, cpus, memory, how, gpu_count, enis, trunking, dollars)             \
    {.name = type,                                                                                           \
     .arch = #architecture,                                                                                  \
     .vcpu = cpus,                                                                                           \
     .cpu_units = (cpus)*1024,                                                                               \
     .memory_mib = memory,                                                                                   \
     .memory_estimated = how,                                                                                \
     .gpus = gpu_count,                                                                                      \
     .max_enis = enis,                                                                                       \
     .awsvpc_tasks_with_trunking = trunking,                                                                 \
     .price = dollars},
#include "models/settings/instance_types.def"
#undef INSTANCE_TYPE
};

const size_t instance_type_count = sizeof instance_types / sizeof *instance_types;

static const char *const names[] = {
#define INSTANCE_TYPE(type, architecture, cpus, memory, how, gpu_count, enis, trunking, dollars) type,
#include "models/settings/instance_types.def"
#undef INSTANCE_TYPE
    NULL};

static int compare_name(const void *name, const void *type)
{
    return strcmp(name, ((const struct instance_type *)type)->name);
}

const struct instance_type *instance_type_find(const char *name)
{
    return bsearch(name, instance_types, instance_type_count, sizeof *instance_types, compare_name);
}

const char *instance_type_nearest(const char *name)
{
    return nearest_name(name, names);
}
