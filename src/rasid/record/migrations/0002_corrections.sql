-- What people decide about events. The machine's rows stay as they are: an event that a correction takes the place of no longer
-- `stands`, and what people made of it is a row of its own that names the correction.

CREATE TABLE corrections (                -- append-only, in the order in which they were made
    key       INTEGER PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    at        TEXT NOT NULL,              -- UTC
    by        TEXT NOT NULL,              -- the name of who made it
    action    TEXT NOT NULL CHECK (action IN ('accept', 'reject', 'edit', 'merge', 'split', 'add', 'undo')),
    article   TEXT NOT NULL,              -- articles.id: keys change, this does not
    note      TEXT,
    targets   TEXT NOT NULL,              -- JSON list of the events it is about: id, type, and start, end, text of the trigger
    results   TEXT NOT NULL,              -- JSON list of the events that stand in their place, as in the output of `rasid code`
    undoes    TEXT REFERENCES corrections (id)
) STRICT;
CREATE INDEX corrections_by_article ON corrections (article);

CREATE TABLE forgotten (                  -- what was taken out for good, so that it does not come back: never what it said
    key       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,              -- UTC
    by        TEXT NOT NULL,
    note      TEXT,
    kind      TEXT NOT NULL CHECK (kind IN ('article', 'person')),
    articles  INTEGER NOT NULL,           -- how many were taken out, or had words taken out
    words     INTEGER,                    -- of a person's name
    hash      TEXT NOT NULL               -- SHA-256 of an article's id, address or text, or of a person's name
) STRICT;
CREATE INDEX forgotten_by_hash ON forgotten (hash);
CREATE INDEX forgotten_by_kind ON forgotten (kind, words);

CREATE TABLE forgetting (                 -- empty but inside the transaction of `rasid forget`, the one exception to append-only
    article   TEXT PRIMARY KEY
) STRICT;
CREATE TRIGGER corrections_are_kept BEFORE DELETE ON corrections
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE article = old.article)
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: undo one instead'); END;
CREATE TRIGGER corrections_are_not_changed BEFORE UPDATE ON corrections
WHEN NOT EXISTS (SELECT 1 FROM forgetting WHERE article = old.article)
BEGIN SELECT RAISE(ABORT, 'corrections are append-only: undo one instead'); END;

DROP VIEW event_rows;
CREATE TABLE events_anew (                -- one act that an article reports
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL,          -- of the standing rows, no two have the same
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n             INTEGER NOT NULL,       -- in order of mention; what people added comes last
    type          TEXT NOT NULL,
    mode          TEXT,
    status        TEXT NOT NULL CHECK (status IN ('occurred', 'future', 'hypothetical', 'negated', 'historical')),
    quad          INTEGER NOT NULL,       -- 1 material conflict, 2 material cooperation, 3 verbal conflict, 4 verbal cooperation
    score         REAL NOT NULL,          -- -10 (conflict) to 10 (cooperation)
    confidence    REAL,                   -- of the machine
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    trigger_text  TEXT NOT NULL,
    sentence      INTEGER NOT NULL,       -- sentences.n
    when_start    TEXT,
    when_end      TEXT,
    when_from     TEXT CHECK (when_from IN ('text', 'page')),
    when_text     TEXT,                   -- the words that say so, and where they stand
    when_text_start INTEGER,
    when_text_end INTEGER,
    where_code    TEXT,                   -- ISO 3166 alpha-3
    where_text    TEXT,
    where_start   INTEGER,
    where_end     INTEGER,
    predicate     TEXT NOT NULL,          -- the lexicon entry that proposed it
    coder         INTEGER REFERENCES coders,  -- which made it, or made what people corrected
    reasons       TEXT NOT NULL,          -- JSON list: field, rule, span
    correction    TEXT REFERENCES corrections (id),  -- whose result this is; NULL for what the machine coded
    stands        INTEGER NOT NULL DEFAULT 1 CHECK (stands IN (0, 1)),  -- 0: coded by the machine, and corrected
    -- For sorting and for asking which events can overlap a period. An open end reaches as far as there are days; an event of
    -- which no day at all is known sorts last and overlaps nothing.
    first_day     TEXT NOT NULL AS (coalesce(when_start, iif(when_end IS NULL, '9999-12-31', '0000-01-01'))) VIRTUAL,
    last_day      TEXT NOT NULL AS (coalesce(when_end, iif(when_start IS NULL, '0000-01-01', '9999-12-31'))) VIRTUAL,
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, n)
) STRICT;
INSERT INTO events_anew (
    key, id, article, n, type, mode, status, quad, score, confidence, trigger_start, trigger_end, trigger_text, sentence,
    when_start, when_end, when_from, when_text, when_text_start, when_text_end, where_code, where_text, where_start, where_end,
    predicate, coder, reasons
)
SELECT
    key, id, article, n, type, mode, status, quad, score, confidence, trigger_start, trigger_end, trigger_text, sentence,
    when_start, when_end, when_from, when_text, when_text_start, when_text_end, where_code, where_text, where_start, where_end,
    predicate, coder, reasons
FROM events;
DROP TABLE events;
ALTER TABLE events_anew RENAME TO events;
CREATE UNIQUE INDEX events_by_id ON events (id) WHERE stands = 1;
CREATE UNIQUE INDEX events_by_article ON events (article, n);
-- With all that is filtered by, so that going along the days looks at no row that is not asked for.
CREATE INDEX events_by_day ON events (
    first_day, last_day, key, quad, status, type, mode, confidence, correction, where_code, article
) WHERE stands = 1;
CREATE INDEX events_by_type ON events (type, first_day, last_day, key, mode, status, article) WHERE stands = 1;
CREATE INDEX events_by_place ON events (where_code) WHERE stands = 1 AND where_code IS NOT NULL;
-- Those that lie across the beginning of a period; all others are found by their first day.
CREATE INDEX events_of_several_days ON events (last_day, first_day) WHERE stands = 1 AND first_day <> last_day;
CREATE INDEX events_by_confidence ON events (confidence) WHERE stands = 1;
CREATE INDEX events_by_correction ON events (correction) WHERE correction IS NOT NULL;

CREATE TABLE past_codings (               -- what another coder, or another lexicon, made of an article before
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,           -- in order of time
    coder     INTEGER REFERENCES coders,
    until     TEXT NOT NULL,              -- UTC: when the article was coded anew
    events    TEXT,                       -- JSON list, as in the output of `rasid code`; NULL: the same as those after it
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX articles_by_date ON articles (date_start, key, date_end, source);
CREATE INDEX articles_by_coder ON articles (coder);
