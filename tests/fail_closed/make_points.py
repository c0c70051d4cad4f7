#!/usr/bin/env python3
"""Finds the functions that the grader's files call in each other, to make each of them fail.

    make_points.py LIBRARY FOLDER

It writes FOLDER/points.txt with a line "index name" for each function, FOLDER/stubs.S with a stub
for each that calls fail_point() first, and FOLDER/wrap.rsp with the linker's options that put the
stubs in front of the functions.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# A destructor or a noexcept function can't fail with an exception.
NEVER_THROWS = re.compile(
    r"D[012]Ev$|kill_group|MemoryGroup4join|grader4nameENS_7Flavour|is_identifier"
    r"|sandbox4nameENS_9Isolation"
)

X86_64 = """
.macro point index, symbol
    .globl __wrap_\\symbol
    .type __wrap_\\symbol, @function
__wrap_\\symbol:
    .cfi_startproc
    pushq %rbp
    .cfi_def_cfa_offset 16
    .cfi_offset %rbp, -16
    movq %rsp, %rbp
    .cfi_def_cfa_register %rbp
    subq $192, %rsp
    movq %rdi, -8(%rbp)
    movq %rsi, -16(%rbp)
    movq %rdx, -24(%rbp)
    movq %rcx, -32(%rbp)
    movq %r8, -40(%rbp)
    movq %r9, -48(%rbp)
    movups %xmm0, -64(%rbp)
    movups %xmm1, -80(%rbp)
    movups %xmm2, -96(%rbp)
    movups %xmm3, -112(%rbp)
    movl $\\index, %edi
    call fail_point@PLT
    movq -8(%rbp), %rdi
    movq -16(%rbp), %rsi
    movq -24(%rbp), %rdx
    movq -32(%rbp), %rcx
    movq -40(%rbp), %r8
    movq -48(%rbp), %r9
    movups -64(%rbp), %xmm0
    movups -80(%rbp), %xmm1
    movups -96(%rbp), %xmm2
    movups -112(%rbp), %xmm3
    leave
    .cfi_def_cfa %rsp, 8
    jmp __real_\\symbol@PLT
    .cfi_endproc
.endm
"""

AARCH64 = """
.macro point index, symbol
    .globl __wrap_\\symbol
    .type __wrap_\\symbol, %function
__wrap_\\symbol:
    .cfi_startproc
    stp x29, x30, [sp, -160]!
    .cfi_def_cfa_offset 160
    .cfi_offset 29, -160
    .cfi_offset 30, -152
    mov x29, sp
    stp x0, x1, [sp, 16]
    stp x2, x3, [sp, 32]
    stp x4, x5, [sp, 48]
    stp x6, x7, [sp, 64]
    str x8, [sp, 80]
    stp d0, d1, [sp, 96]
    stp d2, d3, [sp, 112]
    mov w0, \\index
    bl fail_point
    ldp x0, x1, [sp, 16]
    ldp x2, x3, [sp, 32]
    ldp x4, x5, [sp, 48]
    ldp x6, x7, [sp, 64]
    ldr x8, [sp, 80]
    ldp d0, d1, [sp, 96]
    ldp d2, d3, [sp, 112]
    ldp x29, x30, [sp], 160
    .cfi_restore 29
    .cfi_restore 30
    .cfi_def_cfa_offset 0
    b __real_\\symbol
    .cfi_endproc
.endm
"""


def symbols(library: str, kind: str) -> set[str]:
    lines = subprocess.run(
        ["nm", "--extern-only", library], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return {line.split()[-1] for line in lines if line.split()[-2:-1] == [kind]}


def demangled(names: list[str]) -> list[str]:
    done = subprocess.run(
        ["c++filt", "-p"], input="\n".join(names), capture_output=True, text=True, check=True
    )
    return [re.sub(r"\[abi:cxx11\]", "", line) for line in done.stdout.splitlines()]


def main() -> None:
    library, folder = sys.argv[1], Path(sys.argv[2])
    ours = re.compile(r"_ZNK?(6grader|7sandbox)|_ZN?K?(6grader|7sandbox)")
    called = symbols(library, "U") & symbols(library, "T")
    names = sorted(name for name in called if ours.match(name) and not NEVER_THROWS.search(name))
    folder.mkdir(parents=True, exist_ok=True)
    titles = demangled(names)
    (folder / "points.txt").write_text("".join(f"{i} {title}\n" for i, title in enumerate(titles)))
    stubs = f"#ifdef __aarch64__\n{AARCH64}#else\n{X86_64}#endif\n.text\n"
    stubs += "".join(f"point {i} {name}\n" for i, name in enumerate(names))
    stubs += '.section .note.GNU-stack,"",%progbits\n'
    (folder / "stubs.S").write_text(stubs)
    (folder / "wrap.rsp").write_text("".join(f"-Wl,--wrap={name}\n" for name in names))


main()
