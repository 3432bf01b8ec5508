/* launchTemplates: versions as describe-launch-template-versions prints them, and what names one. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const market_types[] = {
    [MARKET_TYPE_NOT_SAID] = "",
    [MARKET_TYPE_SPOT] = "spot",
    [MARKET_TYPE_CAPACITY_BLOCK] = "capacity-block",
    NULL,
};

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct spot_options_settings
static const struct param spot_options_params[] = {
    ROW("maxPrice", NUMBER, max_price,
        "the most that a host may cost, dollars an hour; a dearer pool is not used (default: the On-Demand "
        "price)",
        RANGE(0, MOST_PRICE)),
    PARAM_END,
};
#undef OF

static const struct shape spot_options_shape = {
    .name = "Spot options",
    .size = sizeof(struct spot_options_settings),
    .params = spot_options_params,
};

#define OF struct instance_market_options_settings
static const struct param market_options_params[] = {
    ROW("marketType", CHOICE, market_type, "spot: every host is of the Spot market (default: On-Demand)",
        ONE_OF(market_types)),
    ROW_STRUCT("spotOptions", spot_options, struct spot_options_settings, spot_options_shape,
               "what it may cost"),
    PARAM_END,
};
#undef OF

static const struct shape market_options_shape = {
    .name = "instance market options",
    .size = sizeof(struct instance_market_options_settings),
    .params = market_options_params,
};

#define OF struct launch_template_data_settings
static const struct param data_params[] = {
    ROW("instanceType", TEXT, instance_type,
        "type of the hosts (default: what the overrides of a mixed instances policy say)"),
    ROW_STRUCT("instanceMarketOptions", market_options, struct instance_market_options_settings,
               market_options_shape, "On-Demand or Spot"),
    ROW_STRUCT("iamInstanceProfile", instance_profile, struct instance_profile_settings,
               instance_profile_shape, "the role by which the agents call ECS"),
    ROW("instanceRequirements", UNREAD, instance_requirements, "not modelled yet"),
    PARAM_END,
};
#undef OF

static void check_data(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct launch_template_data_settings *data = object;
    if (data->instance_requirements)
        settings_warn_unmodelled(mistakes, data, "instanceRequirements",
                                 "choosing instance types by their attributes");
    if (data->market_options.market_type == MARKET_TYPE_CAPACITY_BLOCK)
        settings_warn_unmodelled(mistakes, &data->market_options, "marketType", "a Capacity Block");
}

static const struct shape data_shape = {
    .name = "launch template data",
    .size = sizeof(struct launch_template_data_settings),
    .params = data_params,
    .check = check_data,
};

#define OF struct launch_template_settings
static const struct param launch_template_params[] = {
    ROW("launchTemplateName", NAME, name, "its name", REQUIRED),
    ROW("launchTemplateId", TEXT, id, "its id, by which groups may name it, too"),
    ROW("versionNumber", INTEGER, version, "its version (default: one more than the highest so far)",
        RANGE(1, INT32_MAX)),
    ROW("defaultVersion", FLAG, is_default,
        "whether $Default means this version (default: it means the lowest)"),
    ROW_STRUCT("launchTemplateData", data, struct launch_template_data_settings, data_shape,
               "what it launches"),
    PARAM_END,
};
#undef OF

const struct shape launch_template_shape = {
    .name = "launch template",
    .size = sizeof(struct launch_template_settings),
    .params = launch_template_params,
    .collection = "launchTemplates",
    .name_key = "launchTemplateName",
    .revision_key = "versionNumber",
};

static void check_specification(struct mistakes *, void *object, void *root);

#define OF struct launch_template_specification_settings
static const struct param specification_params[] = {
    ROW("launchTemplateName", NAME, name, "name of one of `launchTemplates`"),
    ROW("launchTemplateId", TEXT, id, "or its id"),
    ROW("version", TEXT, version, "a number, $Latest or $Default (default: $Default)"),
    PARAM_END,
};
#undef OF

const struct shape launch_template_specification_shape = {
    .name = "launch template specification",
    .size = sizeof(struct launch_template_specification_settings),
    .params = specification_params,
    .check = check_specification,
};

const char *settings_template_type(const struct launch_template_specification_settings *specification)
{
    const struct launch_template_settings *template = specification ? specification->launch_template : NULL;
    return template ? template->data.instance_type : NULL;
}

/* --- which version ---------------------------------------------------------------------------- */

enum wanted { WANTED_DEFAULT, WANTED_LATEST, WANTED_NUMBER };

/* Whether `one` is meant rather than `other`, which may be NULL. */
static bool is_meant_before(enum wanted wanted, const struct launch_template_settings *one,
                            const struct launch_template_settings *other)
{
    if (!other)
        return true;
    if (wanted == WANTED_LATEST)
        return one->version > other->version;
    return one->is_default != other->is_default ? one->is_default : one->version < other->version;
}

/* As NAMED_LAUNCH_TEMPLATE says. `by` is what it is named by, as one template's name may be another's id. */
static const char *name_of_version(struct arena *arena, const char *by, const char *template,
                                   enum wanted wanted, int64_t number)
{
    if (wanted == WANTED_NUMBER)
        return arena_format(arena, "%s %s:%" PRId64, by, template, number);
    return arena_format(arena, "%s %s:%s", by, template, wanted == WANTED_LATEST ? "$Latest" : "$Default");
}

static void index_version(struct symbols *index, const char *by, const char *name,
                          const struct launch_template_settings *template)
{
    for (enum wanted wanted = WANTED_DEFAULT; name && wanted <= WANTED_NUMBER; wanted++) {
        struct symbol *symbol =
            symbol_named(index, name_of_version(index->arena, by, name, wanted, template->version));
        if (is_meant_before(wanted, template, symbol->pointer))
            symbol->pointer = template;
    }
}

void settings_index_launch_templates(struct ecs_settings *settings)
{
    struct symbols *index = &settings->by_name[NAMED_LAUNCH_TEMPLATE];
    EACH(struct launch_template_settings, each, settings->launch_templates) {
        index_version(index, "name", each->name, each);
        index_version(index, "id", each->id, each);
    }
}

/* [API autoscaling:LaunchTemplateSpecification: one of name and id] */
static const struct launch_template_settings *
find_version(struct arena *arena, const struct ecs_settings *settings,
             const struct launch_template_specification_settings *specification, enum wanted wanted,
             int64_t number)
{
    const char *by = specification->name ? "name" : "id";
    const char *template = specification->name ? specification->name : specification->id;
    return settings_named(settings, NAMED_LAUNCH_TEMPLATE,
                          name_of_version(arena, by, template, wanted, number));
}

static bool read_number(const char *text, int64_t *number)
{
    char *end;
    *number = strtoll(text, &end, 10);
    return end > text && *end == '\0' && *number > 0;
}

static void resolve(struct mistakes *mistakes, const struct ecs_settings *settings,
                    struct launch_template_specification_settings *specification, enum wanted wanted,
                    int64_t number)
{
    struct arena *arena = mistakes_arena(mistakes);
    specification->launch_template = find_version(arena, settings, specification, wanted, number);
    if (specification->launch_template)
        return;
    if (find_version(arena, settings, specification, WANTED_LATEST, 0))
        mistake(mistakes, specification, "version", "the launch template has no version %" PRId64, number);
    else if (specification->name)
        mistake(mistakes, specification, "launchTemplateName", "there is no launch template `%s`",
                specification->name);
    else
        mistake(mistakes, specification, "launchTemplateId", "there is no launch template `%s`",
                specification->id);
}

static enum wanted wanted_version(const char *version)
{
    if (!version || settings_same(version, "$Default"))
        return WANTED_DEFAULT;
    return settings_same(version, "$Latest") ? WANTED_LATEST : WANTED_NUMBER;
}

/* A scenario without `launchTemplates` may still hold what AWS printed of a group: then its instances, or its
 * overrides, say their types. */
static void check_specification(struct mistakes *mistakes, void *object, void *root)
{
    struct launch_template_specification_settings *specification = object;
    const struct ecs_settings *settings = root;
    enum wanted wanted = wanted_version(specification->version);
    int64_t number = 0;
    if (!specification->name && !specification->id)
        mistake(mistakes, specification, NULL, "it needs a launchTemplateName or a launchTemplateId");
    else if (wanted == WANTED_NUMBER && !read_number(specification->version, &number))
        mistake(mistakes, specification, "version",
                "`%s` is no version of a launch template: a number, $Latest or $Default",
                specification->version);
    else if (settings->launch_templates.count > 0)
        resolve(mistakes, settings, specification, wanted, number);
}
