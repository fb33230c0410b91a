#!/bin/sh
# Prepares this machine: system packages, the virtual environment .venv, the locked packages.
#   sh scripts/setup.sh run    what the application needs
#   sh scripts/setup.sh dev    and what the checks need
#   sh scripts/setup.sh lint   and what reads the shell scripts
#   sh scripts/setup.sh test   and what the tests drive from outside
# As root on Debian, missing system packages are installed. Elsewhere one line names the command,
# and set-up goes on without them only if the application can.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

purpose=$1
host_python=${PYTHON:-python3}
python=.venv/bin/python
few_scripts='Without more fonts a packet with, for example, a Chinese name is refused'

stop() {
    echo "$1" >&2
    exit 1
}

environment_works() {
    "$python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# One Debian package a line. The names are those of shared objects that WeasyPrint opens.
missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    "$1" - libpango-1.0.so.0 libpango-1.0-0 libpangoft2-1.0.so.0 libpangoft2-1.0-0 \
        libharfbuzz-subset.so.0 libharfbuzz-subset0 <<'PYTHON'
import ctypes
import sys

for library, package in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        ctypes.CDLL(library)
    except OSError:
        print(package)
PYTHON
}

# Debian ships ensurepip apart from each interpreter.
venv_package() {
    "$host_python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

# Without an interpreter nothing can be tried, so every library is asked for: a package that is
# there already costs nothing.
missing_necessities() {
    if environment_works; then
        missing_libraries "$python"
    elif command -v "$host_python" >/dev/null; then
        "$host_python" -c 'import ensurepip' 2>/dev/null || venv_package
        missing_libraries "$host_python"
    else
        echo python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    fi
}

missing_fonts() {
    fc-list 'Noto Sans CJK SC' 2>/dev/null | grep -q . || echo fonts-noto-cjk
    fc-list 'Noto Sans' 2>/dev/null | grep -q . || echo fonts-noto-core
}

missing_tools() {
    command -v chromium >/dev/null || echo chromium
    command -v pdftotext >/dev/null || echo poppler-utils
    command -v qpdf >/dev/null || echo qpdf
    [ -x /usr/sbin/clamd ] || command -v clamd >/dev/null || echo clamav-daemon
}

missing_linter() {
    command -v shellcheck >/dev/null || echo shellcheck
}

may_install() {
    [ "$(id -u)" = 0 ] && grep -qx 'ID=debian' /etc/os-release 2>/dev/null
}

# An update may fail for a source that has nothing to do with us; the installation is the judge.
install_packages() {
    echo "Installing system packages: $*"
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    apt-get update </dev/null >"$log" 2>&1 || :
    if apt-get install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" \
        </dev/null >>"$log" 2>&1; then
        rm -f "$log"
    else
        tail -n 15 "$log" >&2
        rm -f "$log"
        return 1
    fi
}

# Sets the variable `missing` to what the given function still reports, in one line.
look_for() {
    missing=$("$@" | xargs)
}

command_for() {
    if command -v apt-get >/dev/null; then
        echo "as root, run: apt-get update && apt-get install -y --no-install-recommends $1"
    else
        echo "install what Debian calls: $1"
    fi
}

# shellcheck disable=SC2086  # a list of package names is split on purpose
provide_necessities() {
    look_for missing_necessities
    [ -n "$missing" ] || return 0
    if may_install && install_packages $missing; then
        look_for missing_necessities
    fi
    [ -z "$missing" ] || stop "Set-up stopped; $(command_for "$missing")"
}

# shellcheck disable=SC2086  # a list of package names is split on purpose
provide_extras() {
    look_for "$1"
    [ -n "$missing" ] || return 0
    if may_install && install_packages $missing; then
        look_for "$1"
    fi
    [ -z "$missing" ] || echo "$2; $(command_for "$missing")"
}

# A plain python3 that is absent is a package like any other; a path that somebody chose is not.
require_recent_python() {
    if ! command -v "$host_python" >/dev/null; then
        [ "$host_python" = python3 ] || stop "PYTHON=$host_python is not a program."
        return 0
    fi
    "$host_python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
        stop "Python 3.11 or newer is needed and $host_python is $("$host_python" --version 2>&1); name another: make PYTHON=/path/to/python3.11 …"
}

build_environment() {
    echo "Creating the virtual environment .venv"
    "$host_python" -m venv --clear .venv || stop 'The virtual environment could not be created.'
}

# The lock names every package, so nothing is left to resolve: some releases of pip would look at
# newer ones than the lock's. The stamp lies inside .venv, so it goes when the environment goes.
install_lock() {
    stamp=.venv/$1.sha256
    digest=$("$python" -c 'import hashlib, pathlib, sys
print(hashlib.sha256(pathlib.Path(sys.argv[1]).read_bytes()).hexdigest())' "$1")
    [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ] || return 0
    rm -f "$stamp"
    echo "Installing the Python packages of $1"
    "$python" -m pip install -qq --no-input --disable-pip-version-check \
        --no-deps --require-hashes -r "$1" || stop "The packages of $1 could not be installed."
    "$python" -m pip check -qq --disable-pip-version-check ||
        stop "$1 does not name every package that its packages need."
    "$python" -W ignore -c 'import weasyprint' >/dev/null ||
        stop 'WeasyPrint cannot load its libraries: install Pango 1.44 or newer and HarfBuzz.'
    echo "$digest" >"$stamp"
}

environment_works || require_recent_python
provide_necessities
environment_works || build_environment

case $purpose in
run)
    provide_extras missing_fonts "$few_scripts"
    install_lock requirements.txt
    ;;
dev)
    install_lock requirements-dev.txt
    ;;
lint)
    provide_extras missing_linter 'The shell scripts are not linted'
    install_lock requirements-dev.txt
    ;;
test)
    provide_extras missing_fonts "$few_scripts"
    provide_extras missing_tools 'Tests that need a browser, a PDF tool or a malware scanner are skipped'
    install_lock requirements-dev.txt
    if command -v java >/dev/null; then
        install_lock requirements-spark.txt
    else
        echo 'The scale-out test on Spark is skipped: it needs Java (package default-jre-headless)'
    fi
    ;;
*)
    stop "setup.sh: $purpose is not run, dev, lint or test"
    ;;
esac
