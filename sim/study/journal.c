#include "sim/study/journal.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/report/output.h"
#include "sim/report/whole.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct journal {
    int descriptor;
    struct text path, lines;
    struct told_names told;
};

static void write_all(struct journal *journal, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(journal->descriptor, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            machine_failed("cannot write %s: %s", journal->path.bytes, strerror(errno));
        bytes += written;
        length -= (size_t)written;
    }
}

/* How much of the text is whole lines of ours. */
static size_t sound_length(const struct text *text)
{
    size_t length = text->length;
    if (length < strlen(journal_head) || memcmp(text->bytes, journal_head, strlen(journal_head)) != 0)
        return 0;
    while (text->bytes[length - 1] != '\n')
        length--;
    return length;
}

static void cut_torn_end(struct journal *journal)
{
    struct text earlier = {0};
    if (!input_read(journal->path.bytes, &earlier))
        machine_failed("cannot read %s: %s", journal->path.bytes, strerror(errno));
    size_t length = sound_length(&earlier);
    if (ftruncate(journal->descriptor, (off_t)length))
        machine_failed("cannot write %s: %s", journal->path.bytes, strerror(errno));
    if (length == 0)
        write_all(journal, journal_head, strlen(journal_head));
    text_free(&earlier);
}

struct journal *journal_open(const char *folder, const char *name)
{
    struct journal *journal = memory_alloc(sizeof *journal);
    *journal = (struct journal){0};
    text_add_format(&journal->path, "%s/" STUDY_JOURNAL "%s", folder, name);
    journal->descriptor =
        open(journal->path.bytes, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (journal->descriptor < 0)
        machine_failed("cannot write %s: %s", journal->path.bytes, strerror(errno));
    /* Some file systems of clusters know no locks. */
    if (flock(journal->descriptor, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
        machine_failed("%s: another call is at work on this study", journal->path.bytes);
    cut_torn_end(journal);
    return journal;
}

void journal_add(struct journal *journal, const struct figure_names *names, const struct record *record)
{
    text_clear(&journal->lines);
    record_write(&journal->lines, &journal->told, names, record);
    write_all(journal, journal->lines.bytes, journal->lines.length);
}

void journal_close(struct journal *journal)
{
    close(journal->descriptor);
    text_free(&journal->path);
    text_free(&journal->lines);
    told_names_free(&journal->told);
    free(journal);
}

/* --- reading all ------------------------------------------------------------------------------ */

static int is_journal(const struct dirent *entry)
{
    return !strncmp(entry->d_name, STUDY_JOURNAL, strlen(STUDY_JOURNAL));
}

static int compare_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void read_one(const char *folder, const char *name, struct text *lines)
{
    struct text path = {0}, bytes = {0};
    text_add_format(&path, "%s/%s", folder, name);
    size_t length = input_read(path.bytes, &bytes) ? sound_length(&bytes) : 0;
    if (length > 0)
        text_add_bytes(lines, bytes.bytes + strlen(journal_head), length - strlen(journal_head));
    text_free(&path);
    text_free(&bytes);
}

void journals_read(const char *folder, struct text *lines)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_journal, compare_bytes);
    for (int i = 0; i < count; i++) {
        read_one(folder, entries[i]->d_name, lines);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}
