#!/bin/sh
# Runs once, when the database's volume is new: two roles, one database, and what each role may do.
set -eu
psql --set ON_ERROR_STOP=1 --username postgres \
    --set owner_password="$OWNER_PASSWORD" --set app_password="$APP_PASSWORD" <<'SQL'
CREATE ROLE plg_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE plg_app LOGIN PASSWORD :'app_password';
CREATE DATABASE plg OWNER plg_owner;
SQL
psql --set ON_ERROR_STOP=1 --username postgres --dbname plg --file /srv/roles.sql
