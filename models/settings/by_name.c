#include "models/settings/by_name.h"
#include "models/settings/tables.h"

/* Lists whose elements say their name themselves. */
struct named_list {
    enum name_kind named;
    size_t list, element_size, name;
};

#define LIST(kind, field, element, text)                                                                     \
    {                                                                                                        \
        .named = kind, .list = PARAM_OFFSET(struct ecs_settings, field, struct list),                        \
        .element_size = sizeof(element), .name = PARAM_OFFSET(element, text, const char *)                   \
    }
static const struct named_list named_lists[] = {
    LIST(NAMED_AUTO_SCALING_GROUP, auto_scaling_groups, struct auto_scaling_group_settings, name),
    LIST(NAMED_INSTANCE_TYPE, instance_types, struct instance_type_settings, name),
    LIST(NAMED_LOAD_BALANCER, load_balancers, struct classic_load_balancer_settings, name),
    LIST(NAMED_SCALABLE_TARGET, scalable_targets, struct scalable_target_settings, service),
    LIST(NAMED_SERVICE, services, struct service_settings, name),
    LIST(NAMED_SUBNET, subnets, struct subnet_settings, id),
    LIST(NAMED_TARGET_GROUP, target_groups, struct target_group_settings, name),
};
#undef LIST

static void index_list(struct ecs_settings *settings, const struct named_list *of)
{
    const struct list *list = (const void *)((const char *)settings + of->list);
    const char *element = list->items;
    for (size_t i = 0; i < list->count; i++, element += of->element_size)
        symbol_enter(&settings->by_name[of->named], *(const char *const *)(element + of->name), element);
}

void settings_index(struct arena *arena, struct ecs_settings *settings)
{
    for (enum name_kind named = 0; named < NAMED_KINDS; named++)
        settings->by_name[named].arena = arena;
    for (size_t i = 0; i < sizeof named_lists / sizeof *named_lists; i++)
        index_list(settings, &named_lists[i]);
    settings_index_zones(settings);
    settings_index_definitions(settings);
    settings_index_launch_templates(settings);
    settings_index_ebs_volumes(settings);
    settings_index_metrics(settings);
    settings_index_loads(settings);
    settings_index_policies(settings);
    settings_index_scheduled_actions(settings);
    settings_index_roles(settings);
}

const void *settings_named(const struct ecs_settings *settings, enum name_kind named, const char *name)
{
    return symbol_entered(&settings->by_name[named], name);
}

int64_t settings_nth(struct symbols *symbols, const char *name)
{
    return name ? ++symbol_named(symbols, name)->number : 0;
}
