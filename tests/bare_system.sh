# shellcheck shell=bash
# Bare Debian and Ubuntu systems to try the kit in. tests/setup_in_debian.sh sources this in the kit's folder.
#
# Packages come from the mirror that this machine's apt uses: on Debian for all releases of Debian, on Ubuntu for those of
# Ubuntu. A mirror of the other distribution is given as MIRROR=address.
#
# Text for apt or for the other system's shell is in single quotes, to be expanded there.
# shellcheck disable=SC2016

# use_system NAME: sets the system that the functions below work on. bookworm, trixie, testing, unstable, … are Debian's,
# ubuntu:noble, … Ubuntu's, and ubuntu:lts is its newest release with long-term support.
use_system() {
    distribution=Debian
    release=$1
    case $1 in
        ubuntu:*)
            distribution=Ubuntu
            release=${1#ubuntu:}
            [ "$release" != lts ] || release=$(newest_lts)
            ;;
    esac
    base=$PWD/build/$release-base.tar
    keyring=/usr/share/keyrings/${distribution,,}-archive-keyring.gpg
}

newest_lts() {
    awk -F, -v today="$(date +%F)" '$1 ~ /LTS/ && $5 <= today { newest = $3 } END { print newest }' /usr/share/distro-info/ubuntu.csv
}

# "Debian 12 (bookworm)", "Debian unstable"
name_of_system() {
    awk -F, -v release="$release" -v distribution="$distribution" '
        $3 == release && $1 != "" { sub(/ LTS/, "", $1); name = $1 " (" release ")" }
        END { print distribution, name ? name : release }' "/usr/share/distro-info/${distribution,,}.csv"
}

# Prints why that system can't be made here; nothing if it can.
why_not() {
    [ "$(id -u)" -eq 0 ] || { echo "This needs root, for debootstrap. Run: sudo tests/setup_in_debian.sh"; return; }
    for tool in debootstrap unshare pivot_root git apt-config; do
        command -v "$tool" >/dev/null || { echo "$tool is not installed. Run: apt-get install debootstrap util-linux git"; return; }
    done
    [ ! -e "$base" ] || return 0
    [ -n "$(mirror)" ] || echo "apt has no source of $distribution here, or has never read it (apt-get update). Give a mirror's address as MIRROR=…"
    [ -e "$keyring" ] || echo "$keyring, which vouches for $distribution's packages, is missing. Copy it from a $distribution"
}

mirror() {
    local own
    own=$(apt_source "$distribution" "$distribution")
    echo "${own:-${MIRROR:-}}"
}

# apt_source ORIGIN LABEL: the address of this machine's source of these packages, if it has one.
apt_source() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Origin: $1" "Label: $2" | sort -u | sed -n 1p
}

sources() {
    local security
    case $distribution:$release in
        Ubuntu:*) sources_line "$(mirror)" "main universe" "$release" "$release-updates" "$release-security" ;;
        Debian:unstable | Debian:sid) sources_line "$(mirror)" main "$release" ;;
        *)
            sources_line "$(mirror)" main "$release" "$release-updates"
            security=$(apt_source Debian Debian-Security)
            [ -z "$security" ] || sources_line "$security" main "$release-security"
            ;;
    esac
}

# sources_line ADDRESS COMPONENTS SUITE…
sources_line() {
    local suite
    for suite in "${@:3}"; do
        echo "deb [signed-by=$keyring] $1 $suite $2"
    done
}

# Makes the bare system unless it is there from last time. If it fails, build/debootstrap.log has the reason.
make_base() {
    if [ -e "$base" ]; then
        return
    fi
    local root proxy start=$SECONDS
    echo "Making a bare $(name_of_system) ..."
    root=$(mktemp -d "${TMPDIR:-/tmp}/$release-base.XXXXXX")
    proxy=$(apt-config dump Acquire::http::Proxy | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
    mkdir -p build
    # One script makes every Debian and one every Ubuntu; this machine's debootstrap may not know the newest by name.
    if ! ${proxy:+env http_proxy="$proxy"} debootstrap --variant=minbase --keyring="$keyring" "$release" "$root" "$(mirror)" \
        "/usr/share/debootstrap/scripts/$(if [ "$distribution" = Ubuntu ]; then echo gutsy; else echo sid; fi)" >build/debootstrap.log 2>&1; then
        tail -n 12 build/debootstrap.log
        rm -rf --one-file-system "$root"
        return 1
    fi
    configure_apt "$root"
    chroot "$root" useradd -m student
    chroot "$root" apt-get clean
    rm -rf "$root"/var/lib/apt/lists/*
    chmod 755 "$root" # mktemp's 700 would lock the ordinary user out
    tar -cpf "$base.part" -C "$root" .
    mv "$base.part" "$base"
    rm -rf --one-file-system "$root"
    echo "  done in $((SECONDS - start)) s: $base"
}

# Gives the system the same mirrors, proxies and keys as this machine.
configure_apt() {
    sources >"$1/etc/apt/sources.list"
    mkdir -p "$1/usr/share/keyrings"
    cp -n "$keyring" "$1/usr/share/keyrings/"
    echo force-unsafe-io >"$1/etc/dpkg/dpkg.cfg.d/90thrown-away" # its files need not outlive a power cut
    apt-config dump Acquire | grep -E '^Acquire::(https?::|Check-|Retries|ForceIPv)' >"$1/etc/apt/apt.conf.d/90mirror" || true
    cp -a /etc/apt/trusted.gpg.d /etc/apt/auth.conf.d "$1/etc/apt/" 2>/dev/null || true
}

# new_system ROOT: unpacks the bare system and puts the kit into it.
new_system() {
    mkdir "$1"
    tar -xpf "$base" -C "$1"
    cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
    mkdir -p "$1/home/student/kit"
    git ls-files -co --exclude-standard -z | tar -c --null -T - --ignore-failed-read 2>/dev/null | tar -x -C "$1/home/student/kit"
    # Every user of these systems may write to the copy.
    chroot "$1" chown -R student:student /home/student
    chmod -R a+rwX "$1/home/student"
}

# run_in ROOT USER COMMAND: runs the command in the folder of the kit, without a terminal. Its mounts and processes live in
# namespaces that end with it. It uses pivot_root, since the kernel refuses bubblewrap its namespaces under a mere chroot.
run_in() {
    unshare --mount --propagation private --pid --fork --kill-child bash -euc '
        cd "$1"
        mount --bind . . && cd "$1"
        mount -t proc proc proc
        mount --rbind /sys sys
        mount --rbind /dev dev
        mkdir -p .host
        pivot_root . .host
        cd /
        umount -l /.host
        rmdir /.host
        exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME="/home/$2" LANG=C.UTF-8 \
            runuser -u "$2" -- sh -c "cd /home/student/kit && $3"
    ' run_in "$@" </dev/null
}
