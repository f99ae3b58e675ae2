-- The record of rasid: articles, the events that they report, and the words that say so.
--
-- Every start and end counts characters (code points) of articles.text, the end exclusive, so that in SQL
-- substr(text, start + 1, end - start) gives the words. Days are ISO 8601 (2021-11-24); of an interval, a start or end of NULL
-- is open. Codes are those of PLOVER. `key` numbers rows inside this file and means nothing outside it; `id` is the lasting name.

CREATE TABLE coders (                     -- which version of rasid and of its lexicons made a row
    key       INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,       -- as it stands in what it coded: VERSION+LEXICON
    version   TEXT NOT NULL,              -- the part before +
    lexicon   TEXT                        -- fingerprint of the lexicons, the part after +
) STRICT;

CREATE TABLE articles (
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    url           TEXT,
    page          TEXT NOT NULL,          -- where it was found: a path, an address, file.jsonl:7
    source        TEXT,                   -- the outlet
    agency        TEXT,                   -- whose wire copy it is
    byline        TEXT,
    title         TEXT,
    language      TEXT,                   -- ISO 639-1
    date_start    TEXT,                   -- of publication, first and last day that are possible
    date_end      TEXT,
    date_evidence TEXT NOT NULL CHECK (date_evidence IN ('given', 'meta', 'byline', 'url', 'inferred', 'unknown')),
    date_reasons  TEXT NOT NULL,          -- JSON list of texts
    coder         INTEGER REFERENCES coders,  -- NULL: coded by a version that left no name
    ingested_at   TEXT NOT NULL,          -- UTC
    text_hash     TEXT NOT NULL,          -- SHA-256 of the text in UTF-8
    text          TEXT NOT NULL           -- last, so that the columns before it are read without it
) STRICT;
-- The same text at the same address is one row.
CREATE UNIQUE INDEX articles_by_text ON articles (text_hash, coalesce(nullif(url, ''), page));
CREATE INDEX articles_by_source ON articles (source COLLATE NOCASE);

CREATE TABLE sentences (                  -- those that events stand in, in order
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (                     -- one act that an article reports
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n             INTEGER NOT NULL,       -- in order of mention
    type          TEXT NOT NULL,
    mode          TEXT,
    status        TEXT NOT NULL CHECK (status IN ('occurred', 'future', 'hypothetical', 'negated', 'historical')),
    quad          INTEGER NOT NULL,       -- 1 material conflict, 2 material cooperation, 3 verbal conflict, 4 verbal cooperation
    score         REAL NOT NULL,          -- -10 (conflict) to 10 (cooperation)
    confidence    REAL,
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
    coder         INTEGER REFERENCES coders,
    reasons       TEXT NOT NULL,          -- JSON list: field, rule, span
    -- For sorting and for asking which events can overlap a period. An open end reaches as far as there are days; an event of
    -- which no day at all is known sorts last and overlaps nothing.
    first_day     TEXT NOT NULL AS (coalesce(when_start, iif(when_end IS NULL, '9999-12-31', '0000-01-01'))) VIRTUAL,
    last_day      TEXT NOT NULL AS (coalesce(when_end, iif(when_start IS NULL, '0000-01-01', '9999-12-31'))) VIRTUAL,
    FOREIGN KEY (article, sentence) REFERENCES sentences (article, n)
) STRICT;
CREATE UNIQUE INDEX events_by_article ON events (article, n);
CREATE INDEX events_by_day ON events (first_day, last_day);
CREATE INDEX events_by_type ON events (type, first_day, last_day);

CREATE TABLE participants (               -- who took part in an event, in order of mention
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    role      TEXT NOT NULL CHECK (role IN ('actor', 'recipient')),
    n         INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    code      TEXT,                       -- country and sector: MAR GOV
    country   TEXT,
    sector    TEXT,
    name      TEXT,                       -- of a person, as written
    latin     TEXT,                       -- for readers of English
    office    TEXT,                       -- as the text gives it
    form      TEXT NOT NULL,              -- name, or else text, with its letters folded: for look-up
    PRIMARY KEY (event, role, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX participants_by_code ON participants (code) WHERE code IS NOT NULL;
CREATE INDEX participants_by_form ON participants (form);
CREATE INDEX participants_by_latin ON participants (latin COLLATE NOCASE) WHERE latin IS NOT NULL;

CREATE TABLE contexts (
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    context   TEXT NOT NULL,
    PRIMARY KEY (event, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE attributions (               -- on whose word
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (event, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE counts (                     -- "more than 20" has min 21 and max NULL
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('killed', 'wounded', 'arrested', 'protesters')),
    min       INTEGER,
    max       INTEGER,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    PRIMARY KEY (event, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE reports (                    -- the same act, said again in the same article
    event         INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    n             INTEGER NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    trigger_text  TEXT NOT NULL,
    sentence      INTEGER NOT NULL,       -- sentences.n of the article
    PRIMARY KEY (event, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE quotes (
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    cue_start INTEGER,
    cue_end   INTEGER,
    cue_text  TEXT,
    speaker_start   INTEGER,
    speaker_end     INTEGER,
    speaker_text    TEXT,
    speaker_country TEXT,
    speaker_sector  TEXT,
    speaker_name    TEXT,
    speaker_latin   TEXT,
    speaker_office  TEXT,
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE agreements (
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,
    content   TEXT NOT NULL,              -- JSON, as in the output of `rasid code`
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE failures (                   -- pages that could not be read or coded; gone once they could
    key       INTEGER PRIMARY KEY,
    page      TEXT NOT NULL,
    step      TEXT NOT NULL,
    reason    TEXT NOT NULL,
    at        TEXT NOT NULL,              -- UTC
    UNIQUE (page, step)
) STRICT;

-- One row an event, for reading and for export. Lists are joined by ' + '.
CREATE VIEW event_rows AS
SELECT
    e.id AS event_id,
    a.id AS article_id,
    e.type,
    e.mode,
    (SELECT group_concat(context, ' + ') FROM contexts WHERE event = e.key) AS contexts,
    e.status,
    e.quad,
    e.score,
    e.confidence,
    e.when_start,
    e.when_end,
    e.when_text,
    e.when_from,
    (SELECT group_concat(text, ' + ') FROM participants WHERE event = e.key AND role = 'actor') AS actors,
    (SELECT group_concat(coalesce(code, '?'), ' + ') FROM participants WHERE event = e.key AND role = 'actor') AS actor_codes,
    (SELECT group_concat(coalesce(latin, name, text), ' + ') FROM participants WHERE event = e.key AND role = 'actor')
        AS actor_names,
    (SELECT group_concat(text, ' + ') FROM participants WHERE event = e.key AND role = 'recipient') AS recipients,
    (SELECT group_concat(coalesce(code, '?'), ' + ') FROM participants WHERE event = e.key AND role = 'recipient')
        AS recipient_codes,
    (SELECT group_concat(coalesce(latin, name, text), ' + ') FROM participants WHERE event = e.key AND role = 'recipient')
        AS recipient_names,
    e.where_code,
    e.where_text,
    (SELECT group_concat(kind || ' ' || iif(min IS max, coalesce(min, '?'), coalesce(min, '') || '-' || coalesce(max, '')), ' + ')
        FROM counts WHERE event = e.key) AS counts,
    (SELECT group_concat(text, ' + ') FROM attributions WHERE event = e.key) AS attributed_to,
    e.trigger_text AS trigger,
    substr(a.text, s.start + 1, s.end - s.start) AS sentence,
    a.title,
    a.source,
    a.agency,
    a.url,
    a.date_start AS published_start,
    a.date_end AS published_end,
    e.predicate,
    c.name AS coder,
    e.key AS event_key,
    e.first_day,
    e.last_day
FROM events AS e
JOIN articles AS a ON a.key = e.article
JOIN sentences AS s ON s.article = e.article AND s.n = e.sentence
LEFT JOIN coders AS c ON c.key = e.coder;
