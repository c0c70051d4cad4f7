#!/usr/bin/env bash
# Grades a class with a real Slurm, started for this with one node on the loopback, and the same class without it. The grades
# must be the same, and each grading must be a job.
#
#   tests/class_on_slurm.sh [FOLDER OF THE BUILD]
#
# Needs root, the kit built, and Slurm (./setup --cluster). Exit code: 0 the same grades, 1 not,
# 77 it can't be tried here.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
    echo "class_on_slurm: $1"
    exit 77
}
[ "$(id -u)" -eq 0 ] || skip "this needs root, for Slurm's daemons"
for tool in munged slurmctld slurmd srun; do
    command -v "$tool" >/dev/null || skip "$tool is not installed (./setup --cluster)"
done
build=${1:-build}
[ -x "$build/bin/grader" ] || skip "the kit isn't built (make kit)"

work=$(mktemp -d)
daemons=()
stop() {
    for pid in "${daemons[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait
    rm -rf "$work"
}
trap stop EXIT

start_slurm() {
    export SLURM_CONF=$work/slurm.conf
    local node
    node=$(hostname -s)
    mkdir "$work/state" "$work/spool" "$work/munge"
    chmod 755 "$work"
    cat >"$SLURM_CONF" <<TEXT
ClusterName=class
SlurmctldHost=$node(127.0.0.1)
SlurmctldPort=6817
SlurmdPort=6818
AuthType=auth/munge
AuthInfo=socket=$work/munge/socket
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
NodeName=$node NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=$node Default=YES MaxTime=INFINITE State=UP
TEXT
    (umask 077 && dd if=/dev/urandom of="$work/munge/key" bs=128 count=1 status=none)
    munged --foreground --force --key-file="$work/munge/key" --socket="$work/munge/socket" --pid-file="$work/munge/pid" \
        --log-file="$work/munge/log" --seed-file="$work/munge/seed" &
    daemons+=($!)
    until [ -S "$work/munge/socket" ]; do sleep 0.1; done
    slurmctld -D >"$work/slurmctld.log" 2>&1 &
    daemons+=($!)
    slurmd -D >"$work/slurmd.log" 2>&1 &
    daemons+=($!)
    for _ in $(seq 300); do
        [ "$(sinfo -h -o %T 2>/dev/null)" = idle ] && return
        sleep 0.1
    done
    cat "$work/slurmctld.log" "$work/slurmd.log"
    skip "Slurm's node never became idle; its logs are above"
}

mkdir -p "$work/handed_in"
for student in ada grace; do cp -r lessons "$work/handed_in/$student"; done
cp solutions/01_slow_thing/{serial,parallel,optimized}.cpp "$work/handed_in/ada/01_slow_thing/"
cp -r tests/submissions/wrong_answers "$work/handed_in/barbara"

# Each call has its own results folder, so that nothing is kept from the other.
grade_class() {
    make --no-print-directory class BUILD="$build" SUBMISSIONS="$work/handed_in" OUT="$work/$1" SEED=7 FRESH=1 LAUNCHER="$2"
}

start_slurm
echo "Slurm is up ($(sinfo -h -o '%D node, %c CPUs'))."
grade_class slurm "srun -n1 -c1"
jobs=$(scontrol show jobs -o | grep -c 'JobState=COMPLETED')
grade_class here ""
diff "$work/slurm/gradebook.csv" "$work/here/gradebook.csv" # points, verdicts, flags
echo "3 submissions, $jobs completed jobs; the same gradebook as without Slurm."
[ "$jobs" -eq 3 ]
