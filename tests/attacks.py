#!/usr/bin/env python3
"""Grades each program of tests/attacks and prints in Markdown what came of it.

    tests/attacks.py [--alive] [--write] [--only NAME …] [attack | honest]

A program's head comment says what it tries, which outcomes are acceptable, and by which sign it is
seen to succeed where a grader trusts it. With --alive each attack also meets such a grader
(tests/attacks/trusting_grader.py), which only root should do. A bomb is a stand-in that costs any
tool that opens or runs it little. It is graded with limits of lesson.toml that are lowered for it
(`limit` in its head), and it must be seen to have met them (`met`). `earns` says how many points
the code is worth: more need a flag. `within` says how many seconds the grading may take.

--write puts the table into docs/security.md. The exit code is 1 if a program did what it must not,
or left something behind. ISOLATION=limits (make doctor) promises less: the table then only tells
what the programs do, in a column of its own, but each grading must end with a result and the
honest programs must pass.
"""

import argparse
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
GRADER = HERE.parent / "build/bin/grader"
TRUSTING = HERE / "attacks/trusting_grader.py"
CANARY = Path("/tmp/slow_things_canary")
PORT = 47653
TOKEN = "TOKEN-7f3a91c2"  # what an attack looks for
WALL_LIMIT_S = 200
IS_TRUSTED = os.environ.get("ISOLATION") == "limits"
COLUMNS = ["program", "tries", "alive by", "outcome", "points", "without the sandbox", ""]


def head(path):
    """Returns the fields of the head comment, by name."""
    text = path.read_text(errors="replace")
    return dict(re.findall(r"^// (\w+): (.*)$", text, re.MULTILINE))


def source_of(path, fields):
    """Returns the file to hand in: the program after what all share, unless it says `alone`."""
    front = [] if "alone" in fields else [HERE / "speedup/work.hpp", HERE / "attacks/common.hpp"]
    return b"".join(part.read_bytes() for part in [*front, path])


def quick_lessons(folder):
    """Copies the lessons into a folder, with small images and short measurements."""
    shutil.copytree(HERE.parent / "lessons", folder)
    for toml in folder.glob("*/lesson.toml"):
        text = toml.read_text()
        text = re.sub(r"(?m)^edges = .*", "edges = [4, 6, 8, 10]", text)
        for limit, value in {"budget_s": 0.05, "cpu_s": 2, "idle_s": 2, "wall_s": 10}.items():
            text = re.sub(rf"\b{limit} = [\d.]+", f"{limit} = {value}", text)
        text = re.sub(r"rows = (20|48|96), cols = (20|48|96)", "rows = 16, cols = 16", text)
        toml.write_text(text)


def lowered(lessons, limits, scratch):
    """Returns the lessons with lowered limits, such as "memory_mb = 64, threads = 64"."""
    if not limits:
        return lessons
    folder = scratch / "lowered"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(lessons, folder)
    for toml in folder.glob("*/lesson.toml"):
        before, head, rest = toml.read_text().partition("[limit]")
        table, end, after = rest.partition("\n[")
        for limit in limits.split(", "):
            name = limit.split(" = ")[0]
            table = f"\n{limit}" + re.sub(rf"(?m)^{name} = .*\n", "", table)
        toml.write_text(before + head + table + end + after)
    return folder


class Listener:
    """Notes whatever reaches the port, by UDP or TCP, or an abstract unix socket."""

    def __init__(self):
        self.packets = []
        self.sockets = []
        for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
            listener = socket.socket(socket.AF_INET, kind)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", PORT))
            if kind == socket.SOCK_STREAM:
                listener.listen()
            self.listen(listener, "tcp" if kind == socket.SOCK_STREAM else "udp")
        listener = socket.socket(socket.AF_UNIX)
        listener.bind("\0slow_things_canary")
        listener.listen()
        self.listen(listener, "unix")

    def listen(self, listener, name):
        self.sockets.append(listener)
        threading.Thread(target=self.wait, args=(listener, name), daemon=True).start()

    def wait(self, listener, name):
        while True:
            if name == "udp":
                listener.recv(64)
            else:
                listener.accept()[0].close()
            self.packets.append(f"packet {name}")


def set_canary():
    shutil.rmtree(CANARY, ignore_errors=True)
    CANARY.mkdir()
    CANARY.chmod(0o777)
    (CANARY / "secret.txt").write_text(TOKEN)


def canary_changes():
    """Lists what in the canary folder isn't as set_canary left it."""
    if not CANARY.is_dir():
        return ["folder gone"]
    changes = [f"file {path.name}" for path in CANARY.iterdir() if path.name != "secret.txt"]
    secret = CANARY / "secret.txt"
    if not secret.exists() or secret.read_text() != TOKEN or secret.stat().st_mode & 0o777 != 0o644:
        changes.append("secret.txt changed")
    return changes


def processes(scratch):
    """Returns the ids of the programs that these gradings run, but not another grader's."""
    listing = subprocess.run(
        ["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True
    ).stdout
    return {
        line.split()[0]
        for line in listing.splitlines()
        if f" {scratch}" in line and line.endswith("/program")
    }


def grade(path, fields, lessons, scratch, listener):
    """Returns the outcome and the list of the signs of success."""
    lesson, version = fields["version"].split("/")
    folder = next(lessons.glob(f"*_{lesson}")).name
    submission = scratch / "submission"
    shutil.rmtree(submission, ignore_errors=True)
    (submission / folder).mkdir(parents=True)
    (submission / folder / f"{version}.cpp").write_bytes(source_of(path, fields))
    out = scratch / "out"
    shutil.rmtree(out, ignore_errors=True)
    set_canary()
    listener.packets.clear()
    before = processes(scratch)
    command = [
        GRADER,
        "grade",
        "--lessons",
        lowered(lessons, fields.get("limit"), scratch),
        "--submission",
        submission,
        "--out",
        out,
        "--cache",
        scratch / "cache",
        "--fresh",
        "--lesson",
        lesson,
        "--version",
        version,
    ]
    begin = time.monotonic()
    try:
        run = subprocess.run(
            command, capture_output=True, timeout=WALL_LIMIT_S, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        return "no end", ["the grading doesn't end"]
    took_s = time.monotonic() - begin
    signs = canary_changes() + sorted(set(listener.packets))
    if took_s > float(fields.get("within", WALL_LIMIT_S)):
        signs.append(f"takes {took_s:.0f} s")
    if processes(scratch) - before:
        signs.append("a process survives")
    text = (run.stdout + run.stderr).decode(errors="replace")
    if run.returncode != 0:
        return f"exit code {run.returncode}", [*signs, text.strip().splitlines()[-1]]
    result_text = (out / "result.json").read_text()
    if TOKEN in text + result_text + (out / "index.html").read_text():
        signs.append("secret told")
    graded = next(
        v
        for v in json.loads(result_text)["versions"]
        if v["lesson"] == lesson and v["version"] == version
    )
    details = graded["details"] or ""
    if not re.search(
        fields.get("met", ""),
        f"{graded['message']} {graded['output']} {details} "
        f"{len(details) / 1024:.0f} KB of diagnostics",
    ):
        signs.append(f"not met: {fields['met']}")
    points = f"{graded['score']:.0f}/{graded['max_score']:.0f}"
    if not graded["flags"] and graded["score"] > float(fields.get("earns", "inf")) + 0.5:
        signs.append(f"not earned: more than {fields['earns']}")
    return "+".join([graded["verdict"], *graded["flags"]]), signs + (
        [] if graded["score"] == 0 else [points]
    )


def sign_of_life(path, fields, scratch, listener):
    """Tells whether the attack succeeds with a grader that trusts it, and by which sign."""
    wanted = fields["alive"]
    if wanted.startswith("never"):
        return True, wanted
    source = scratch / "trusting.cpp"
    source.write_bytes(source_of(path, fields))
    out = scratch / "trusting"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    set_canary()
    listener.packets.clear()
    before = processes(scratch)
    seen_by = re.fullmatch(r"nothing seen by (\w+)", wanted)
    command = [
        TRUSTING,
        source,
        fields["version"],
        "--out",
        out,
        "--flavour",
        seen_by[1] if seen_by else fields.get("flavour", "timed"),
    ]
    try:
        run = subprocess.run(
            command, capture_output=True, timeout=WALL_LIMIT_S, start_new_session=True
        )
    except subprocess.TimeoutExpired:
        return False, "the trusting grader doesn't end"
    text = run.stdout.decode(errors="replace")
    signs = re.findall(r"(?m)^sign: (.*)$", text) + canary_changes() + listener.packets
    if run.returncode < 0:
        signs.append("the grader ends")
    elif run.returncode > 0:
        signs.append(run.stderr.decode(errors="replace")[-500:])
    if processes(scratch) - before:
        signs.append("a process survives")
    if TOKEN in text:
        signs.append("secret told")
    if (
        seen_by
        and not re.search("WARNING: Thread|ERROR: Address", text)
        and not {"died", "silent", "refused"} & set(signs)
    ):
        signs.append(wanted)
    if wanted.startswith("prints ") and wanted.removeprefix("prints ") in text:
        signs.append(wanted)
    # A sanitizer adds its process to the name of a file.
    alive = any(
        sign == wanted or (wanted.startswith("file ") and sign.startswith(wanted)) for sign in signs
    )
    return alive, wanted if alive else f"not {wanted}, but {sorted(set(signs))}"


def outside(scratch):
    """Lists what a program must leave as it was.

    These are the kit's own files, the files where everybody may write, and shared memory.
    """
    found = {
        f"System V {line.split()[0]}"
        for kind in ("shm", "msg", "sem")
        for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]
    }
    for folder in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")):
        found |= {str(path) for path in folder.rglob("*") if scratch not in (path, *path.parents)}
    for folder in ("lessons", "solutions", "grader", "plots"):
        for path in (HERE.parent / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                found.add(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}")
    return found


def free_mb():
    """Returns how many MB are free on the disk of the work folder, and in memory."""
    available = re.search(r"MemAvailable: *(\d+)", Path("/proc/meminfo").read_text())[1]
    return shutil.disk_usage("/tmp").free >> 20, int(available) >> 10


def acceptable(outcome, expected):
    """Tells whether an outcome is one of those expected.

    It may have more flags: each is one more thing for a person to look at, and does no harm.
    """
    verdict, *flags = outcome.split("+")
    for each in (part.strip() for part in expected.split(",")):
        wanted, *wanted_flags = each.split("+")
        if verdict == wanted and set(wanted_flags) <= set(flags):
            return True
    return False


def in_words(outcome, points, signs):
    few = 3
    files = [sign for sign in signs if sign.startswith("file ")]
    shown = (
        signs
        if len(files) <= few
        else [f"{len(files)} files", *(sign for sign in signs if sign not in files)]
    )
    return ", ".join([f"{outcome} {points}".strip(), *shown])


def line(cells):
    return "| " + " | ".join(cells) + " |"


def write_table(rows):
    """Puts the rows into the table of docs/security.md.

    A row replaces that of the same program, but for the cells that this run doesn't show.
    """
    page = HERE.parent / "docs/security.md"
    before, start, rest = page.read_text().partition(line(COLUMNS))
    written, end, after = rest.partition("\n\n")
    table = {
        cells[0]: cells
        for cells in (
            [cell.strip() for cell in row.split("|")[1:-1]] for row in written.splitlines()[2:]
        )
    }
    for row in rows:
        known = table.setdefault(row[0], [""] * len(COLUMNS))
        table[row[0]] = (
            [*known[:5], row[5], known[6]] if IS_TRUSTED else [*row[:5], known[5], row[6]]
        )
    page.write_text(
        before
        + "\n".join([start, line(["---"] * len(COLUMNS)), *map(line, table.values())])
        + end
        + after
    )


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--alive", action="store_true", help="show each attack alive")
    parser.add_argument("--write", action="store_true", help="put the table into docs/security.md")
    parser.add_argument("kind", nargs="?", choices=["attack", "honest"])
    arguments = parser.parse_args()
    kinds = [arguments.kind] if arguments.kind else ["honest", "attack"]
    listener = Listener()
    bad = 0
    rows = []
    print(line(COLUMNS), line(["---"] * len(COLUMNS)), sep="\n")
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        scratch.chmod(0o755)
        quick_lessons(scratch / "lessons")
        shutil.rmtree(CANARY, ignore_errors=True)
        before, before_mb = outside(scratch), free_mb()
        for kind in kinds:
            for path in sorted((HERE / "attacks" / kind).glob("*.cpp")):
                if arguments.only and path.stem not in arguments.only:
                    continue
                fields = head(path)
                is_alive, life = True, ""
                if arguments.alive and kind == "attack":
                    is_alive, life = sign_of_life(path, fields, scratch, listener)
                outcome, signs = grade(path, fields, scratch / "lessons", scratch, listener)
                points = next((sign for sign in signs if re.fullmatch(r"\d+/\d+", sign)), "")
                signs = [sign for sign in signs if sign != points]
                if kind == "honest":
                    good = outcome == "pass" and not signs
                elif IS_TRUSTED:
                    good = not outcome.startswith(("no end", "exit code"))
                else:
                    good = acceptable(outcome, fields["expect"]) and not signs
                bad += not (good and is_alive)
                told = (
                    "" if good else ", ".join(["expected " + fields.get("expect", "pass"), *signs])
                )
                cells = (
                    ["", "", in_words(outcome, points, signs)]
                    if IS_TRUSTED
                    else [outcome, points, ""]
                )
                rows.append([path.stem, fields["does"], life, *cells, told])
                print(line(rows[-1]), flush=True)
        shutil.rmtree(CANARY, ignore_errors=True)
        left = sorted(outside(scratch) ^ before)
        processes_left = processes(scratch)
    disk_mb, memory_mb = (now - then for now, then in zip(free_mb(), before_mb))
    print(
        f"left behind: {len(processes_left)} processes, files: {left or 'none'}; "
        f"free now: disk {disk_mb:+} MB, memory {memory_mb:+} MB"
    )
    if arguments.write:
        write_table(rows)
    return 1 if bad or (not IS_TRUSTED and (left or processes_left)) else 0


if __name__ == "__main__":
    sys.exit(main())
