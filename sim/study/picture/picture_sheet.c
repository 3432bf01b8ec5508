#include "sim/study/picture/picture_sheet.h"
#include "sim/engine/check.h"
#include "sim/report/gnuplot.h"
#include "sim/report/label.h"
#include "sim/report/script.h"
#include <limits.h>
#include <math.h>

/* Letters are as wide as those of the widest common sans-serif. */
static const double letter_width = 6.8, title_letter_width = 9.8;

static const struct {
    const char *name;
    enum layer_kind kind;
} layers[LAYERS] = {
#define LAYER(name, kind) {#name, LAYER_##kind},
#include "sim/study/picture/picture_layers.def"
#undef LAYER
};

/* --- texts -----------------------------------------------------------------------------------------------
 */

int sheet_letters(double pixels)
{
    return pixels < letter_width ? 1 : (int)(pixels / letter_width);
}

double sheet_room(const char *string, int letters_most)
{
    int letters = string ? label_letters(string) : 0;
    return letter_width * (letters < letters_most ? letters : letters_most);
}

void sheet_add_title(struct text *out, const char *title, const char *unit)
{
    text_add(out, title ? title : "");
    if (unit && *unit)
        text_add_format(out, " (%s)", unit);
}

void sheet_add_more(struct text *left_out, size_t count, size_t shown, const char *what)
{
    if (count <= shown)
        return;
    text_add(left_out, left_out->length ? ", and " : "and ");
    text_add_integer(left_out, (int64_t)(count - shown));
    text_add_format(left_out, " more %s", what);
}

/* --- marks -----------------------------------------------------------------------------------------------
 */

static void add_pixels(struct text *out, double pixels)
{
    text_add_decimal(out, llround(10 * pixels), 1);
}

static void add_text(struct sheet *sheet, enum layer layer, double x, double y, const char *string)
{
    struct text *out = &sheet->layers[layer];
    CHECK(layers[layer].kind == LAYER_TEXTS);
    add_pixels(out, x);
    text_add_char(out, '\t');
    add_pixels(out, y);
    text_add_char(out, '\t');
    gnuplot_add_cell(out, string);
    text_add_char(out, '\n');
}

static void add_shortened(struct sheet *sheet, enum layer layer, double x, double y, const char *string,
                          int most, void (*add)(struct text *, const char *, int))
{
    if (!string || !*string)
        return;
    struct text shortened = {0};
    add(&shortened, string, most);
    add_text(sheet, layer, x, y, shortened.bytes);
    text_free(&shortened);
}

void sheet_text(struct sheet *sheet, enum layer layer, double x, double y, const char *string, int most)
{
    add_shortened(sheet, layer, x, y, string, most, label_add_cut);
}

void sheet_path(struct sheet *sheet, enum layer layer, double x, double y, const char *string, int most)
{
    add_shortened(sheet, layer, x, y, string, most, label_add_end);
}

void sheet_box(struct sheet *sheet, enum layer layer, double x, double y, double width, double height,
               double shade)
{
    struct text *out = &sheet->layers[layer];
    CHECK(layers[layer].kind == LAYER_BOXES);
    double sides[] = {x, x + width, y, y + height};
    for (size_t i = 0; i < 4; i++) {
        add_pixels(out, sides[i]);
        text_add_char(out, '\t');
    }
    text_add_decimal(out, llround(1000 * shade), 3);
    text_add_char(out, '\n');
}

/* gnuplot counts blocks as they come, one without a row is none. */
void sheet_block(struct sheet *sheet, enum layer layer, int block)
{
    CHECK(block < SHEET_BLOCKS_MOST && block >= sheet->blocks[layer]);
    for (; sheet->blocks[layer] < block; sheet->blocks[layer]++)
        text_add(&sheet->layers[layer], "NaN\tNaN\n\n\n");
}

void sheet_join(struct sheet *sheet, enum layer layer, double x, double y)
{
    struct text *out = &sheet->layers[layer];
    CHECK(layers[layer].kind == LAYER_VERTICES);
    add_pixels(out, x);
    text_add_char(out, '\t');
    add_pixels(out, y);
    text_add_char(out, '\n');
}

/* An empty line parts; two of them would begin a block. */
void sheet_point(struct sheet *sheet, enum layer layer, double x, double y)
{
    struct text *out = &sheet->layers[layer];
    bool is_first = out->length < 2 || out->bytes[out->length - 2] == '\n';
    if (!is_first)
        text_add_char(out, '\n');
    sheet_join(sheet, layer, x, y);
}

void sheet_line(struct sheet *sheet, enum layer layer, double x1, double y1, double x2, double y2)
{
    sheet_point(sheet, layer, x1, y1);
    sheet_join(sheet, layer, x2, y2);
}

double legend_add(struct sheet *sheet, struct legend *legend, double swatch, const char *meaning)
{
    int letters = sheet_letters(sheet->width - 2 * SHEET_EDGE - swatch - 8);
    double width = swatch + 8 + sheet_room(meaning, letters);
    if (legend->x > SHEET_EDGE && legend->x + width > sheet->width - SHEET_EDGE)
        *legend = (struct legend){SHEET_EDGE, legend_end(legend)};
    double x = legend->x;
    sheet_text(sheet, LAYER_legend, x + swatch + 8, legend->y, meaning, letters);
    legend->x += width + 20;
    return x;
}

void legend_add_label(struct sheet *sheet, struct legend *legend, const char *label)
{
    enum { LETTERS = 60 };
    struct text line = {0};
    text_add_format(&line, "%s:", label);
    sheet_path(sheet, LAYER_legend, legend->x, legend->y, line.bytes, LETTERS);
    legend->x += sheet_room(line.bytes, LETTERS) + 12;
    text_free(&line);
}

double legend_end(struct legend *legend)
{
    return legend->x > SHEET_EDGE ? legend->y + SHEET_LINE_HEIGHT + 4 : legend->y;
}

double sheet_add_nothing(struct sheet *sheet, double y)
{
    sheet_text(sheet, LAYER_axis_name, sheet->width / 2.0, y + 40, "there is nothing to show", 40);
    return y + 80;
}

/* --- the page --------------------------------------------------------------------------------------------
 */

double sheet_page_room(const struct picture_page *page)
{
    double title = page->title ? label_letters(page->title) * title_letter_width : 0;
    double subtitle = sheet_room(page->subtitle, INT_MAX), note = sheet_room(page->note, INT_MAX);
    return 2 * SHEET_EDGE + 1 + fmax(title, fmax(subtitle, note));
}

double sheet_begin(struct sheet *sheet, const struct picture_page *page, int width)
{
    *sheet = (struct sheet){.width = width};
    double y = SHEET_EDGE, room = width - 2 * SHEET_EDGE;
    if (page->title && *page->title) {
        sheet_text(sheet, LAYER_title, SHEET_EDGE, y + 4, page->title, (int)(room / title_letter_width));
        y += 26;
    }
    if (page->subtitle && *page->subtitle) {
        sheet_text(sheet, LAYER_subtitle, SHEET_EDGE, y + 4, page->subtitle, sheet_letters(room));
        y += 20;
    }
    return y + 8;
}

static bool write_rest(const struct picture_page *page, const struct text *left_out, struct text *line)
{
    if (!left_out->length)
        return false;
    text_add(line, left_out->bytes);
    if (page->rest_file)
        text_add_format(line, "; all in %s", page->rest_file);
    return true;
}

void sheet_end(struct sheet *sheet, const struct picture_page *page, const struct text *left_out, double y)
{
    struct text line = {0};
    int letters = sheet_letters(sheet->width - 2 * SHEET_EDGE);
    bool has_note = page->note && *page->note;
    if (write_rest(page, left_out, &line)) {
        sheet_text(sheet, LAYER_note, SHEET_EDGE, y + 8, line.bytes, letters);
        y += SHEET_LINE_HEIGHT;
    }
    if (has_note)
        sheet_text(sheet, LAYER_note, SHEET_EDGE, y + 8, page->note, letters);
    sheet->height = (int)(y + (has_note ? SHEET_LINE_HEIGHT : 0) + SHEET_EDGE / 2);
    text_free(&line);
}

void sheet_free(struct sheet *sheet)
{
    for (size_t i = 0; i < LAYERS; i++)
        text_free(&sheet->layers[i]);
}

void sheet_add_script(const struct sheet *sheet, const char *template_name, enum plot_format format,
                      struct text *script)
{
    CHECK(format != PLOT_TERMINAL);
    script_add_terminal(script, format, sheet->width, sheet->height);
    script_add_integer(script, "page_width", sheet->width);
    script_add_integer(script, "page_height", sheet->height);
    script_add_template(script, "style");
    script_add_template(script, "sheet");
    script_add_template(script, template_name);
}

/* A row that draws nothing: gnuplot 5.4 dies of labels without any. */
static void write_layer(struct gnuplot *gnuplot, const struct sheet *sheet, enum layer layer)
{
    static const char *const nothing[] = {[LAYER_TEXTS] = "0\t0\t \n",
                                          [LAYER_BOXES] = "NaN\tNaN\tNaN\tNaN\t0\n",
                                          [LAYER_VERTICES] = "NaN\tNaN\n"};
    struct text rows = {0};
    if (sheet->layers[layer].length)
        text_add_bytes(&rows, sheet->layers[layer].bytes, sheet->layers[layer].length);
    else
        text_add(&rows, nothing[layers[layer].kind]);
    gnuplot_write(gnuplot, layers[layer].name, &rows);
    text_free(&rows);
}

bool sheet_draw(const struct sheet *sheet, const char *template_name, enum plot_format format,
                struct text *drawing, struct text *mistake)
{
    struct gnuplot *gnuplot = gnuplot_begin();
    struct text script = {0};
    for (enum layer layer = 0; layer < LAYERS; layer++)
        write_layer(gnuplot, sheet, layer);
    sheet_add_script(sheet, template_name, format, &script);
    bool drawn = gnuplot_run(gnuplot, &script, drawing, mistake);
    text_free(&script);
    gnuplot_end(gnuplot);
    return drawn;
}
