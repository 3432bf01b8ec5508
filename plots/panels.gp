# Panels on the same axis of time, one above the other, each drawn by its kind; of several runs side by side. What is wanted is a thin
# dark line, what is there an area or a thick one.
# From the program: page_*, column_width, panel_*, columns, panels, kinds, time_*, has_*, the texts of each column, and the files panel<i> and
# marks<i>; the points of a panel are the corners of its steps.
x(column, pixels) = ((column - 1) * column_width + pixels) / page_width
y(pixels) = 1 - pixels / page_height

axis_of(kind) = kind eq 'alarms' ? ' ' : kind eq 'requests' ? 'requests per second' : kind eq 'instances' ? 'instances' : kind eq 'reserved' ? 'reserved (%)' : 'tasks'
label_of(kind, name) = kinds == 1 ? name : kind eq 'reserved' ? 'whole fleet' : name . (kind eq 'tasks' ? ': tasks' : kind eq 'requests' ? ': requests' : '')

# Lines, and labels right or left of them, as the marks of a panel say.
mark_line(kind) = "marks using ($5 == ".kind." ? $1/time_unit : NaN):2 with impulses linecolor rgb colour_mark[".(kind + 1)."] "
mark_labels = ", marks using ($1/time_unit):3:6:(colour_of_mark($5)) with labels noenhanced left offset 0.4,0 font ',10' textcolor rgb variable notitle" \
    . ", marks using ($1/time_unit):4:6:(colour_of_mark($5)) with labels noenhanced right offset -0.4,0 font ',10' textcolor rgb variable notitle"
lines(change, failure, event) = mark_line(0) . "linewidth 1.1 dashtype (5,3) title '" . change . "', " . mark_line(1) . "linewidth 1.1 dashtype 1 title '" \
    . failure . "', " . mark_line(2) . "linewidth 1.3 dashtype (2,3) title '" . event . "'" . mark_labels
marks_with_titles = lines(has_change ? 'deployment' : '', has_failure ? 'failure' : '', has_event ? 'progress' : '')
marks_alone = lines('', '', '')

set multiplot
set xrange [0:time_end]

do for [i = 1:panels] {
    kind = panel_kind[i]
    column = panel_column[i]
    top = panel_above[i]
    file = 'panel'.i
    marks = 'marks'.i
    unit = panel_unit[i]
    is_new = panel_is_first[i] || panel_kind[i - (i > 1)] ne kind
    set lmargin at screen x(column, panel_left)
    set rmargin at screen x(column, column_width - panel_right)
    set tmargin at screen y(top)
    set bmargin at screen y(top + panel_height[i])
    set yrange [0:panel_top[i]]
    eval axes
    set ytics 0, panel_step[i], panel_greatest[i] nomirror format '%g'
    set xtics 0, time_step format (panel_is_last[i] ? '%g' : '')
    unset xlabel
    if (panel_is_last[i]) { set xlabel 'time since start (' . time_name . ')' textcolor rgb '#404040' }
    set ylabel axis_of(kind) textcolor rgb '#404040' offset 0.5,0
    set label 1 label_of(kind, panel_name[i]) noenhanced at screen x(column, panel_left), y(top - 12) left font ',13'
    if (panel_is_first[i]) {
        set label 2 title[column] noenhanced at screen x(column, panel_left), y(24) left font ',17'
        set label 3 subtitle[column] noenhanced at screen x(column, panel_left), y(46) left textcolor rgb '#505050'
        set label 4 note[column] noenhanced at screen x(column, column_width - panel_right), y(page_height - 10) right textcolor rgb '#505050'
    }
    if (is_new) {
        # Above the first panel's name, beside the others': all in one row, which a width of 0 would break in two.
        set key at screen x(column, column_width - panel_right), y(top - (panel_is_first[i] ? 40 : 22)) top right horizontal Right maxrows 1 \
            samplen 2 width -1.4 textcolor rgb '#303030' font ',11'
    }
    if (kind eq 'requests') {
        plot file using ($1/time_unit):($2/unit) with filledcurves y1=0 linecolor rgb colour_unserved \
                 fillstyle solid 1.0 noborder title 'unserved', \
             file using ($1/time_unit):($3/unit) with filledcurves y1=0 linecolor rgb colour_served \
                 fillstyle solid 1.0 noborder title 'served', \
             file using ($1/time_unit):($2/unit) with lines linewidth 1.1 linecolor rgb colour_desired title 'asked'
    }
    if (kind eq 'instances') {
        plot file using ($1/time_unit):3 with filledcurves y1=0 linecolor rgb colour_hosts \
                 fillstyle solid 1.0 noborder title 'in service', \
             file using ($1/time_unit):4 with lines linewidth 1.6 linecolor rgb colour_pending title 'launching', \
             file using ($1/time_unit):3 with lines linewidth 2.4 linecolor rgb colour_host_line notitle, \
             file using ($1/time_unit):2 with lines linewidth 1.1 dashtype (9,4) linecolor rgb colour_desired title 'desired', \
             @marks_alone
    }
    if (kind eq 'reserved') {
        plot file using ($1/time_unit):($3/unit) with lines linewidth 1.8 linecolor rgb colour_memory title 'memory', \
             file using ($1/time_unit):($2/unit) with lines linewidth 2.4 linecolor rgb colour_running title 'CPU'
    }
    if (kind eq 'alarms') {
        unset ytics
        unset grid
        set border 0
        set yrange [0:1]
        set label 1 panel_name[i] noenhanced at screen x(column, panel_left + 6), y(top + panel_height[i] / 2) left font ',10' textcolor rgb '#202020' front
        plot file using ($1/time_unit):(1) with filledcurves y1=0 linecolor rgb colour_no_data fillstyle solid 1.0 noborder title is_new ? 'no data' : '', \
             file using ($1/time_unit):($2 == 0) with filledcurves y1=0 linecolor rgb colour_ok fillstyle solid 1.0 noborder title is_new ? 'OK' : '', \
             file using ($1/time_unit):($2 == 1) with filledcurves y1=0 linecolor rgb colour_alarm fillstyle solid 1.0 noborder title is_new ? 'ALARM' : ''
    }
    if (kind eq 'tasks') {
        plot file using ($1/time_unit):4 with filledcurves y1=0 linecolor rgb colour_healthy \
                 fillstyle solid 1.0 noborder title 'healthy', \
             file using ($1/time_unit):5 with lines linewidth 1.6 linecolor rgb colour_pending title 'pending', \
             file using ($1/time_unit):6 with lines linewidth 2.0 linecolor rgb colour_serving title 'serving', \
             file using ($1/time_unit):3 with lines linewidth 3.2 linecolor rgb colour_running title 'running', \
             file using ($1/time_unit):2 with lines linewidth 1.1 dashtype (9,4) linecolor rgb colour_desired title 'desired', \
             @marks_with_titles
    }
    unset label
    unset key
}
unset multiplot
