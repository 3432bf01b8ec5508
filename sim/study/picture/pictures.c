#include "sim/study/picture/pictures.h"
#include "sim/study/picture/picture_layout.h"

static bool draw(struct sheet *sheet, const char *template_name, enum plot_format format,
                 struct text *drawing, struct text *mistake)
{
    bool drawn = sheet_draw(sheet, template_name, format, drawing, mistake);
    sheet_free(sheet);
    return drawn;
}

bool picture_draw_heat(const struct heat_map *map, enum plot_format format, struct text *drawing,
                       struct text *mistake)
{
    struct sheet sheet;
    heat_lay_out(map, &sheet);
    return draw(&sheet, "heat", format, drawing, mistake);
}

bool picture_draw_fan(const struct fan *fan, enum plot_format format, struct text *drawing,
                      struct text *mistake)
{
    struct sheet sheet;
    fan_lay_out(fan, &sheet);
    return draw(&sheet, "fan", format, drawing, mistake);
}

bool picture_draw_lines(const struct lines *lines, enum plot_format format, struct text *drawing,
                        struct text *mistake)
{
    struct sheet sheet;
    lines_lay_out(lines, &sheet);
    return draw(&sheet, "lines", format, drawing, mistake);
}

bool picture_draw_frontier(const struct frontier *frontier, enum plot_format format, struct text *drawing,
                           struct text *mistake)
{
    struct sheet sheet;
    frontier_lay_out(frontier, &sheet);
    return draw(&sheet, "frontier", format, drawing, mistake);
}
