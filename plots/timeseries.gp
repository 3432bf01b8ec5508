# One panel per key, one above the other on the same axis of time: what is (area and thick line) against what is wanted (thin dark line).
# From the program: page_*, panel_*, title, subtitle, note, time_*, panels, has_*, and the files panel<i> and marks<i>.
x(pixels) = pixels / page_width
y(pixels) = 1 - pixels / page_height
panel_below(i) = page_header + i * panel_height + (i - 1) * panel_gap

set multiplot
set lmargin at screen x(panel_left)
set rmargin at screen x(page_width - panel_right)
set xrange [0:time_end]
set xtics 0, time_step format ''

do for [i = 1:panels] {
    set tmargin at screen y(panel_below(i) - panel_height)
    set bmargin at screen y(panel_below(i))
    set yrange [0:panel_top[i]]
    set ytics 0, panel_step[i], panel_greatest[i] format '%g'
    set label 1 panel_name[i] noenhanced at screen x(panel_left), y(panel_below(i) - panel_height - 12) left font ',13'
    set ylabel 'tasks' textcolor rgb '#404040' offset 0.5,0
    if (i == panels) { set xtics format '%g'; set xlabel 'time since start (' . time_name . ')' textcolor rgb '#404040' }
    if (i == 1) {
        set label 2 title noenhanced at screen x(panel_left), y(24) left font ',17'
        set label 3 subtitle noenhanced at screen x(panel_left), y(46) left textcolor rgb '#505050'
        set label 4 note noenhanced at screen x(page_width - panel_right), y(page_height - 10) right textcolor rgb '#505050'
        set key at screen x(page_width - panel_right), y(58) top right horizontal Right maxrows 1 samplen 2 width 0.3 \
            textcolor rgb '#303030' font ',11'
    }
    plot 'panel'.i using ($1/time_unit):4 with fillsteps linecolor rgb colour_healthy \
             fillstyle solid 1.0 border linecolor rgb colour_healthy title 'healthy', \
         'panel'.i using ($1/time_unit):5 with steps linewidth 1.6 linecolor rgb colour_pending title 'pending', \
         'panel'.i using ($1/time_unit):6 with steps linewidth 2.0 linecolor rgb colour_serving title 'serving', \
         'panel'.i using ($1/time_unit):3 with steps linewidth 3.2 linecolor rgb colour_running title 'running', \
         'panel'.i using ($1/time_unit):2 with steps linewidth 1.1 dashtype (9,4) linecolor rgb colour_desired title 'desired', \
         'marks'.i using ($5 == 0 ? $1/time_unit : NaN):2 with impulses linewidth 1.1 dashtype (5,3) linecolor rgb colour_mark[1] \
             title has_change ? 'deployment' : '', \
         'marks'.i using ($5 == 1 ? $1/time_unit : NaN):2 with impulses linewidth 1.1 dashtype 1 linecolor rgb colour_mark[2] \
             title has_failure ? 'failure' : '', \
         'marks'.i using ($5 == 2 ? $1/time_unit : NaN):2 with impulses linewidth 1.3 dashtype (2,3) linecolor rgb colour_mark[3] \
             title has_event ? 'progress' : '', \
         'marks'.i using ($1/time_unit):3:6:(colour_of_mark($5)) with labels noenhanced left offset 0.4,0 font ',10' \
             textcolor rgb variable notitle, \
         'marks'.i using ($1/time_unit):4:6:(colour_of_mark($5)) with labels noenhanced right offset -0.4,0 font ',10' \
             textcolor rgb variable notitle
    unset label
    unset key
}
unset multiplot
