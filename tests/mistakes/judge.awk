# Holds what was said of scenarios, in the files `messages` and `ends`, against what their comments expect; prints TAP.

# The rest of a line that begins with the name of a file and a colon; the name is in `file`.
function after_file(line) {
    file = substr(line, 1, index(line, ":") - 1)
    return substr(line, length(file) + 2)
}

BEGIN {
    while ((getline line < messages) > 0)
        if (line ~ /^[^:]*:[0-9]+:[0-9]+: (error|warning): /) {
            message = after_file(line)
            said[file] = said[file] "# +" message "\n"
        }
    while ((getline line < ends) > 0)
        if (line ~ /^[^:]*: (fine|left with [0-9]+|wrote results)$/) {
            outcome = after_file(line)
            ended[file] = ended[file] outcome
        }
}

FNR == 1 && NR > 1 { judge() }
FNR == 1 { scenario = FILENAME; expected = ""; is_wrong = 0 }

/^# expect: / {
    expected = expected "# +" substr($0, length("# expect: ") + 1) "\n"
    if ($0 ~ /^# expect: [0-9]+:[0-9]+: error: /)
        is_wrong = 1
}

function judge(    name, wanted) {
    name = scenario
    sub(/\.yaml$/, "", name)
    wanted = is_wrong ? "" : " fine"
    number++
    if (expected != "" && expected == said[scenario] && ended[scenario] == wanted) {
        print "ok " number " - " name
        return
    }
    failed++
    print "not ok " number " - " name
    if (ended[scenario] != wanted)
        print "# it ended as:" ended[scenario] ", expected was:" wanted
    gsub(/# \+/, "# -", expected)
    printf "# expected messages (-) and those that came (+):\n%s%s", expected, said[scenario]
}

END {
    judge()
    if (number < ARGC - 1)
        print "Bail out! empty files were not judged"
    exit failed > 0 || number < ARGC - 1
}
