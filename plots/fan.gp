# Fans over time, a colour for each quantity: the wider the share of runs, the paler.
array colour_line[4] = ['#0072b2', '#00805e', '#a04f80', '#8a6200']
array colour_band[4] = ['#9fc8e3', '#94d3be', '#dcb6cd', '#e3cf9a']
array colour_wide_band[4] = ['#d9e9f4', '#d6eee6', '#f3e5ed', '#f5edd9']
set style fill solid 1.0 noborder

plot @frame, \
     for [s = 1:4] 'wide_band' index s - 1 with filledcurves closed fillcolor rgb colour_wide_band[s], \
     for [s = 1:4] 'band' index s - 1 with filledcurves closed fillcolor rgb colour_band[s], \
     for [s = 1:4] 'least' index s - 1 with lines linewidth 0.9 linecolor rgb '#d55e00', \
     for [s = 1:4] 'line' index s - 1 with lines linewidth 2.4 linecolor rgb colour_line[s], \
     'wanted' with lines linewidth 1.1 dashtype (9,4) linecolor rgb colour_desired, \
     @titles, @names, @legend, @page_texts
