#include "sim/report/page.h"
#include <stdlib.h>
#include <string.h>

int page_panel_height(const struct picture_part *part)
{
    return part->low ? BAND_HEIGHT : PANEL_HEIGHT;
}

/* Bands of a kind stand close together. */
int page_gap_below(const struct picture_part *part, const struct panels *panels, size_t panel)
{
    return part->low && panel + 1 < panels->count ? BAND_GAP : PANEL_GAP;
}

static bool read_run(struct shown_run *run, const struct picture *picture, const char *folder,
                     struct text *mistake)
{
    run->parts = memory_alloc(picture->part_count * sizeof *run->parts);
    memset(run->parts, 0, picture->part_count * sizeof *run->parts);
    marks_read(&run->marks, folder, picture->marks_file);
    for (size_t i = 0; i < picture->part_count; i++) {
        if (!panels_read(&run->parts[i], &picture->parts[i], folder, mistake))
            return false;
        for (size_t panel = 0; panel < run->parts[i].count; panel++)
            run->height += page_panel_height(&picture->parts[i]) +
                           page_gap_below(&picture->parts[i], &run->parts[i], panel);
        run->panel_count += run->parts[i].count;
        run->more |= run->parts[i].more;
    }
    return true;
}

static void share_scale(struct panels *a, struct panels *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t j = 0; j < b->count; j++) {
            if (strcmp(a->panels[i].key, b->panels[j].key))
                continue;
            int64_t *one = &a->panels[i].greatest, *other = &b->panels[j].greatest;
            *one = *other = *one > *other ? *one : *other;
        }
}

static void add_to_page(struct page *page, const struct shown_run *run)
{
    const struct picture *picture = page->plot->picture;
    int height = PAGE_HEADER + run->height + PAGE_FOOTER;
    page->panels += run->panel_count;
    page->height = page->height > height ? page->height : height;
    for (size_t i = 0; i < picture->part_count; i++) {
        struct panels *panels = &run->parts[i];
        page->end = page->end > panels->end ? page->end : panels->end;
        for (size_t j = 0; picture->parts[i].ratios && j < panels->count; j++)
            panels->panels[j].greatest = 100 * panels->unit;
        for (size_t before = 0; &page->runs[before] < run; before++)
            share_scale(&page->runs[before].parts[i], panels);
    }
}

bool page_read(struct page *page, const struct plot *plot, struct text *mistake)
{
    *page = (struct page){.plot = plot};
    page->runs = memory_alloc(plot->folder_count * sizeof *page->runs);
    memset(page->runs, 0, plot->folder_count * sizeof *page->runs);
    for (size_t i = 0; i < plot->folder_count; i++) {
        if (!read_run(&page->runs[i], plot->picture, plot->folders[i], mistake))
            return false;
        add_to_page(page, &page->runs[i]);
    }
    page->width = (int)plot->folder_count * PAGE_WIDTH;
    if (!page->panels)
        text_add_format(mistake, "%s: there is nothing to draw", *plot->folders);
    return page->panels > 0;
}

void page_free(struct page *page)
{
    for (size_t i = 0; i < page->plot->folder_count; i++) {
        struct shown_run *run = &page->runs[i];
        for (size_t part = 0; run->parts && part < page->plot->picture->part_count; part++)
            panels_free(&run->parts[part]);
        free(run->parts);
        marks_free(&run->marks);
    }
    free(page->runs);
}
