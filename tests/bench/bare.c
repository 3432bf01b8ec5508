/* What reading costs at least: libyaml's event loop over a text, and nothing done with the events.
 *
 *   bare FILE */
#include <stdbool.h>
#include <stdio.h>
#include <yaml.h>

static bool next_event(yaml_parser_t *parser)
{
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event)) {
        fprintf(stderr, "bare: %s\n", parser->problem);
        return false;
    }
    bool more = event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
    return more;
}

int main(int argc, char **argv)
{
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (!file)
        return fprintf(stderr, "usage: bare FILE\n"), 2;
    yaml_parser_t parser;
    yaml_parser_initialize(&parser);
    yaml_parser_set_input_file(&parser, file);
    while (next_event(&parser))
        ;
    int status = parser.error != YAML_NO_ERROR;
    yaml_parser_delete(&parser);
    fclose(file);
    return status;
}
