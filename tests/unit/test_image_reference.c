/* Names of images, as Docker reads them. */
#include "models/settings/image_reference.h"
#include "tests/unit/unit.h"

struct expected {
    const char *text, *registry, *path, *tag, *digest;
};

static void assert_same(const char *a, const char *b)
{
    if (!a || !b)
        assert_ptr_equal(a, b);
    else
        assert_string_equal(a, b);
}

static void names_are_read_as_docker_reads_them(void **state)
{
    (void)state;
    const struct expected table[] = {
        {"nginx", NULL, "nginx", "latest", NULL},
        {"nginx:1.10.1", NULL, "nginx", "1.10.1", NULL},
        {"library/nginx:1", NULL, "nginx", "1", NULL},
        {"team/app:2", NULL, "team/app", "2", NULL},
        {"app@sha256:aa", NULL, "app", NULL, "sha256:aa"},
        {"app:2@sha256:aa", NULL, "app", NULL, "sha256:aa"},
        {"docker.io/library/nginx", "docker.io", "nginx", "latest", NULL},
        {"localhost/app", "localhost", "app", "latest", NULL},
        {"localhost:5000/app:3", "localhost:5000", "app", "3", NULL},
        {"public.ecr.aws/x/app:1", "public.ecr.aws", "x/app", "1", NULL},
        {"111122223333.dkr.ecr.us-east-1.amazonaws.com/a/b:1", "ecr", "a/b", "1", NULL},
        {"ecr/app:1", NULL, "ecr/app", "1", NULL},
        {"@sha256:aa", NULL, "", NULL, "sha256:aa"},
        {":", NULL, "", "", NULL},
        {"/", NULL, "/", "latest", NULL},
        {"quay.io/", "quay.io", "", "latest", NULL},
        {"", NULL, "", "latest", NULL},
    };
    struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct image_reference reference = image_reference_of(arena, table[i].text);
        assert_same(reference.registry, table[i].registry);
        assert_same(reference.path, table[i].path);
        assert_same(reference.tag, table[i].tag);
        assert_same(reference.digest, table[i].digest);
    }
    arena_free(arena);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_as_docker_reads_them),
    };
    return RUN_TESTS(tests);
}
