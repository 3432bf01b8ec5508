# A fleet of 5,000 hosts and tasks that follows its load, fails and is deployed to.
play tests/bench/week.yaml
row work=week size="$(rows_of tasks.csv)" unit=task seconds="$seconds" wall="$wall" peak="$peak" reach="seconds<=5"
