#include "sim/report/whole.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/engine/text.h"
#include "sim/report/output.h"
#include "sim/report/summary.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART ".part-"
#define OLD ".old-"

struct whole {
    struct arena *arena;
    const char *target; /* without slashes at its end */
    const char *parent; /* "." where the target has no folder before it */
    const char *part;
    const char *old;
    int part_lock;
    bool without_exchange;
};

static bool is_dots(const char *name)
{
    return !strcmp(name, ".") || !strcmp(name, "..");
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static char *without_end_slashes(struct arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length && path[length - 1] == '/')
        length--;
    return arena_copy(arena, path, length);
}

static bool exists(const char *path)
{
    struct stat status;
    return !lstat(path, &status);
}

static bool is_empty(const char *folder)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return false;
    bool empty = true;
    for (struct dirent *entry; empty && (entry = readdir(directory));)
        empty = is_dots(entry->d_name);
    closedir(directory);
    return empty;
}

static int is_journal(const struct dirent *entry)
{
    return !strncmp(entry->d_name, STUDY_JOURNAL, strlen(STUDY_JOURNAL));
}

static bool holds_journal(const char *folder)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_journal, NULL);
    for (int i = 0; i < count; i++)
        free(entries[i]);
    if (count >= 0)
        free(entries);
    return count > 0;
}

/* Results of ours, or of a study. */
static bool is_ours(struct arena *arena, const char *folder)
{
    struct text summary = {0};
    bool ours =
        input_read(arena_format(arena, "%s/summary.json", folder), &summary) && summary_is_ours(&summary);
    text_free(&summary);
    return ours || exists(arena_format(arena, "%s/study.csv", folder)) || holds_journal(folder);
}

static const char *refusal(struct arena *arena, const char *target)
{
    const char *path = without_end_slashes(arena, target);
    struct stat status;
    if (!*path || is_dots(name_of(path)))
        return "results need a folder with a name of its own";
    if (lstat(path, &status))
        return errno == ENOENT || errno == ENOTDIR ? NULL : strerror(errno);
    if (S_ISLNK(status.st_mode))
        return "this is a symbolic link; name the folder to which it leads";
    if (!S_ISDIR(status.st_mode))
        return "this is not a folder";
    if (is_empty(path) || is_ours(arena, path))
        return NULL;
    return "this folder holds something, and no results of ecsim; they would replace it";
}

bool whole_allowed(const char *target, struct text *why)
{
    struct arena *arena = arena_new();
    const char *sentence = refusal(arena, target);
    if (sentence)
        text_add_format(why, "%s: %s", target, sentence);
    arena_free(arena);
    return !sentence;
}

static int lock_folder(const char *path, int operation)
{
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0 || !flock(descriptor, operation))
        return descriptor;
    close(descriptor);
    return -1;
}

static int lock_parent(const struct whole *whole)
{
    /* The parent may be a link that a person made: its last slash lets it be followed. */
    int lock = lock_folder(arena_format(whole->arena, "%s/", whole->parent), LOCK_EX);
    if (lock < 0)
        machine_failed("cannot lock %s: %s", whole->parent, strerror(errno));
    return lock;
}

/* Removes the part folders of the dead: the living hold a lock. */
static void sweep(const struct whole *whole)
{
    DIR *directory = opendir(whole->parent);
    if (!directory)
        return;
    for (struct dirent *entry; (entry = readdir(directory));) {
        if (strncmp(entry->d_name, PART, strlen(PART)) ||
            !isdigit((unsigned char)entry->d_name[strlen(PART)]))
            continue;
        const char *path = arena_format(whole->arena, "%s/%s", whole->parent, entry->d_name);
        int lock = lock_folder(path, LOCK_EX | LOCK_NB);
        if (lock < 0)
            continue;
        output_remove(path);
        close(lock);
    }
    closedir(directory);
}

/* Somebody died between two renames, or before the older results were removed. */
static void restore(const struct whole *whole)
{
    if (!exists(whole->old))
        return;
    if (rename(whole->old, whole->target))
        output_remove(whole->old);
}

static void make_part(struct whole *whole)
{
    long process = (long)getpid();
    whole->part = arena_format(whole->arena, "%s/" PART "%ld", whole->parent, process);
    /* One process may write several folders, and processes of other machines may have the same number. */
    for (int more = 2; mkdir(whole->part, 0777); more++) {
        if (errno != EEXIST)
            machine_failed("cannot create %s: %s", whole->part, strerror(errno));
        whole->part = arena_format(whole->arena, "%s/" PART "%ld-%d", whole->parent, process, more);
    }
    whole->part_lock = lock_folder(whole->part, LOCK_EX | LOCK_NB);
    if (whole->part_lock < 0)
        machine_failed("cannot lock %s: %s", whole->part, strerror(errno));
}

struct whole *whole_begin(const char *target)
{
    struct whole *whole = memory_alloc(sizeof *whole);
    *whole = (struct whole){.arena = arena_new()};
    whole->target = without_end_slashes(whole->arena, target);
    const char *name = name_of(whole->target);
    size_t before = (size_t)(name - whole->target);
    whole->parent = before > 1 ? arena_copy(whole->arena, whole->target, before - 1) : before ? "/" : ".";
    whole->old = arena_format(whole->arena, "%s/" OLD "%s", whole->parent, name);
    output_make_folder(whole->parent);
    int lock = lock_parent(whole);
    sweep(whole);
    restore(whole);
    make_part(whole);
    output_remove_at_exit(whole->part);
    close(lock);
    return whole;
}

const char *whole_folder(const struct whole *whole)
{
    return whole->part;
}

const char *whole_target(const struct whole *whole)
{
    return whole->target;
}

void whole_without_exchange(struct whole *whole)
{
    whole->without_exchange = true;
}

static void replace_in_two_steps(const struct whole *whole)
{
    if (rename(whole->target, whole->old))
        machine_failed("cannot rename %s: %s", whole->target, strerror(errno));
    if (rename(whole->part, whole->target)) {
        int why = errno;
        rename(whole->old, whole->target);
        machine_failed("cannot rename %s: %s", whole->part, strerror(why));
    }
    output_remove(whole->old);
}

static void replace(const struct whole *whole)
{
    if (!exists(whole->target)) {
        if (rename(whole->part, whole->target))
            machine_failed("cannot rename %s: %s", whole->part, strerror(errno));
    } else if (!whole->without_exchange &&
               !renameat2(AT_FDCWD, whole->part, AT_FDCWD, whole->target, RENAME_EXCHANGE))
        output_remove(whole->part);
    else
        replace_in_two_steps(whole);
}

static void whole_free(struct whole *whole)
{
    close(whole->part_lock);
    arena_free(whole->arena);
    free(whole);
}

void whole_keep(struct whole *whole)
{
    int lock = lock_parent(whole);
    const char *why = refusal(whole->arena, whole->target);
    if (why) {
        output_remove(whole->part);
        machine_failed("%s changed while the simulation ran: %s", whole->target, why);
    }
    replace(whole);
    close(lock);
    whole_free(whole);
}

void whole_drop(struct whole *whole)
{
    output_remove(whole->part);
    whole_free(whole);
}
