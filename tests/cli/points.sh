# TAP points about a program seen from outside, for the scripts beside this one: `binary` is the program, and the
# current folder holds its last output, in out and err.
points=0
failures=0

# point NAME STATUS: one point, good if STATUS is 0.
point()
{
    points=$((points + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $points - $1"
    else
        failures=$((failures + 1))
        echo "not ok $points - $1"
        sed 's/^/# /' out err
    fi
}

# gives STATUS ARGUMENT...: runs the program; its output is in out and err.
gives()
{
    wanted=$1
    shift
    "$binary" "$@" >out 2>err
    status=$?
    point "exit status $wanted: ecsim $*" $((status != wanted))
}

# says FILE PATTERN: the last output has a line like that.
says()
{
    grep -q -e "$2" "$1"
    point "  $1 says: $2" $?
}

# rows FILE PATTERN: the rows of a table that are like that become the last output.
rows()
{
    grep -e "$2" "$1" >out 2>err
}

# silent FILE: the last output is empty.
silent()
{
    [ ! -s "$1" ]
    point "  nothing in $1" $?
}

absent()
{
    [ ! -e "$1" ] && [ ! -L "$1" ]
    point "  there is no $1" $?
}

# The end of a script: the plan, and its exit status.
conclude()
{
    echo "1..$points"
    [ $failures -eq 0 ]
    exit
}
