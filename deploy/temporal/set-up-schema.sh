#!/bin/sh
# Makes or updates the schema of Temporal's two databases; harmless when it is up to date. SQL_PASSWORD comes from the environment.
set -eu
for database in temporal:temporal temporal_visibility:visibility; do
  name=${database%%:*}
  schema=/etc/temporal/schema/postgresql/v12/${database##*:}/versioned
  sql() { temporal-sql-tool --plugin postgres12 --ep postgres --port 5432 --user temporal --db "$name" "$@"; }
  sql create
  sql setup-schema --version 0.0
  sql update-schema --schema-dir "$schema"
done
