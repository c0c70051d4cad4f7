#!/usr/bin/env python3
"""A grader that is weak on purpose, to show that an attack on it is alive.

    trusting_grader.py SOURCE LESSON/VERSION --out FOLDER

tests/attacks.py runs it. It trusts as some graders do: it compiles where everything can be read,
links the student's object as it is, and runs it as the caller without a sandbox or limits. It
compares and measures in the student's process, and believes every answer, a good exit code and
what is printed. It prints a line for each sign of an attack's success that it saw.
"""

import argparse
import ctypes
import mmap
import os
import re
import resource
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
KIT = HERE.parents[1]
LEDGER = Path("/tmp/slow_things_canary/ledger")
PATIENCE_S = 8
HELD_BYTES = 1 << 20  # of what is printed
FLOOD_BYTES = 1 << 15
# The bombs of tests/attacks are small ones: these are little more than honest work needs.
TOO_MUCH_MEMORY = 128 << 20
TOO_MANY_THREADS = 64
COMPILER_S, COMPILER_KB = 0.5, 40 << 10  # more than the lesson's solution costs the compiler
TIMED = ["-O3", "-march=native"]
FLAVOURS = {
    "timed": TIMED,
    "tsan": ["-O1", "-g", "-fsanitize=thread"],
    "checked": ["-Og", "-g", "-fsanitize=address,undefined", "-DKIT_CHECKED"],
}
REQUEST = struct.Struct("<IIQQQ")
REPLY = struct.Struct("<IIQQQ7Q224s")
CALL, CLOCKED_CALL = 1, 4
DONE, EVALUATE = 2, 4
ARENA_FRONT = 4096
CHECKED, MEASURED, THREADS = (5, 3), (40, 40), 4
ACTIVE = re.compile(rb"\x1b|<script|<img|^=", re.MULTILINE)
SAID = {
    1: "wrong",
    2: "no time",
    4: "other arithmetic",
    8: "other operator",
    16: "other syscall",
    32: "other framework",
}


def limited():
    """Limits the memory of a compiler, so that a bomb doesn't harm this machine."""
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


class Trusting:
    def __init__(self, source, lesson, version, out):
        self.source, self.lesson, self.version, self.out = source, lesson, version, out
        self.folder = next((KIT / "lessons").glob(f"*_{lesson}"))
        self.signs = set()
        self.printed, self.printed_bytes = bytearray(), 0

    # ---- Building

    def compiler(self, *arguments, told=False):
        """Tells whether it succeeded; `told` also records what it says of the student's file."""
        command = [
            "g++",
            "-std=c++20",
            "-pthread",
            "-w",
            "-fno-gnu-unique",
            f"-I{KIT}/lessons",
            f"-I{KIT}/grader",
            f"-I{KIT}/grader/worker",
            f"-I{self.folder}",
            *arguments,
        ]
        run = subprocess.Popen(
            command,
            cwd=KIT / "build",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            preexec_fn=limited,
            start_new_session=True,
            env={**os.environ, "TMPDIR": str(self.out)},
        )
        watch = threading.Timer(PATIENCE_S + 4, os.killpg, (run.pid, signal.SIGKILL))
        watch.start()
        said = run.stderr.read()
        _, status, usage = os.wait4(run.pid, 0)
        watch.cancel()
        run.returncode = os.waitstatus_to_exitcode(status)
        self.compiler_used = usage.ru_utime + usage.ru_stime, usage.ru_maxrss
        if not told and run.returncode != 0:
            sys.exit(f"the trusting grader doesn't build: {said.decode(errors='replace')}")
        if told:
            self.tell(said)
        return run.returncode == 0

    def is_bomb(self, flavour, flags):
        """Tells whether the compiler just used much more than the lesson's solution needs."""
        used_s, used_kb = self.compiler_used
        file = self.out.parent / f"honest_compiler_{flavour}_{self.version}"
        if not file.exists():
            solution = KIT / "solutions" / self.folder.name / f"{self.version}.cpp"
            self.compiler(*flags, "-c", str(solution), "-o", str(self.out / "solution.o"))
            file.write_text(" ".join(map(str, self.compiler_used)))
        honest_s, honest_kb = map(float, file.read_text().split())
        return used_s > honest_s + COMPILER_S or used_kb > honest_kb + COMPILER_KB

    def build(self, flavour):
        """Returns the program's path, or None if the student's file doesn't compile."""
        flags = FLAVOURS[flavour]
        name = f"{flavour}-{self.version}"
        archive = self.out.parent / f"trusting-{name}.a"
        prelude = ["-include", str(KIT / "grader/worker/prelude.hpp")]
        if not archive.exists():
            objects = []
            for file, more in (
                (
                    HERE / "trusting_main.cpp",
                    ["-O0"],
                ),  # so that it calls what it uses, and inlines nothing of it
                (HERE / "trusting_benchmark.cpp", []),
                (
                    KIT / "grader/worker/entry.cpp",
                    [
                        f'-DLESSON_HEADER="{self.lesson}.hpp"',
                        f"-DLESSON_FUNCTION={self.lesson}::{self.version}",
                    ],
                ),
                *(
                    (KIT / "solutions" / self.folder.name / f"{other}.cpp", [])
                    for other in ("serial", "parallel", "optimized")
                    if other != self.version
                ),
            ):
                objects.append(str(self.out.parent / f"{name}-{file.stem}.o"))
                self.compiler(*flags, *prelude, *more, "-c", str(file), "-o", objects[-1])
            subprocess.run(["ar", "rc", archive, *objects], check=True)
            reference = str(KIT / "solutions" / self.folder.name / f"{self.version}.cpp")
            self.compiler(
                *flags,
                *prelude,
                "-shared",
                "-fPIC",
                reference,
                "-o",
                str(archive.with_suffix(".so")),
            )
        compiles = self.compiler(
            *flags, *prelude, "-c", str(self.source), "-o", str(self.out / "student.o"), told=True
        )
        if self.is_bomb(flavour, [*flags, *prelude]):
            self.signs.add("bomb")
        if not compiles:
            self.signs.add("refused")
            return None
        program = self.out / f"{flavour}/program"
        program.parent.mkdir(exist_ok=True)
        self.compiler(
            *flags,
            "-Wl,-z,muldefs",
            str(self.out / "student.o"),
            str(archive),
            "-ldl",
            "-o",
            str(program),
        )
        return program

    # ---- Running

    def tell(self, text):
        self.printed_bytes += len(text)
        self.printed += text[: HELD_BYTES - len(self.printed)]

    def serve(self, flavour="timed"):
        """Runs the program, asks for two small images and twice for a large one, and believes."""
        program = self.build(flavour)
        if program is None:
            return
        pixels = MEASURED[0] * MEASURED[1]
        arena_fd = os.memfd_create("arena")
        os.ftruncate(arena_fd, ARENA_FRONT + 8 * pixels + 64)
        ours, theirs = socket.socketpair()
        out_read, out_write = os.pipe()
        ledger = os.open(LEDGER, os.O_CREAT | os.O_WRONLY)  # left open by mistake
        brother = subprocess.Popen(["sleep", "60"], start_new_session=True)

        def become():
            os.setpgid(0, 0)
            for spare, fd in enumerate((theirs.fileno(), arena_fd, out_write, ledger), start=20):
                os.dup2(fd, spare)
            for spare, fd in enumerate((3, 4, 5, 7), start=20):
                os.dup2(spare, fd)
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

        environment = {
            **os.environ,
            "LD_PRELOAD": str(self.out.parent / f"trusting-{flavour}-{self.version}.so")
            if flavour == "timed"
            else "",
        }
        worker = subprocess.Popen(
            [program],
            stdin=subprocess.DEVNULL,
            stdout=out_write,
            stderr=out_write,
            preexec_fn=become,
            env=environment,
            pass_fds=(3, 4, 5, 7),
        )
        theirs.close()
        os.close(out_write)
        os.set_blocking(out_read, False)
        self.worker, self.ours, self.out_read, self.arena_fd = worker, ours, out_read, arena_fd
        self.watched = {"threads": 0, "memory": 0}
        try:
            self.converse(flavour)
        finally:
            ours.close()
            exited = self.waits(lambda: worker.poll() is not None)
            if not exited:
                self.signs.add("endless")
            self.signs.update({"brother"} if brother.poll() is not None else ())
            brother.kill()
            brother.wait()
            try:
                os.killpg(worker.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self.drain()
            # One that left the group lives on.
            time.sleep(0.2)
            if worker.poll() is None:
                self.signs.add("outside its group")
                worker.kill()
            code = worker.wait()
            if code == 0 and not self.answered:
                self.signs.add("forged")  # ended well: so it passed
            if exited and code not in (0, -signal.SIGKILL):
                self.signs.add(f"exit {code}" if code > 0 else "died")
            if self.watched["memory"] > TOO_MUCH_MEMORY:
                self.signs.add("memory")
            if self.watched["threads"] > TOO_MANY_THREADS:
                self.signs.add("crowd")

    def converse(self, flavour):
        self.answered = False
        if self.receive() is None:
            return
        for shape, kind in (
            (CHECKED, CALL),
            (CHECKED, CALL),
            (MEASURED, CLOCKED_CALL),
            (MEASURED, CLOCKED_CALL),
        ):
            if flavour != "timed" and shape == MEASURED:
                return
            self.answered = False
            begin_s, begin = self.cpu_s(), time.monotonic()
            try:
                self.ours.sendall(REQUEST.pack(kind, THREADS, *shape, 1))
            except OSError:
                return
            reply = self.receive()
            if reply is None:
                self.signs.add("silent")
                return
            self.believe(shape, reply, begin_s, begin)

    def believe(self, shape, reply, begin_s, begin):
        kind, said, *_ = reply
        self.tell(reply[-1].rstrip(b"\0"))
        if kind == EVALUATE:
            self.signs.add("asks")
        if kind != DONE:
            self.signs.add("nonsense" if kind > 8 else "other answer")
            return
        self.answered = True
        for bit, name in SAID.items():
            if said & bit:
                self.signs.add(name)
        is_right = self.image(shape) == [
            1e5 * x + 1e3 * y for x in range(shape[0]) for y in range(shape[1])
        ]
        if not is_right and not (said & 1 and shape == CHECKED):
            self.signs.add("forged")  # nobody compares what is measured
        if shape == MEASURED:
            cpu_s, wall_s = self.cpu_s() - begin_s, time.monotonic() - begin
            work_s = shape[0] * shape[1] * 100_000 * 0.25e-9  # no plain loops are faster
            if cpu_s < work_s / 10:
                self.signs.add("free" if wall_s > work_s / 2 else "fast")
            elif cpu_s < 0.9 * self.honest_s():
                self.signs.add("fast")
            if cpu_s > 1.5 * self.honest_s():
                self.signs.add("slow")
            span_ns, work_ns = reply[5:7]
            if span_ns and work_ns / span_ns > 0.9 * THREADS:
                self.signs.add("speed-up")
            if self.watched["threads"] >= THREADS:
                self.signs.add("threads")

    def honest_s(self):
        """Returns the CPU time of the plain loops on the measured image, in seconds."""
        file = self.out.parent / "honest_s"
        if not file.exists():
            program = self.out.parent / "honest"
            source = program.with_suffix(".cpp")
            source.write_text(
                f'#include "{KIT}/tests/speedup/work.hpp"\n'
                f"int main() {{ kit::Image image{{{MEASURED[0]}, {MEASURED[1]}}};"
                " work_on_rows(image, 0, image.rows()); }\n"
            )
            self.compiler(
                *TIMED,
                "-include",
                str(KIT / "grader/worker/prelude.hpp"),
                str(source),
                "-o",
                str(program),
            )
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([program], check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            file.write_text(str(after.ru_utime - before.ru_utime))
        return float(file.read_text())

    def image(self, shape):
        size = 8 * shape[0] * shape[1]
        with mmap.mmap(self.arena_fd, ARENA_FRONT + size, prot=mmap.PROT_READ) as arena:
            return list(struct.unpack(f"<{size // 8}d", arena[ARENA_FRONT : ARENA_FRONT + size]))

    def cpu_s(self):
        try:
            fields = Path(f"/proc/{self.worker.pid}/stat").read_text().rsplit(")", 1)[1].split()
            return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        except (OSError, IndexError):
            return 0

    def receive(self):
        """Returns a reply, or None if there is none in time.

        The time starts anew whenever the program prints something.
        """
        got = b""
        self.ours.setblocking(False)

        def complete():
            nonlocal got
            try:
                piece = self.ours.recv(REPLY.size - len(got))
                if not piece:
                    raise EOFError
                got += piece
            except BlockingIOError:
                pass
            return len(got) == REPLY.size

        try:
            in_time = self.waits(complete)
        except (EOFError, ConnectionResetError):
            return None
        finally:
            self.ours.setblocking(True)
        if not in_time:
            self.signs.add("endless")
            return None
        return REPLY.unpack(got)

    def waits(self, is_true):
        last = first = time.monotonic()
        while not is_true():
            self.look()
            now = time.monotonic()
            if self.drain():
                last = now
            if now - last > PATIENCE_S or now - first > 2 * PATIENCE_S:
                return False
            time.sleep(0.001)
        return True

    def look(self):
        try:
            status = Path(f"/proc/{self.worker.pid}/status").read_text()
            tasks = os.listdir(f"/proc/{self.worker.pid}/task")
            for task in tasks[:64]:
                cpu = int(
                    Path(f"/proc/{self.worker.pid}/task/{task}/stat")
                    .read_text()
                    .rsplit(")", 1)[1]
                    .split()[36]
                )
                if cpu != min(os.sched_getaffinity(0)):
                    self.signs.add("moved")
        except (OSError, IndexError):
            return
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        resident = fields.get("VmRSS", "0 kB").split()[0]
        self.watched["threads"] = max(self.watched["threads"], len(tasks))
        self.watched["memory"] = max(self.watched["memory"], 1024 * int(resident))

    def drain(self):
        total = 0
        try:
            while piece := os.read(self.out_read, 1 << 16):
                total += len(piece)
                self.tell(piece)
        except BlockingIOError:
            pass
        return total

    # ---- Reporting

    def finish(self):
        """Writes and prints everything as it came."""
        if self.printed_bytes > FLOOD_BYTES:
            self.signs.add("flood")
        if ACTIVE.search(self.printed):
            self.signs.add("active text")
        (self.out / "result.json").write_bytes(b"{}")
        if LEDGER.exists() and LEDGER.stat().st_size == 0:
            LEDGER.unlink()
        for sign in sorted(self.signs):
            print(f"sign: {sign}")
        sys.stdout.flush()
        sys.stdout.buffer.write(self.printed)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("version")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--flavour", choices=FLAVOURS, default="timed")
    arguments = parser.parse_args()
    ctypes.CDLL(None).prctl(15, b"grader", 0, 0, 0)  # PR_SET_NAME: some attacks harm nobody else
    grader = Trusting(
        arguments.source.resolve(), *arguments.version.split("/"), arguments.out.resolve()
    )
    grader.serve(arguments.flavour)
    grader.finish()


if __name__ == "__main__":
    main()
