# A sheet in pixels: x to the right, y down, no axes but those that are drawn as lines; what all pictures of studies have in common.
# From the program: page_width, page_height, and a file for each layer of sim/study/picture/picture_layers.def.
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:page_width]
set yrange [page_height:0]
unset border
unset tics
unset colorbox

ink = "'#1a1a1a'"
grey = "'#505050'"
text(layer, look) = "'" . layer . "' using 1:2:3 with labels " . look
box(layer, look) = "'" . layer . "' using (($1+$2)/2):(($3+$4)/2):1:2:3:4 with boxxyerror " . look
lines(layer, look) = "'" . layer . "' with lines " . look

page_texts = text('title', "left font ',17'") . ', ' . text('subtitle', 'left textcolor rgb ' . grey) . ', ' \
    . text('note', "left font ',10' textcolor rgb " . grey)
names = text('axis_name', "center font ',11' textcolor rgb '#404040'") . ', ' \
    . text('side_name', "center rotate by 90 font ',11' textcolor rgb '#404040'") . ', ' \
    . text('row_name', "right font ',11' textcolor rgb '#404040'") . ', ' \
    . text('column_name', "center font ',11' textcolor rgb '#404040'") . ', ' \
    . text('tilted_name', "right rotate by 40 font ',11' textcolor rgb '#404040'")
titles = text('heading', "left font ',14' textcolor rgb " . ink) . ', ' . text('panel_title', "left font ',13' textcolor rgb " . ink)
legend = text('legend', "left font ',11' textcolor rgb '#303030'")
frame = lines('grid', "linewidth 0.6 linecolor rgb '#e4e4e4'") . ', ' . lines('axis', "linewidth 0.8 linecolor rgb '#808080'")
marks = lines('level', "linewidth 1.2 dashtype (7,4) linecolor rgb '#404040'") . ', ' \
    . lines('border', "linewidth 1.4 dashtype (3,3) linecolor rgb '#b34700'") . ', ' \
    . text('level_name', "right font ',10' textcolor rgb '#404040'") . ', ' . text('border_name', "left font ',11' textcolor rgb '#b34700'")
