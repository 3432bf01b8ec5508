#include "sim/study/picture/picture_panel.h"

enum { TIC = 4, NUMBER_LETTERS = 12 };

double panel_x(const struct panel *panel, double number)
{
    return panel->left + panel->width * scale_place(&panel->x, number);
}

double panel_y(const struct panel *panel, double number)
{
    return panel->top + panel->height * (1 - scale_place(&panel->y, number));
}

int panel_tics(double pixels)
{
    enum { LEAST = 3, MOST = 12, DISTANCE = 42 };
    int tics = (int)(pixels / DISTANCE) + 1;
    return tics < LEAST ? LEAST : tics > MOST ? MOST : tics;
}

static void add_number(struct sheet *sheet, enum layer layer, const struct scale *scale, int tic, double x,
                       double y)
{
    struct text number = {0};
    scale_add_tic(&number, scale, tic);
    sheet_text(sheet, layer, x, y, number.bytes, NUMBER_LETTERS);
    text_free(&number);
}

void panel_add_frame(struct sheet *sheet, const struct panel *panel, const char *title, const char *unit)
{
    double right = panel->left + panel->width, bottom = panel->top + panel->height;
    struct text line = {0};
    for (int tic = 0; tic < panel->y.tic_count; tic++) {
        double y = panel_y(panel, scale_tic(&panel->y, tic));
        if (tic)
            sheet_line(sheet, LAYER_grid, panel->left, y, right, y);
        sheet_line(sheet, LAYER_axis, panel->left - TIC, y, panel->left, y);
        add_number(sheet, LAYER_row_name, &panel->y, tic, panel->left - TIC - 4, y);
    }
    sheet_line(sheet, LAYER_axis, panel->left, panel->top, panel->left, bottom);
    sheet_join(sheet, LAYER_axis, right, bottom);
    sheet_add_title(&line, title, unit);
    sheet_path(sheet, LAYER_panel_title, panel->left, panel->top - PANEL_TITLE / 2 - 2, line.bytes,
               sheet_letters(panel->width / 1.15));
    text_free(&line);
}

void panel_add_x_tics(struct sheet *sheet, const struct panel *panel, bool with_numbers)
{
    double bottom = panel->top + panel->height;
    for (int tic = 0; tic < panel->x.tic_count; tic++) {
        double x = panel_x(panel, scale_tic(&panel->x, tic));
        sheet_line(sheet, LAYER_axis, x, bottom, x, bottom + TIC);
        if (with_numbers)
            add_number(sheet, LAYER_column_name, &panel->x, tic, x, bottom + TIC + 9);
    }
}

void panel_add_level(struct sheet *sheet, const struct panel *panel, double number, const char *name)
{
    double y = panel_y(panel, number), right = panel->left + panel->width;
    bool has_room_above = y - panel->top > 14;
    sheet_line(sheet, LAYER_level, panel->left, y, right, y);
    sheet_text(sheet, LAYER_level_name, right, y + (has_room_above ? -8 : 8), name,
               sheet_letters(panel->width / 2));
}
