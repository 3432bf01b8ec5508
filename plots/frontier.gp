# What a setting costs against what it keeps: the best ones joined.
plot @frame, @marks, \
     'bar' with lines linewidth 1.0 linecolor rgb '#c4ccd4', \
     'line' with lines linewidth 1.6 linecolor rgb '#0072b2', \
     'point' with points pointtype 7 pointsize 0.7 linecolor rgb '#9aa7b3', \
     'frontier_point' with points pointtype 7 pointsize 0.9 linecolor rgb '#0072b2', \
     'chosen_point' with points pointtype 7 pointsize 1.7 linecolor rgb '#d55e00', \
     'chosen_point' with points pointtype 7 pointsize 0.8 linecolor rgb '#ffffff', \
     'point_name' using 1:2:3 with labels left font ',10' textcolor rgb '#303030', \
     'chosen_name' using 1:2:3 with labels left font ',12' textcolor rgb '#b34700', \
     @titles, @names, @legend, @page_texts
