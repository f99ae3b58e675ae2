-- What people coded blind, to see how far a record can be trusted. A validation is a sample of sentences, those without any event
-- included; each was coded by one or more people who did not see what rasid had made of it.

CREATE TABLE validations (
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    at        TEXT NOT NULL,              -- UTC, when the sample was drawn
    seed      INTEGER NOT NULL,
    coder     TEXT NOT NULL,              -- the versions of rasid that coded the record then
    result    TEXT                        -- JSON: agreement, precision and recall; NULL until sheets were read back
) STRICT;

CREATE TABLE validation_items (           -- the sentences of a sample, in the order of its sheets
    validation INTEGER NOT NULL REFERENCES validations ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    article   TEXT NOT NULL,              -- articles.id: keys change, this does not
    start     INTEGER NOT NULL,           -- characters of the article's text
    end       INTEGER NOT NULL,
    stratum   TEXT NOT NULL,              -- the type that the sentence was drawn for, or `none`
    weight    REAL NOT NULL,              -- how many sentences of the record it stands for
    types     TEXT NOT NULL,              -- JSON list: what rasid had coded there
    PRIMARY KEY (validation, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE validation_codings (         -- what each person coded
    validation INTEGER NOT NULL,
    n         INTEGER NOT NULL,
    by        TEXT NOT NULL,
    types     TEXT NOT NULL,              -- JSON list, empty for no event
    PRIMARY KEY (validation, n, by),
    FOREIGN KEY (validation, n) REFERENCES validation_items ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
