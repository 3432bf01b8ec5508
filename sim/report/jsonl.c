#include "sim/report/jsonl.h"
#include "sim/engine/check.h"

void jsonl_add_row(struct text *out, const struct value *document)
{
    CHECK(document->type == VALUE_TEXT);
    text_add(out, document->text);
    text_add_char(out, '\n');
}
