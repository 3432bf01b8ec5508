/* The tests of a file: a group. tests/runner.c runs them, those of one file or of all files in one program.
 *
 * A file ends with TEST_GROUP() and the body of a function that gives what cmocka_run_group_tests() gives. A
 * file that takes arguments has a main() instead and is a program of its own. */
#ifndef TESTS_GROUP_H
#define TESTS_GROUP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants those first */
#include <cmocka.h>

struct test_group {
    const char *file; /* tests/unit/test_x.c */
    int (*run)(void); /* the number of tests that failed */
};

/* The linker gathers the groups of all files in one section. */
#define TEST_GROUP()                                                                                         \
    static int run_test_group(void);                                                                         \
    static const struct test_group this_test_group = {__FILE__, run_test_group};                             \
    static const struct test_group *const gathered_test_group                                                \
        __attribute__((section("test_groups"), used)) = &this_test_group;                                    \
    static int run_test_group(void)

#endif
