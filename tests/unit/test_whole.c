/* Results are there whole or not at all, and nothing of a person's is ever replaced. */
#include "sim/report/output.h"
#include "sim/report/whole.h"
#include "tests/group.h"
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char summary[] = "{\n  \"name\": \"x\",\n  \"version\": \"1\",\n  \"fingerprint\": \"00\"\n}\n";

static void put(const char *folder, const char *name, const char *bytes)
{
    struct text text = {0};
    text_add(&text, bytes);
    output_write(folder, name, &text);
    text_free(&text);
}

static void assert_holds(const char *path, const char *bytes)
{
    struct text text = {0};
    assert_true(input_read(path, &text));
    assert_string_equal(text.bytes, bytes);
    text_free(&text);
}

/* Entries but . and .. */
static int entries_in(const char *folder)
{
    int entries = -2;
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    while (readdir(directory))
        entries++;
    closedir(directory);
    return entries;
}

static bool allowed(const char *target)
{
    struct text why = {0};
    bool may = whole_allowed(target, &why);
    assert_int_equal(may, !why.length);
    text_free(&why);
    return may;
}

static void write_results(const char *target, const char *bytes, bool without_exchange)
{
    struct whole *whole = whole_begin(target);
    if (without_exchange)
        whole_without_exchange(whole);
    put(whole_folder(whole), "summary.json", summary);
    put(whole_folder(whole), "rows.csv", bytes);
    whole_keep(whole);
}

/* Each test works in an empty folder of its own. */
static int enter_folder(void **state)
{
    char *folder = strdup("/tmp/ecsim-whole-XXXXXX");
    *state = folder;
    return !mkdtemp(folder) || chdir(folder);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *position)
{
    (void)status;
    (void)type;
    (void)position;
    return remove(path);
}

static int leave_folder(void **state)
{
    int failed = chdir("/") || nftw(*state, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(*state);
    return failed;
}

static void results_appear_when_kept(void **state)
{
    (void)state;
    struct whole *whole = whole_begin("a/b//c/");
    put(whole_folder(whole), "rows.csv", "1");
    assert_int_equal(access("a/b/c", F_OK), -1);
    whole_keep(whole);
    assert_holds("a/b/c/rows.csv", "1");
    assert_int_equal(entries_in("a/b"), 1);
}

static void dropped_results_leave_nothing(void **state)
{
    (void)state;
    write_results("x", "old", false);
    struct whole *whole = whole_begin("x");
    put(whole_folder(whole), "rows.csv", "new");
    whole_drop(whole);
    assert_holds("x/rows.csv", "old");
    assert_int_equal(entries_in("."), 1);
}

static void later_results_replace_all_of_the_earlier(void **state)
{
    (void)state;
    for (int without_exchange = 0; without_exchange < 2; without_exchange++) {
        write_results("x", "old", without_exchange);
        put("x", "only-in-old", "");
        write_results("x", "new", without_exchange);
        assert_holds("x/rows.csv", "new");
        assert_int_equal(entries_in("x"), 2);
        assert_int_equal(entries_in("."), 1);
    }
}

static void part_folders_of_the_dead_are_swept(void **state)
{
    (void)state;
    mkdir(".part-1", 0777);
    put(".part-1", "rows.csv", "half");
    whole_drop(whole_begin("x"));
    assert_int_equal(entries_in("."), 0);
}

static void part_folders_of_the_living_are_left(void **state)
{
    (void)state;
    struct whole *first = whole_begin("x"), *second = whole_begin("y");
    put(whole_folder(first), "rows.csv", "first");
    put(whole_folder(second), "rows.csv", "second");
    whole_keep(first);
    whole_keep(second);
    assert_holds("x/rows.csv", "first");
    assert_holds("y/rows.csv", "second");
}

static void hidden_folders_of_others_are_left(void **state)
{
    (void)state;
    mkdir(".part-list", 0777);
    whole_drop(whole_begin("x"));
    assert_int_equal(entries_in("."), 1);
}

static void death_between_two_renames_is_repaired(void **state)
{
    (void)state;
    write_results("x", "old", false);
    rename("x", ".old-x");
    whole_drop(whole_begin("x"));
    assert_holds("x/rows.csv", "old");
}

static void death_after_two_renames_keeps_the_new(void **state)
{
    (void)state;
    write_results("x", "new", false);
    write_results(".old-x", "old", false);
    whole_drop(whole_begin("x"));
    assert_holds("x/rows.csv", "new");
    assert_int_equal(entries_in("."), 1);
}

static void only_our_results_may_be_replaced(void **state)
{
    (void)state;
    assert_true(allowed("absent/deep"));
    mkdir("empty", 0777);
    assert_true(allowed("empty"));
    write_results("ours", "", false);
    assert_true(allowed("ours/"));
    mkdir("study", 0777);
    put("study", "study.csv", "seed\n");
    assert_true(allowed("study"));
}

static void what_is_not_ours_is_refused(void **state)
{
    (void)state;
    mkdir("thesis", 0777);
    put("thesis", "chapter-1.txt", "years of work");
    assert_false(allowed("thesis"));
    put("thesis", "summary.json", "{\"grade\": 1}");
    assert_false(allowed("thesis"));
    put(".", "file", "");
    assert_false(allowed("file"));
    write_results("ours", "", false);
    assert_int_equal(symlink("ours", "link"), 0);
    assert_false(allowed("link"));
    assert_false(allowed("."));
    assert_false(allowed("ours/.."));
    assert_false(allowed("/"));
    assert_false(allowed(""));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(results_appear_when_kept),
        TEST(dropped_results_leave_nothing),
        TEST(later_results_replace_all_of_the_earlier),
        TEST(part_folders_of_the_dead_are_swept),
        TEST(part_folders_of_the_living_are_left),
        TEST(hidden_folders_of_others_are_left),
        TEST(death_between_two_renames_is_repaired),
        TEST(death_after_two_renames_keeps_the_new),
        TEST(only_our_results_may_be_replaced),
        TEST(what_is_not_ours_is_refused),
    };
    return cmocka_run_group_tests_name("whole", tests, NULL, NULL);
}
