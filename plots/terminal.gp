# The same in letters: one plot per key, as high as the terminal.
set key outside top right horizontal noenhanced
set xrange [0:time_end]
set xlabel 'time since start (' . time_name . ')'
set ylabel 'tasks'
do for [i = 1:panels] {
    set title panel_name[i] noenhanced
    set yrange [0:panel_greatest[i] + 1]
    plot 'panel'.i using ($1/time_unit):2 with lines title 'desired', \
         'panel'.i using ($1/time_unit):3 with lines title 'running', \
         'panel'.i using ($1/time_unit):4 with lines title 'healthy', \
         'panel'.i using ($1/time_unit):5 with lines title 'pending'
}
