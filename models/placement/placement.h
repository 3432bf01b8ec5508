/* Where a task goes, and which task goes when one must.
 *
 * Placement sees instances only as `struct placement_facts`, a mirror that the world keeps up to date through
 * one door, placement_touch(). A strategy is a rank of one instance, lower is better; a chain is the
 * lexicographic order of its ranks; the last tie goes to the instance registered first, but under `random`,
 * which draws among the tied. Constraints are binding, strategies are best-effort. [DG:task-placement]
 *
 * The definition is a scan over all instances (scan.c); views (views.h) give its answers without looking at
 * each of them. Everything is decided from the facts, the tallies and the request, never from memory
 * addresses or the past. */
#ifndef MODELS_PLACEMENT_PLACEMENT_H
#define MODELS_PLACEMENT_PLACEMENT_H

#include "sim/engine/param.h"
#include "sim/engine/rng.h"
#include "sim/engine/text.h"

struct placement;
struct query; /* a parsed expression of the cluster query language */

typedef uint32_t placement_instance; /* index in order of registration */
typedef uint32_t placement_group;    /* a service, or a task group such as family:batch */
#define PLACEMENT_NONE UINT32_MAX

enum port_protocol { PORT_TCP, PORT_UDP };

struct host_port {
    uint16_t port;
    uint8_t protocol; /* enum port_protocol */
};

struct attribute {
    const char *name;  /* "ecs.availability-zone", "stack" */
    const char *value; /* NULL: the attribute exists without a value */
};

/* All that placement can see of an instance. Names of attributes ignore case, since placement's fields do; of
 * two attributes with one name the first counts. */
struct placement_facts {
    /* What most refusals look at comes first: it fills a cache line. */
    bool active;                         /* status ACTIVE; others take no tasks */
    bool agent_connected;                /* else refused for AGENT [API:ContainerInstance.agentConnected] */
    uint16_t port_count;                 /* host ports in use */
    unsigned capabilities;               /* a bit each; the world knows what they are */
    int64_t cpu, memory_mib, gpus, enis; /* remaining, as ECS sees them */
    /* Of these, kept for daemons whose tasks are missing here: only their requests may use it. */
    int64_t kept_cpu, kept_memory_mib, kept_enis;
    struct host_port *ports;            /* in any order; owned by the placement, see placement_take_port */
    const struct attribute *attributes; /* owned by the instance; must not change while it is registered */
    uint32_t attribute_count;
    int32_t running_tasks_count;
    int64_t registered_at_us; /* unix time */
    const char *ec2_instance_id, *agent_version;
};

/* An instance has at most so many host ports reserved at a time, those of its agent included.
 * [API:PortMapping.hostPort] */
enum { PLACEMENT_PORTS_MAX = 100 };

/* Why an instance was refused, in the order in which ECS checks [DG:task-placement]: agent, resources, then
 * constraints; where LOCATION stands among them is a choice. */
enum placement_refusal {
    REFUSED_NOT,
    REFUSED_INACTIVE, /* not ACTIVE: not even a candidate */
    REFUSED_AGENT,
    REFUSED_CPU,
    REFUSED_MEMORY,
    REFUSED_PORTS,
    REFUSED_GPU,
    REFUSED_ENI,
    REFUSED_LOCATION,     /* in another zone than the task's subnets */
    REFUSED_ATTRIBUTE,    /* a memberOf constraint */
    REFUSED_DISTINCT,     /* distinctInstance */
    REFUSED_FARGATE,      /* said by the world: Fargate has no capacity */
    REFUSED_PROVISIONING, /* said by the world: as many tasks as may be wait in PROVISIONING */
    REFUSED_CAPABILITY,   /* it lacks an attribute that the task definition needs: looked at last, a choice */
    REFUSED_COUNT,
};

/* As RunTask's failures and service events say: "RESOURCE:CPU", "AGENT", "MemberOf placement constraint
 * unsatisfied.", … [DG:api_failures_messages; observed: amazon-ecs-agent#3044, containers-roadmap#723] */
extern const char *const placement_refusal_names[REFUSED_COUNT];

/* placementStrategy: [{type, field}] and placementConstraints: [{type, expression}] of a service, RunTask or
 * task definition. */
struct placement_strategy {
    const struct variant *variant; /* its verbs: const struct strategy_verbs * */
    /* Normalised: "instanceId", "attribute:…" in lower case, "cpu", "memory"; NULL under random */
    const char *field;
};

struct placement_constraint {
    const struct variant *variant;
    const struct query *query; /* memberOf */
    const char *expression;    /* the query's text */
};

enum { PLACEMENT_STRATEGIES_MAX = 5, PLACEMENT_CONSTRAINTS_MAX = 10 }; /* [API:CreateServiceRequest] */

extern const struct shape placement_strategy_shape;
extern const struct shape placement_constraint_shape;
extern const struct catalogue placement_strategies, placement_constraints;

/* Chains that ECS uses where none is given. Services: spread over zones, then the instance with fewest tasks
 * of this service [API:UpdateService]. RunTask: random [blog: ECS task placement]. */
extern const struct list placement_default_for_services, placement_default_for_run_task;

/* For the checks of whoever has such lists: their mistakes at `object`. At most five strategies and ten
 * constraints, those of the task definition included [API:CreateServiceRequest.placementConstraints];
 * distinctInstance may not stand in a task definition [DG:task-placement-constraints]. Any list may be NULL.
 */
void placement_check(struct mistakes *, const void *object, const struct list *strategies,
                     const struct list *constraints, const struct list *of_task_definition);
void placement_check_task_definition(struct mistakes *, const void *object, const struct list *constraints);

/* Instances that a request takes at all, beside its constraints; several are chained. An instance that a
 * filter does not admit is refused for `refusal`; REFUSED_INACTIVE: it is not even a candidate. The answer
 * for a context and an instance is remembered: whoever changes it touches the instance. */
struct placement_filter {
    bool (*admits)(const void *context, placement_instance);
    const void *context;
    enum placement_refusal refusal;
    const struct placement_filter *next;
};

/* Copied where it is remembered, but for names, queries and what filters look at: these stay what they are as
 * long as the placement. */
struct placement_request {
    placement_group group;
    int64_t cpu, memory_mib, gpus, enis;
    unsigned capabilities; /* that it needs */
    const struct host_port *ports;
    size_t port_count;
    const struct list
        *availability_zones;           /* of const char *, those of the task's subnets; NULL or empty: any */
    const struct list *strategies;     /* of struct placement_strategy */
    const struct list *constraints[2]; /* of struct placement_constraint: the task definition's and the
                                          service's; either may be NULL */
    const struct placement_filter *filter; /* NULL: none */
    bool uses_kept_room;                   /* it is a daemon's */
    rng_key draw;                          /* for random */
};

struct placement *placement_new(struct arena *);
void placement_free(struct placement *); /* what is not in the arena */

/* Instances. An instance that is gone stays as an index that is not active. The facts are copied, their ports
 * too; pointers to the copy stay good. */
placement_instance placement_register(struct placement *, const struct placement_facts *);
size_t placement_instance_count(const struct placement *);
const struct placement_facts *placement_see(const struct placement *, placement_instance);
/* The one door: whoever changes what placement can see asks for the facts here. The second costs less: for
 * what no filter of placement_choose_stop() looks at, as what remains of the resources. */
struct placement_facts *placement_touch(struct placement *, placement_instance);
struct placement_facts *placement_touch_room(struct placement *, placement_instance);
void placement_take_port(struct placement *, placement_instance, struct host_port);
void placement_free_port(struct placement *, placement_instance, struct host_port);

/* Groups, and how many of a group's tasks (desired status RUNNING) an instance has: what spread,
 * distinctInstance and task:group look at. */
placement_group placement_group_of(struct placement *, const char *name); /* the same for the same name */
void placement_count_task(struct placement *, placement_group, placement_instance, int change);
int64_t placement_tasks_on(const struct placement *, placement_group, placement_instance);
int64_t placement_instances_used(const struct placement *, placement_group); /* that have such a task */
int64_t placement_most_tasks(const struct placement *, placement_group);     /* of any instance */
placement_group placement_find_group(const struct placement *,
                                     const char *name); /* PLACEMENT_NONE if nobody asked for it yet */
size_t placement_group_count(const struct placement *);
const char *placement_group_name(const struct placement *, placement_group);

/* NULL if the instance does not have it. */
const struct attribute *placement_find_attribute(const struct placement_facts *, const char *name);

/* The instance on which the task goes, or PLACEMENT_NONE. Under random the tied are numbered in order of
 * registration and one is drawn; of more than 64, eligible instances are drawn until one is tied. Strategies
 * after random are ignored. */
placement_instance placement_choose(struct placement *, const struct placement_request *);

/* Tasks of some kind counted by instance, those of a deployment that may be stopped, say. The placement owns
 * it; it is empty when it is taken and when it is given back. */
struct placement_tally;
struct placement_tally *placement_tally_take(struct placement *);
void placement_tally_give(struct placement *, struct placement_tally *);
void placement_tally_add(struct placement *, struct placement_tally *, placement_instance, int change);
int64_t placement_tally_of(const struct placement_tally *, placement_instance);

/* The instance from which a task of the group should be stopped, among those that have such `candidates` and
 * that the request's filters admit; of the request nothing else matters but its chain. Chains are turned
 * round: spread takes from the attribute value with most tasks and draws the last tie, binpack takes from the
 * instance that has most of its resource left [DG:task-placement-strategies]; the services' default, two
 * spreads, takes from the busiest zone, then the busiest instance [API:UpdateService]. PLACEMENT_NONE if
 * there is no candidate. */
placement_instance placement_choose_stop(struct placement *, const struct placement_request *,
                                         struct placement_tally *candidates);

/* Whether an instance satisfies the memberOf constraints of the list. */
bool placement_satisfies(const struct placement *, const struct list *constraints, placement_instance);

/* Whether it is in one of these zones, a list of const char *; NULL or empty: any. */
bool placement_reaches(const struct placement *, const struct list *availability_zones, placement_instance);

/* Why one instance would not take the task. */
enum placement_refusal placement_refuses(const struct placement *, const struct placement_request *,
                                         placement_instance);

/* For who explains a choice. By how many strategies of its chain a request ranks, and whether instances that
 * tie on all of them are drawn among; how an instance ranks by one of these, lower is better. */
size_t placement_ranks(struct placement *, const struct placement_request *, bool *draws);
int64_t placement_rank_by(struct placement *, const struct placement_request *, size_t strategy,
                          placement_instance);

/* Why none did: the refusal of the closest match (the active instance that failed at the latest check; the
 * first registered of those) and which it was; REFUSED_INACTIVE and PLACEMENT_NONE if there is no active
 * instance. */
enum placement_refusal placement_closest(struct placement *, const struct placement_request *,
                                         placement_instance *closest);

/* The cluster query language. NULL and *error, *where (a byte of the text) if the text is wrong.
 * [ODG:cluster-query-language] Settled where AWS is silent: `and` binds closer than `or`; =~ matches the
 * whole value; a comparison with an absent value is false and its negation (!=, !in, !~) true; subjects and
 * operators ignore case, values do not; attributes are ordered as whole numbers where both are, else byte by
 * byte; `task:group` compares with any group that has tasks on the instance. */
enum { QUERY_TEXT_MAX = 2000 }; /* [API:PlacementConstraint.expression] */
struct query *query_parse(struct arena *, const char *text, const char **error, size_t *where);
const char *query_bind(struct arena *, const char *text, void *field,
                       size_t *where); /* a param's parse hook; const struct query * */
const char *query_text(const struct query *);
bool query_matches(const struct query *, const struct placement *, placement_instance);

#endif
