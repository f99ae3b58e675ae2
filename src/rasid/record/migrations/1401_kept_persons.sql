-- Which persons' names a record keeps: with a row here only those of who hold a public role.

CREATE TABLE kept_persons (
    which     TEXT PRIMARY KEY CHECK (which = 'officials'),
    at        TEXT NOT NULL               -- UTC
) STRICT;
