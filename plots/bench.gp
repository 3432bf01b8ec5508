# What `make bench` measured. From plots/bench.sh: the folder with a file for each work, and how many rows `reached` has.
set datafile separator ','
set datafile missing ''
set encoding utf8
set terminal svg size 1100,(600 + 17 * rows) dynamic font 'Helvetica,Arial,sans-serif,12' background '#ffffff'
height = 600.0 + 17 * rows
at(pixels) = 1 - pixels / height
set multiplot
set label 1 'What ecsim costs' at screen 0.03, screen at(28) left font ',17'
set label 2 'make bench on this machine: nanoseconds of processor time, best of several; both scales are logarithmic' \
    at screen 0.03, screen at(48) left textcolor rgb '#505050'
set logscale xy
set format x '10^{%L}'
set format y '10^{%L}'
set termoption enhanced
set tmargin screen at(96)
set bmargin screen at(400)
set key at graph 0.02, graph 0.98 top left Left reverse samplen 2 textcolor rgb '#303030' font ',11'
set title font ',13' offset 0,-0.4

set lmargin screen 0.06
set rmargin screen 0.33
set title 'hold model: an event'
set xlabel 'events pending' textcolor rgb '#404040'
set ylabel 'ns an event' textcolor rgb '#404040' offset 1,0
set xrange [0.7:2e6]
set yrange [5:2000]
plot folder.'queue' using 1:3 with linespoints linewidth 1.6 dashtype 2 pointtype 6 linecolor rgb colour_desired title 'yardstick', \
     folder.'queue' using 1:2 with linespoints linewidth 2.2 pointtype 7 pointsize 0.6 linecolor rgb colour_running title 'queue', \
     folder.'engine' using 1:2 with linespoints linewidth 2.2 pointtype 7 pointsize 0.6 linecolor rgb colour_pending title 'whole engine'
unset label 1
unset label 2

set lmargin screen 0.39
set rmargin screen 0.66
set title 'placement: a decision'
set xlabel 'instances'
set ylabel 'ns a decision'
set xrange [700:1.5e5]
set yrange [100:1e7]
chains = 'default binpack random distinct'
array colours[4] = [colour_running, colour_serving, colour_pending, colour_host_line]
plot folder.'default' using 1:3 with linespoints linewidth 1.6 dashtype 2 pointtype 6 linecolor rgb colour_desired title 'scan', \
     for [i = 1:4] folder.word(chains, i) using 1:2 with linespoints linewidth 2.2 pointtype 7 pointsize 0.6 linecolor rgb colours[i] \
         title word(chains, i)

set lmargin screen 0.72
set rmargin screen 0.985
set title 'a fleet: a task'
set xlabel 'tasks, ten a host'
set ylabel 'ns a task'
set xrange [3e4:2e6]
set yrange [1000:1e6]
works = 'start deploy zone'
plot for [i = 1:3] folder.word(works, i) using 1:2 with linespoints linewidth 2.2 pointtype 7 pointsize 0.6 linecolor rgb colours[i] \
         title word(works, i)

set tmargin screen at(510)
set bmargin screen at(510 + 17 * rows + 8)
set lmargin screen 0.36
set rmargin screen 0.985
set title 'against what is to be reached: right of the line it is, twice as far is twice as good'
unset key
unset xlabel
unset ylabel
set format x '%g'
unset logscale y
unset grid
set xrange [0.01:100]
set yrange [rows - 0.4:-0.6]
set ytics scale 0 noenhanced font ',11'
set boxwidth 0.6
set style fill solid 1 noborder
set arrow 1 from first 1, graph 0 to first 1, graph 1 nohead front linewidth 1.2 linecolor rgb colour_desired
short(x) = x < 0.011 ? 0.011 : x > 99 ? 99 : x
plot folder.'reached' using (1):0:(1):(short($2)):($0 - 0.3):($0 + 0.3):($2 < 1 ? 0xd55e00 : 0x009e73):ytic(1) \
         with boxxyerror linecolor rgb variable
unset multiplot
