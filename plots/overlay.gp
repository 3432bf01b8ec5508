# What was measured, as points, over what was simulated. From plots/overlay.sh: title, subtitle, what, the names of the
# results, and the folder with a file for each and one `measured`, all with seconds and a count.
set datafile separator ','
set encoding utf8
set terminal svg size 1000,460 dynamic font 'Helvetica,Arial,sans-serif,12' background '#ffffff'
set label 1 title noenhanced at screen 0.07, screen 0.94 left font ',17'
set label 2 subtitle noenhanced at screen 0.07, screen 0.885 left textcolor rgb '#505050'
set lmargin at screen 0.07
set rmargin at screen 0.972
set tmargin at screen 0.80
set bmargin at screen 0.13
set xlabel 'time since start (min)' textcolor rgb '#404040'
set ylabel what textcolor rgb '#404040' offset 0.5,0
set yrange [0:*]
set xrange [0:*]
set key at screen 0.972, screen 0.85 top right horizontal Right samplen 2 textcolor rgb '#303030' font ',11'
array colours[3] = [colour_running, colour_pending, colour_desired]
plot for [i = 1:words(names)] folder.word(names, i) using ($1/60):2 with steps linewidth 2.2 \
         linecolor rgb colours[1 + (i - 1) % 3] title word(names, i) noenhanced, \
     folder.'measured' using ($1/60):2 with points pointtype 7 pointsize 0.45 linecolor rgb colour_mark[2] title 'measured'
