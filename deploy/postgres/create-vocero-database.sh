#!/bin/sh
# Runs once, when the database server's folder is new: Vocero's own database beside Temporal's two, with a role that sees no other.
set -eu
psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set password="$VOCERO_DATABASE_PASSWORD" <<'SQL'
CREATE ROLE vocero LOGIN PASSWORD :'password';
CREATE DATABASE vocero OWNER vocero;
SQL
