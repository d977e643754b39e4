-- The database and its owner: runuser -u postgres -- psql -v password="'…'" -f deploy/postgresql.sql
CREATE ROLE network_site LOGIN PASSWORD :password;
CREATE DATABASE network_site OWNER network_site ENCODING 'UTF8' TEMPLATE template0;
