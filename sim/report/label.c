#include "sim/report/label.h"

/* Nearly all scripts whose letters are wide are encoded in three bytes from E3 on, or in four. */
static int letter_room(char first)
{
    return begins_letter(first) ? 1 + ((unsigned char)first >= 0xE3) : 0;
}

int label_letters(const char *string)
{
    int letters = 0;
    for (; *string; string++)
        letters += letter_room(*string);
    return letters;
}

/* Of the beginning that has at most so many letters. */
static size_t length_of_letters(const char *string, int most)
{
    size_t length = 0;
    for (int letters = 0; string[length]; length++) {
        letters += letter_room(string[length]);
        if (letters > most)
            break;
    }
    return length;
}

void label_add_cut(struct text *out, const char *string, int most)
{
    if (label_letters(string) <= most) {
        text_add(out, string);
        return;
    }
    text_add_bytes(out, string, length_of_letters(string, most - 1));
    text_add(out, "…");
}

void label_add_end(struct text *out, const char *string, int most)
{
    int letters = label_letters(string), left_out = letters > most ? letters - most + 1 : 0;
    if (left_out)
        text_add(out, "…");
    for (; *string && left_out > 0; string++)
        left_out -= letter_room(*string);
    while (*string && !begins_letter(*string))
        string++;
    text_add(out, string);
}
