# Colours that stay apart for the colour-blind: Okabe and Ito (2008), the purple darkened so that text in it can be read, the area a
# tint of their green. Hairlines for what helps to read, weight for the data.
colour_desired = '#1a1a1a'
colour_running = '#0072b2'
colour_healthy = '#c9ebe0'
colour_serving = '#00664b'
colour_pending = '#e69f00'
colour_served = '#cfe3f1'
colour_unserved = '#d55e00'
colour_hosts = '#e3e0ee'
colour_host_line = '#6a51a3'
colour_memory = '#009e73'
colour_alarm = '#f0a06a'
colour_ok = '#dcefe7'
colour_no_data = '#ececec'
array colour_mark[3] = [0xa04f80, 0xd55e00, 0x505050]
colour_of_mark(kind) = kind < 0 ? 0xffffff : colour_mark[int(kind) + 1]

axes = "set border 3 linewidth 0.8 linecolor rgb '#808080'; set grid ytics linetype 1 linewidth 0.6 linecolor rgb '#e4e4e4'; " \
    . "set tics nomirror out scale 0.5 textcolor rgb '#404040'"
eval axes
unset key
# gnuplot 5.4 does not heed it where labels come from data.
set termoption noenhanced
