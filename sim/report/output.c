#include "sim/report/output.h"
#include "sim/engine/check.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FULL_BYTES = 1 << 18, READ_BYTES = 1 << 16, DESCRIPTORS = 16 };

static char *joined(const char *folder, const char *name)
{
    struct text path = {0};
    text_add(&path, folder);
    text_add_char(&path, '/');
    text_add(&path, name);
    return path.bytes;
}

static void flush(struct output *output)
{
    const char *bytes = output->text.bytes;
    size_t left = output->text.length;
    while (left) {
        ssize_t written = write(output->descriptor, bytes, left);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            machine_failed("cannot write %s: %s", output->path, strerror(errno));
        bytes += written;
        left -= (size_t)written;
    }
    text_clear(&output->text);
}

void output_make_folder(const char *path)
{
    struct text copy = {0};
    text_add(&copy, path);
    for (char *slash = copy.bytes; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(copy.bytes, 0777);
        *slash = '/';
    }
    if (mkdir(copy.bytes, 0777) && errno != EEXIST)
        machine_failed("cannot create %s: %s", path, strerror(errno));
    text_free(&copy);
}

void output_open(struct output *output, const char *folder, const char *name)
{
    *output = (struct output){.path = joined(folder, name)};
    output->descriptor = open(output->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (output->descriptor < 0)
        machine_failed("cannot create %s: %s", output->path, strerror(errno));
}

void output_flush_if_full(struct output *output)
{
    if (output->text.length >= FULL_BYTES)
        flush(output);
}

void output_close(struct output *output)
{
    flush(output);
    /* Some file systems report a full disk only now. */
    if (close(output->descriptor))
        machine_failed("cannot write %s: %s", output->path, strerror(errno));
    free(output->path);
    text_free(&output->text);
}

void output_write(const char *folder, const char *name, const struct text *text)
{
    struct output output;
    output_open(&output, folder, name);
    text_add_bytes(&output.text, text->bytes, text->length);
    output_close(&output);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *position)
{
    (void)status;
    (void)type;
    (void)position;
    remove(path);
    return 0;
}

void output_remove(const char *path)
{
    nftw(path, remove_entry, DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static void remove_and_forget(int status, void *path)
{
    (void)status;
    output_remove(path);
    free(path);
}

void output_remove_at_exit(const char *path)
{
    struct text copy = {0};
    text_add(&copy, path);
    on_exit(remove_and_forget, copy.bytes);
}

void output_replace(const char *path, const struct text *text)
{
    struct text folder = {0}, name = {0};
    const char *slash = strrchr(path, '/');
    text_add_bytes(&folder, slash ? path : ".", slash ? (size_t)(slash - path) : 1);
    text_add_format(&name, ".%s.part-%ld", slash ? slash + 1 : path, (long)getpid());
    char *part = joined(folder.bytes, name.bytes);
    unlink(part); /* of one who was killed and had this number */
    output_remove_at_exit(part);
    output_write(folder.bytes, name.bytes, text);
    if (rename(part, path))
        machine_failed("cannot write %s: %s", path, strerror(errno));
    free(part);
    text_free(&folder);
    text_free(&name);
}

static bool read_all(int descriptor, struct text *text)
{
    char buffer[READ_BYTES];
    for (;;) {
        ssize_t got = read(descriptor, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        text_add_bytes(text, buffer, (size_t)got);
    }
}

bool input_read(const char *path, struct text *text)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    struct stat status;
    bool regular = !fstat(descriptor, &status) && S_ISREG(status.st_mode);
    if (!regular)
        errno = EINVAL;
    bool good = regular && read_all(descriptor, text);
    int why = errno;
    close(descriptor);
    errno = why;
    return good;
}
