# Judges the claims in the comments of cases against what playing them left in the folder `work`: NAME/, the results,
# NAME.err, what was said, and NAME.status. Prints TAP.

function complain(text) {
    complaints = complaints "  # " text "\n"
}

# Splits a CSV line, whose quoted cells may hold commas, into cells[1..n].
function split_row(line, cells,    n, cell, rest) {
    n = 0
    rest = line ","
    while (rest != "") {
        if (match(rest, /^"([^"]|"")*",/)) {
            cell = substr(rest, 2, RLENGTH - 3)
            gsub(/""/, "\"", cell)
        } else {
            match(rest, /^[^,]*,/)
            cell = substr(rest, 1, RLENGTH - 1)
        }
        rest = substr(rest, RLENGTH + 1)
        cells[++n] = cell
    }
    return n
}

function read_header(path,    line, cells, n, i) {
    delete column
    if ((getline line < path) <= 0)
        return 0
    n = split_row(line, cells)
    for (i = 1; i <= n; i++)
        column[cells[i]] = i
    return 1
}

# One condition, such as `healthy>=4`, against the cells of a row. An empty cell is neither more nor less.
function holds(condition, cells,    operator, name, value, cell) {
    match(condition, /[<>=!]+/)
    operator = substr(condition, RSTART, RLENGTH)
    name = substr(condition, 1, RSTART - 1)
    value = substr(condition, RSTART + RLENGTH)
    if (!(name in column)) {
        complain("no column `" name "` for: " claim)
        return 0
    }
    cell = cells[column[name]]
    if (operator == "=")
        return cell "" == value ""
    if (operator == "!=")
        return cell "" != value ""
    if (cell == "")
        return 0
    if (operator == "<")
        return cell + 0 < value + 0
    if (operator == ">")
        return cell + 0 > value + 0
    if (operator == "<=")
        return cell + 0 <= value + 0
    return cell + 0 >= value + 0
}

# The number of rows of a file for which all conditions hold; -1 if there is no such file.
function count_rows(file, conditions,    path, n, i, each, line, cells, found, all) {
    path = results "/" file
    if (!read_header(path))
        return -1
    n = split(conditions, each, /, */)
    found = 0
    while ((getline line < path) > 0) {
        split_row(line, cells)
        all = 1
        for (i = 1; i <= n && all; i++)
            all = holds(each[i], cells)
        found += all
    }
    close(path)
    return found
}

function count_messages(text,    path, line, found) {
    path = results "/service-events.csv"
    found = 0
    while ((getline line < path) > 0)
        found += index(line, text) > 0
    close(path)
    return found
}

# The number of lines of a file that contain all texts, separated by ` & `; -1 if there is no such file.
function count_lines(file, texts,    path, n, i, each, line, found, all, read) {
    path = results "/" file
    n = split(texts, each, / & /)
    found = 0
    while ((read = (getline line < path)) > 0) {
        all = 1
        for (i = 1; i <= n && all; i++)
            all = index(line, each[i]) > 0
        found += all
    }
    close(path)
    return read < 0 ? -1 : found
}

function state(    text, i) {
    text = ""
    for (i = 1; i <= deployments; i++)
        text = text (i > 1 ? "," : "") (alive[i] + 0)
    return "(" text ")"
}

function take_state(now) {
    now = state()
    if (now != last_state)
        walked = walked (walked == "" ? "" : " ") now
    last_state = now
}

# The tasks of each deployment, pending and running, as (first,second,…): an instant's last state, repeats once.
function walk(service, how_many,    path, line, cells, at) {
    path = results "/deployments.csv"
    deployments = how_many
    delete alive
    walked = last_state = at = ""
    if (!read_header(path))
        return "no deployments.csv"
    while ((getline line < path) > 0) {
        split_row(line, cells)
        if (cells[column["service"]] != service)
            continue
        if (at != "" && cells[column["time_s"]] != at)
            take_state()
        at = cells[column["time_s"]]
        sub(/^ecs-svc\//, "", cells[column["deployment"]])
        alive[cells[column["deployment"]] + 0] = cells[column["pending"]] + cells[column["running"]]
    }
    close(path)
    take_state()
    return walked
}

function is_said(text,    line, found) {
    while ((getline line < (results ".err")) > 0)
        if (index(line, text))
            found = 1
    close(results ".err")
    return found
}

# The first lines of what was said.
function complain_as_it_did(    line, n) {
    while (n++ < 3 && (getline line < (results ".err")) > 0)
        complain(line)
    close(results ".err")
}

function begin_case() {
    number++
    name = FILENAME
    sub(/.*\//, "", name)
    sub(/\.yaml$/, "", name)
    results = work "/" name
    status_wanted = claims = 0
    complaints = ""
}

function end_case(    status) {
    status = "unknown"
    getline status < (results ".status")
    close(results ".status")
    if (status != status_wanted) {
        complain("exit status " status ", not " status_wanted)
        complain_as_it_did()
    }
    if (!claims)
        complain("it claims nothing")
    failed += complaints != ""
    printf "%s %d - %s\n%s", complaints == "" ? "ok" : "not ok", number, name, complaints
}

FNR == 1 && NR > 1 { end_case() }
FNR == 1 { begin_case() }
!/^# [a-z]/ { next }

{
    claims++
    claim = substr($0, 3)
    head = substr(claim, 1, index(claim, ":") - 1)
    body = substr(claim, index(claim, ":") + 2)
    split(head, word, " ")
    if (word[1] !~ /^(exit|error|warning|sequence|row|rows|no-row|line|no-line|message|no-message)$/)
        complain("no such claim: " claim)
}

word[1] == "exit" { status_wanted = body }
(word[1] == "error" || word[1] == "warning") && !is_said(body) { complain("not said: " body) }

word[1] == "sequence" {
    tuple = body
    sub(/\).*/, "", tuple)
    got = walk(word[2], gsub(/,/, ",", tuple) + 1)
    if (got != body)
        complain("sequence of " word[2] " is " got ", not " body)
}

word[1] == "row" && count_rows(word[2], body) < 1 { complain("no such row: " claim) }
word[1] == "no-row" && count_rows(word[2], body) != 0 { complain("there is such a row: " claim) }
word[1] == "rows" {
    found = count_rows(word[2], body)
    if (found != word[3])
        complain(found " rows, not as many as in: " claim)
}
word[1] == "line" && count_lines(word[2], body) < 1 { complain("no such line: " claim) }
word[1] == "no-line" && count_lines(word[2], body) != 0 { complain("there is such a line: " claim) }
word[1] == "message" && count_messages(body) < 1 { complain("no such message: " body) }
word[1] == "no-message" && count_messages(body) > 0 { complain("there is such a message: " body) }

END {
    end_case()
    print "1.." number
    if (number < ARGC - 1)
        print "Bail out! empty files were not judged"
    exit failed > 0 || number < ARGC - 1
}
