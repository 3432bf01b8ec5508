/* What every unit test includes. */
#ifndef TESTS_UNIT_UNIT_H
#define TESTS_UNIT_UNIT_H

#include "tests/group.h"

#define RUN_TESTS(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
