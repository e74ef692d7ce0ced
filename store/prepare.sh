#!/bin/sh
# Writes what the query macros need to build without a database into .sqlx, or with --check says
# whether it is up to date. DATABASE_URL names any database of a server on which its user may
# create one.
set -eu
cd "$(dirname "$0")"
: "${DATABASE_URL:?set DATABASE_URL to a database of a scratch server}"

scratch="almanac_prepare_$$"
data=$(mktemp -d)
server() { psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$DATABASE_URL" "$@"; }
server --command "CREATE DATABASE $scratch"
trap 'server --command "DROP DATABASE $scratch WITH (FORCE)"; rm -r "$data"' EXIT

# The same address with another database: what stands between the host and the parameters.
address=$(printf %s "$DATABASE_URL" | sed -E "s#^([^/]*//[^/?]*)(/[^?]*)?#\1/$scratch#")
for step in ../migrations/[0-9]*.sql; do
    case "$step" in *.sample.sql) continue ;; esac
    psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 "$address" --file "$step"
done

# Cargo does not know that the macros read the environment.
touch lib.rs
STORE_DATABASE_URL="$address" SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$data" \
    cargo check --quiet --package almanac-store
touch lib.rs

if [ "${1:-}" = --check ]; then
    diff --recursive --brief .sqlx "$data" || {
        echo "store/.sqlx is out of date: run store/prepare.sh" >&2
        exit 1
    }
else
    mkdir -p .sqlx
    rm -f .sqlx/query-*.json
    cp "$data"/query-*.json .sqlx/
fi
