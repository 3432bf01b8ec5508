# Grids of cells. The lighter the better: ColorBrewer's YlGnBu, which the colour-blind can read; what is stuck stands out from it,
# what is rejected is no colour at all.
set palette defined (0 '#ffffd9', 0.14 '#edf8b1', 0.28 '#c7e9b4', 0.43 '#7fcdbb', 0.57 '#41b6c4', 0.72 '#1d91c0', 0.86 '#225ea8', 1 '#253494')
set cbrange [0:1]
set style fill solid 1.0 noborder

shades = "'shade' using (($1+$2)/2):(($3+$4)/2):1:2:3:4:5 with boxxyerror fillcolor palette"
boxes = box('good', "fillcolor rgb '#d8eedd'") . ', ' . box('stuck', "fillcolor rgb '#c2480c'") . ', ' \
    . box('rejected', "fillcolor rgb '#eeeeee'") . ', ' . box('rejected', "fillstyle pattern 4 noborder fillcolor rgb '#b4b4b4'") . ', ' \
    . box('empty', "fillcolor rgb '#f7f7f7'")
frames = lines('chosen', "linewidth 4.6 linecolor rgb '#ffffff'") . ', ' . lines('chosen', 'linewidth 2.4 linecolor rgb ' . ink)
cells = text('cell_dark', "center font ',11' textcolor rgb " . ink) . ', ' . text('cell_light', "center font ',11' textcolor rgb '#ffffff'") . ', ' \
    . text('corner_code', "left font ',9' textcolor rgb '#ffffff'") . ', ' . text('scale_name', "left font ',10' textcolor rgb " . grey) . ', ' \
    . text('legend_code', "center font ',11' textcolor rgb '#c2480c'")

plot @shades, @boxes, @frames, @cells, @titles, @names, @legend, @page_texts
