#!/bin/bash
# An aggregate that holds another aggregate is initialised in braces, member by member. If the initialiser of a later member
# throws, the members before it are destroyed, each once. g++ destroys the members of the inner aggregate twice if that one also
# has a member with a constant initialiser, such as a default one or a reference to a global object. So a std::string in it is
# freed twice. Without the constant initialiser, or with the throwing expression evaluated before the braces, all is well.
#
# Guess: as many destructions as constructions, with every compiler.
# Seen (g++ 12.2.0-14+deb12u1, Debian 12, amd64): 2 constructions, 3 destructions; without the constant initialiser 2 and 2.
# clang 14.0.6: 2 and 2 in both cases. g++ 16.2.0 of Debian unstable does as g++ 12 does.
#
# Needs: Debian 12 with apt. Exit code: 0 still so, 1 not any more, 2 can't be tried here.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
[ "$(dpkg-query -W -f '${Version}' g++-12 2>/dev/null)" = 12.2.0-14+deb12u1 ] ||
    apt-get install -y -q g++-12=12.2.0-14+deb12u1 >/dev/null 2>&1 || { echo "g++ 12.2.0 can't be had here" >&2; exit 2; }

cat >counts.cpp <<'CPP'
#include <cstdio>
#include <stdexcept>

static int constructions, destructions;

struct Counted {
    Counted() { ++constructions; }
    Counted(const Counted&) { ++constructions; }
    ~Counted() { ++destructions; }
};

struct Inner {
    Counted counted;
    MORE
};

struct Outer {
    Inner inner;
    int number;
};

int fails() { throw std::runtime_error("no number"); }

int main() {
    {
        const Counted original;
        try {
            const Outer outer{{original}, fails()};
            std::printf("%d", outer.number);
        } catch (const std::runtime_error&) {
        }
    }
    std::printf("%d %d\n", constructions, destructions);
}
CPP
count() { "$1" -std=c++20 -w "-DMORE=$2" counts.cpp -o counts && ./counts; }

with=$(count g++-12 'int constant = 0;')
without=$(count g++-12 '')
echo "g++ $(g++-12 -dumpfullversion): constructions and destructions: $with with a constant initialiser, $without without"
if command -v clang++ >/dev/null; then
    echo "$(clang++ --version | head -n 1): $(count clang++ 'int constant = 0;') with, $(count clang++ '') without"
fi
[ "$with" = "2 3" ] && [ "$without" = "2 2" ]
