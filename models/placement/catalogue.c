/* What a scenario may say about placement: the catalogues, the two shapes, and the chains used where nothing
 * is said. */
#include "models/placement/strategy.h"
#include <strings.h>

static const struct variant *const strategies[] = {
#define ENTRY(name) &strategy_##name,
#include "models/placement/strategies.def"
#undef ENTRY
    NULL};

static const struct variant *const constraints[] = {
#define ENTRY(name) &constraint_##name,
#include "models/placement/constraints.def"
#undef ENTRY
    NULL};

const struct catalogue placement_strategies = {"placement strategy", strategies};
const struct catalogue placement_constraints = {"placement constraint", constraints};

static const struct placement_strategy service_chain[] = {
    {&strategy_spread, "attribute:ecs.availability-zone"},
    {&strategy_spread, "instanceId"},
};
static const struct placement_strategy run_task_chain[] = {{&strategy_random, NULL}};

/* A list's items are not const because the reader fills them; these are only read. */
const struct list placement_default_for_services = {2, (void *)service_chain};
const struct list placement_default_for_run_task = {1, (void *)run_task_chain};

static const char *unknown_type(struct arena *arena, const struct catalogue *catalogue, const char *text)
{
    const char *names = "";
    for (const struct variant *const *variant = catalogue->variants; *variant; variant++)
        names = arena_format(arena, "%s%s%s", names, *names ? ", " : "", (*variant)->name);
    return arena_format(arena, "there is no %s `%s`; there are %s", catalogue->kind, text, names);
}

static const char *parse_type(struct arena *arena, const struct catalogue *catalogue, const char *text,
                              const struct variant **field)
{
    for (const struct variant *const *variant = catalogue->variants; *variant; variant++) {
        if (strcasecmp((*variant)->name, text) == 0) {
            *field = *variant;
            return NULL;
        }
    }
    return unknown_type(arena, catalogue, text);
}

static const char *parse_strategy_type(struct arena *arena, const char *text, void *field, size_t *where)
{
    *where = 0;
    return parse_type(arena, &placement_strategies, text, field);
}

static const char *parse_constraint_type(struct arena *arena, const char *text, void *field, size_t *where)
{
    *where = 0;
    return parse_type(arena, &placement_constraints, text, field);
}

static void check_strategy(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct placement_strategy *strategy = object;
    if (!strategy->variant)
        return; /* already a mistake */
    const struct strategy_verbs *verbs = strategy->variant->verbs;
    const char *wrong = verbs->check_field(mistakes_arena(mistakes), &strategy->field);
    if (wrong)
        mistake(mistakes, object, strategy->field ? "field" : "type", "%s", wrong);
}

static void check_constraint(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct placement_constraint *constraint = object;
    if (!constraint->variant)
        return; /* already a mistake */
    const struct constraint_verbs *verbs = constraint->variant->verbs;
    const char *wrong = verbs->check_expression(constraint->query);
    if (wrong)
        mistake(mistakes, object, constraint->query ? "expression" : "type", "%s", wrong);
    if (constraint->query)
        constraint->expression = query_text(constraint->query);
}

static const struct param strategy_params[] = {
    {.key = "type",
     .type = PARAM_PARSED,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct placement_strategy, variant, const struct variant *),
     .parse = parse_strategy_type,
     .meaning = "random, spread or binpack"},
    {.key = "field",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct placement_strategy, field, const char *),
     .meaning = "spread: instanceId (or host), or attribute:NAME; binpack: cpu or memory; random: none"},
    PARAM_END,
};

static const struct param constraint_params[] = {
    {.key = "type",
     .type = PARAM_PARSED,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct placement_constraint, variant, const struct variant *),
     .parse = parse_constraint_type,
     .meaning = "distinctInstance or memberOf"},
    {.key = "expression",
     .type = PARAM_PARSED,
     .offset = PARAM_OFFSET(struct placement_constraint, query, const struct query *),
     .parse = query_bind,
     .meaning = "memberOf: which instances, in the cluster query language, at most 2000 characters"},
    PARAM_END,
};

const struct shape placement_strategy_shape = {
    .name = "placement strategy",
    .size = sizeof(struct placement_strategy),
    .params = strategy_params,
    .check = check_strategy,
};

const struct shape placement_constraint_shape = {
    .name = "placement constraint",
    .size = sizeof(struct placement_constraint),
    .params = constraint_params,
    .check = check_constraint,
};

void placement_check(struct mistakes *mistakes, const void *object, const struct list *chain,
                     const struct list *conditions, const struct list *of_task_definition)
{
    size_t count =
        (conditions ? conditions->count : 0) + (of_task_definition ? of_task_definition->count : 0);
    if (chain && chain->count > PLACEMENT_STRATEGIES_MAX)
        mistake(mistakes, object, "placementStrategy", "%zu placement strategies; at most %d", chain->count,
                PLACEMENT_STRATEGIES_MAX);
    if (conditions && conditions->count && count > PLACEMENT_CONSTRAINTS_MAX)
        mistake(mistakes, object, "placementConstraints",
                "%zu placement constraints, with those of the task definition; at most %d", count,
                PLACEMENT_CONSTRAINTS_MAX);
}

void placement_check_task_definition(struct mistakes *mistakes, const void *object,
                                     const struct list *conditions)
{
    placement_check(mistakes, object, NULL, conditions, NULL);
    const struct placement_constraint *constraint = conditions->items;
    for (size_t i = 0; i < conditions->count; i++) {
        const struct variant *variant = constraint[i].variant;
        if (variant && !((const struct constraint_verbs *)variant->verbs)->in_task_definition)
            mistake(mistakes, &constraint[i], "type",
                    "%s cannot stand in a task definition; give it to the service or to runTask",
                    variant->name);
    }
}
