#!/bin/sh
# Runs the tests given as arguments, or all, on at most two cores. The environment must be ready.
# A PostgreSQL on this machine that lets us create databases is handed to the tests as
# DOCKET_TEST_POSTGRES, a URL for SQLAlchemy; a URL that is set already is kept.
set -eu
CDPATH='' cd -- "$(dirname -- "$0")/.."

python=.venv/bin/python

first_postgres() {
    "$python" - <<'PYTHON'
import sys

import psycopg

RIGHT = "SELECT rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
PLACES = ("postgresql:///postgres", "postgresql://postgres@127.0.0.1/postgres")
for place in PLACES:
    try:
        with psycopg.connect(place, connect_timeout=3) as connection:
            allowed = connection.execute(RIGHT).fetchone() == (True,)
    except psycopg.Error:
        continue
    if allowed:
        print(place.replace("postgresql:", "postgresql+psycopg:", 1))
        sys.exit()
sys.exit(1)
PYTHON
}

if [ -z "${DOCKET_TEST_POSTGRES:-}" ]; then
    if DOCKET_TEST_POSTGRES=$(first_postgres); then
        export DOCKET_TEST_POSTGRES
    else
        unset DOCKET_TEST_POSTGRES
        echo 'Tests on PostgreSQL are skipped; install postgresql and set DOCKET_TEST_POSTGRES.'
    fi
fi

# A test that hangs for five minutes ends with its stack on the screen, not with the patience of
# whoever waits.
run_tests() {
    "$python" -m pytest -n auto --maxprocesses=2 --dist worksteal -p no:cacheprovider \
        -o faulthandler_timeout=300 -o faulthandler_exit_on_timeout=true "$@"
}

# The tests that touch a database run once more on PostgreSQL, except those that start processes
# of their own, and the matrix of routes by roles, which asks no database anything of its own.
run_tests "$@"
if [ -n "${DOCKET_TEST_POSTGRES:-}" ] && [ "$#" -eq 0 ]; then
    run_tests --database=postgresql --ignore=tests/cli --ignore=tests/queue \
        --ignore=tests/browser_paths --ignore=tests/architecture
fi
