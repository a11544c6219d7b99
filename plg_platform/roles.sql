-- What the two roles may do in one database. Run as superuser, in the database (or in template1),
-- after the roles exist. The embedded server and docker-compose.yml both run this file.
--   plg_owner  owns the tables: migrations, and whatever must be taken out of audit rows
--   plg_app    is the application: works with rows, changes no structure; what may not even be
--              changed or deleted (audit rows) is revoked by the migration that makes the table
GRANT plg_app TO plg_owner;
GRANT USAGE ON SCHEMA public TO plg_app;
GRANT CREATE, USAGE ON SCHEMA public TO plg_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE plg_owner GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO plg_app;
ALTER DEFAULT PRIVILEGES FOR ROLE plg_owner GRANT USAGE, SELECT ON SEQUENCES TO plg_app;
