/* Sizes of images and bandwidths, as people write them: 60MiB, 1.5GB, 30MB/s. */
#include "models/settings/tables.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct byte_unit {
    const char *name;
    int64_t bytes;
};

static const struct byte_unit byte_units[] = {
    {"", 1},          {"B", 1},         {"kB", 1000},     {"MB", MILLION},        {"GB", BILLION},
    {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TB", 1000 * BILLION}, {"TiB", INT64_C(1) << 40},
};

static int64_t unit_of(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof byte_units / sizeof *byte_units; i++)
        if (strlen(byte_units[i].name) == length && strncasecmp(byte_units[i].name, text, length) == 0)
            return byte_units[i].bytes;
    return 0;
}

/* Whole bytes of "1.5GB"; negative where that is not a size. */
static int64_t parse_bytes(const char *text, size_t length)
{
    size_t digits = strspn(text, "0123456789");
    size_t point = text[digits] == '.';
    size_t decimals = point ? strspn(text + digits + 1, "0123456789") : 0;
    size_t number = digits + point + decimals;
    size_t space = strspn(text + number, " ");
    if (digits == 0 || digits > 16 || decimals > 6 || number + space > length)
        return -1;
    int64_t unit = unit_of(text + number + space, length - number - space);
    __int128 bytes = (__int128)strtoll(text, NULL, 10) * unit;
    __int128 part = point ? unit : 0;
    for (size_t i = 0; i < decimals; i++) {
        part /= 10;
        bytes += part * (text[digits + 1 + i] - '0');
    }
    return unit > 0 && bytes > 0 && bytes <= MOST_IMAGE_BYTES ? (int64_t)bytes : -1;
}

const char *settings_parse_size(struct arena *arena, const char *text, void *field, size_t *where)
{
    int64_t bytes = parse_bytes(text, strlen(text));
    *where = 0;
    if (bytes < 0)
        return arena_format(arena, "`%s` is no size: bytes, or with a unit as in 60MiB or 1.5GB", text);
    *(int64_t *)field = bytes;
    return NULL;
}

const char *settings_parse_bandwidth(struct arena *arena, const char *text, void *field, size_t *where)
{
    size_t length = strlen(text);
    if (length > 2 && strcmp(text + length - 2, "/s") == 0)
        length -= 2;
    int64_t bytes = parse_bytes(text, length);
    *where = 0;
    if (bytes < LEAST_BANDWIDTH)
        return arena_format(
            arena, "`%s` is no bandwidth: bytes per second, 1kB/s at least, with a unit as in 30MB/s", text);
    *(int64_t *)field = bytes;
    return NULL;
}
