# One row of what `make bench` prints, from arguments KEY=VALUE; the argument `head` alone gives the lines above.
#
#   work, size, unit   what was done, with how many; rows of one work come by growing size
#   seconds, wall, peak   processor time, wall clock, MiB; ns is seconds by size if it is not given
#   events             of the whole run, where they are counted; those that only repeat what is known aside
#   beside, beside_ns  the other side, and what it needs for each
#   reach              what is to be reached: "ratio>=1.6 peak<=100", of any of these
#
# Made of these: growth, by how much each became dearer as the size grew tenfold; ratio, how many times as fast as the other side.
function given(key) {return key in value && value[key] != ""}
function shown(key, format) {return given(key) ? sprintf(format, value[key]) : ""}
function grown(   parts, line, size, ns) {
    while ((getline line < csv) > 0) {
        split(line, parts, ",")
        if (parts[1] == value["work"] && parts[7] != "") {size = parts[2]; ns = parts[7]}
    }
    close(csv)
    return size + 0 > 0 && value["size"] + 0 > size + 0 ? exp(log(value["ns"] / ns) / (log(value["size"] / size) / log(10))) : ""
}
function holds(   wishes, parts, count, i, broken) {
    count = split(value["reach"], wishes, " ")
    for (i = 1; i <= count; i++) {
        split(wishes[i], parts, /[<>]=/)
        if (!given(parts[1]) || (wishes[i] ~ />=/ ? value[parts[1]] + 0 < parts[2] + 0 : value[parts[1]] + 0 > parts[2] + 0)) broken = broken " " parts[1]
    }
    return count ? (broken ? "no:" broken : "yes") : ""
}
BEGIN {
    columns = split("work size unit seconds wall peak ns growth events beside beside_ns ratio reach holds", column, " ")
    line = "%-22s %9s %-9s %8s %8s %8s %11s %6s %9s  %-10s %11s %7s  %-38s %s\n"
    if (ARGV[1] == "head") {
        printf line, "work", "size", "of", "seconds", "wall", "peak MiB", "ns each", "growth", "events", "beside", "ns each", "ratio", "to reach", "holds"
        for (i = 1; i <= columns; i++) printf "%s%s", column[i], i < columns ? "," : "\n" > csv
        exit
    }
    for (i = 1; i < ARGC; i++) {
        at = index(ARGV[i], "=")
        value[substr(ARGV[i], 1, at - 1)] = substr(ARGV[i], at + 1)
    }
    if (!given("ns") && given("seconds")) value["ns"] = 1e9 * value["seconds"] / value["size"]
    if (given("ns")) value["growth"] = grown()
    if (given("ns") && given("beside_ns")) value["ratio"] = value["beside_ns"] / value["ns"]
    value["holds"] = holds()
    printf line, value["work"], value["size"], value["unit"], shown("seconds", "%.3f"), shown("wall", "%.3f"), shown("peak", "%.0f"), \
        shown("ns", "%.3g"), shown("growth", "%.2f"), value["events"], value["beside"], shown("beside_ns", "%.3g"), shown("ratio", "%.2f"), value["reach"], \
        value["holds"]
    for (i = 1; i <= columns; i++) printf "%s%s", value[column[i]], i < columns ? "," : "\n" >> csv
}
