# Means with their intervals; series are told apart by colour and shape (Okabe and Ito, 2008, the yellow left out).
array colour_line[7] = ['#0072b2', '#d55e00', '#009e73', '#a04f80', '#56b4e9', '#b07d00', '#505050']
array shape[7] = [7, 5, 9, 13, 11, 15, 6]
array scaling[7] = [0.75, 0.7, 0.95, 0.95, 0.95, 0.85, 0.75]
set style fill transparent solid 0.16 noborder

plot @frame, \
     for [s = 1:7] 'band' index s - 1 with filledcurves closed fillcolor rgb colour_line[s], \
     @marks, \
     for [s = 1:7] 'line' index s - 1 with lines linewidth 2.0 linecolor rgb colour_line[s], \
     for [s = 1:7] 'bar' index s - 1 with lines linewidth 1.2 linecolor rgb colour_line[s], \
     for [s = 1:7] 'point' index s - 1 with points pointtype shape[s] pointsize scaling[s] linecolor rgb colour_line[s], \
     @titles, @names, @legend, @page_texts
