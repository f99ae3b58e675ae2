-- Many reports, one event: which articles are copies of one text, and which events are reports of one act. All of it follows from
-- articles, events and what people decided, and is brought up to date when it is asked for (rasid.record.stories); events and
-- articles themselves are never changed by it.

CREATE TABLE fingerprinted (              -- the articles that were compared with all others
    article   INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    words     TEXT NOT NULL,              -- SHA-256 of its words, folded
    samples   INTEGER NOT NULL            -- how many of its fingerprints are of kind 1
) STRICT;
CREATE TABLE fingerprints (               -- what alike texts share: numbers worked out of runs of five words
    kind      INTEGER NOT NULL,           -- 0 MinHash of the whole text, 1 a run of words out of eight
    print     INTEGER NOT NULL,
    article   INTEGER NOT NULL,
    PRIMARY KEY (kind, print, article)
) STRICT, WITHOUT ROWID;
CREATE TABLE copies (                     -- two articles with much of their text in common
    a         INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    b         INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('exact', 'near', 'edited', 'excerpt', 'update')),
    similarity REAL NOT NULL,             -- shingles in both, of those in either
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copies_by_b ON copies (b);
CREATE TRIGGER texts_are_compared_anew AFTER UPDATE OF text, source ON articles
WHEN old.text_hash IS NOT new.text_hash OR old.source IS NOT new.source
BEGIN
    DELETE FROM fingerprinted WHERE article = old.key;
    DELETE FROM copies WHERE a = old.key OR b = old.key;
END;
CREATE TRIGGER fingerprints_go_with_their_article AFTER DELETE ON fingerprinted
BEGIN DELETE FROM fingerprints WHERE article = old.article; END;

CREATE TABLE act_keys (                   -- what events are looked for under when others are compared with them
    key       TEXT NOT NULL,
    event     TEXT NOT NULL,              -- events.id
    PRIMARY KEY (key, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_keys_by_event ON act_keys (event);
CREATE TABLE act_edges (                  -- events of two articles that are alike enough to be one act
    a         TEXT NOT NULL,              -- events.id, as b
    b         TEXT NOT NULL,
    score     REAL NOT NULL,
    findings  TEXT NOT NULL,              -- JSON list: name and points of each finding, see points.csv
    PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX act_edges_by_b ON act_edges (b);
CREATE TABLE joins (                      -- to which story an event belongs, and why
    event     TEXT PRIMARY KEY,           -- events.id
    story     TEXT NOT NULL,              -- the smallest id of its events
    joined_to TEXT,                       -- the event of the story that it is most like; NULL for the one that others are joined to
    score     REAL,
    findings  TEXT NOT NULL               -- JSON list, as of act_edges
) STRICT, WITHOUT ROWID;
CREATE INDEX joins_by_story ON joins (story);
CREATE TABLE join_decisions (             -- what people decided of two events, kept for ever: the last one of a pair holds
    key       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,              -- UTC
    by        TEXT NOT NULL,
    action    TEXT NOT NULL CHECK (action IN ('join', 'separate', 'undo')),
    one       TEXT NOT NULL,              -- events.id, the smaller first
    other     TEXT NOT NULL,
    note      TEXT
) STRICT;
CREATE TRIGGER join_decisions_are_kept BEFORE DELETE ON join_decisions
BEGIN SELECT RAISE(ABORT, 'decisions about joins are kept: decide anew instead'); END;
CREATE TRIGGER join_decisions_are_not_changed BEFORE UPDATE ON join_decisions
WHEN NOT EXISTS (SELECT 1 FROM forgetting)
BEGIN SELECT RAISE(ABORT, 'decisions about joins are kept: decide anew instead'); END;

CREATE TABLE stale_events (               -- came, went or changed since stories were made
    event     TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;
INSERT INTO stale_events SELECT DISTINCT id FROM events;
CREATE TRIGGER new_events_are_stale AFTER INSERT ON events
BEGIN INSERT OR IGNORE INTO stale_events VALUES (new.id); END;
CREATE TRIGGER lost_events_are_stale AFTER DELETE ON events
BEGIN INSERT OR IGNORE INTO stale_events VALUES (old.id); END;
CREATE TRIGGER articles_with_another_day_are_stale AFTER UPDATE OF date_start, date_end, title ON articles
WHEN (old.date_start, old.date_end, old.title) IS NOT (new.date_start, new.date_end, new.title)
BEGIN INSERT OR IGNORE INTO stale_events SELECT id FROM events WHERE article = new.key; END;

CREATE VIEW story_reports AS              -- one row a report: an event, and the story it belongs to
SELECT
    j.story AS story_id, e.id AS event_id, a.id AS article_id, e.type, e.mode, e.status, e.when_start, e.when_end, e.where_code,
    a.source, a.date_start AS published_start, a.date_end AS published_end, a.title, a.url,
    j.joined_to, j.score AS likeness, j.findings,
    -- 1 where the article is no copy of one that is also in the story and comes before it
    NOT EXISTS (
        SELECT 1 FROM copies AS c
        JOIN articles AS o ON o.key = iif(c.a = a.key, c.b, c.a)
        JOIN events AS oe ON oe.article = o.key AND oe.stands = 1
        JOIN joins AS oj ON oj.event = oe.id AND oj.story = j.story
        WHERE (c.a = a.key OR c.b = a.key)
        AND (coalesce(o.date_start, ''), o.id) < (coalesce(a.date_start, ''), a.id)
    ) AS own_text,
    c.name AS coder
FROM joins AS j
JOIN events AS e ON e.id = j.event AND e.stands = 1
JOIN articles AS a ON a.key = e.article
LEFT JOIN coders AS c ON c.key = e.coder;

CREATE VIEW story_rows AS                 -- one row a story: an act, however many reported it
SELECT
    story_id, min(type) AS type, min(when_start) AS when_start, max(when_end) AS when_end, min(where_code) AS where_code,
    count(*) AS reports, count(DISTINCT article_id) AS articles, count(DISTINCT source) AS outlets, sum(own_text) AS own_texts,
    min(published_start) AS first_published, max(published_end) AS last_published
FROM story_reports
GROUP BY story_id;

CREATE VIEW story_months AS               -- reports and acts side by side, by month and type
SELECT
    substr(e.first_day, 1, 7) AS month, e.type, e.status, count(*) AS reports, count(DISTINCT j.story) AS stories
FROM joins AS j
JOIN events AS e ON e.id = j.event AND e.stands = 1
WHERE substr(e.first_day, 1, 7) = substr(e.last_day, 1, 7) AND e.first_day <> '9999-12-31'
GROUP BY month, e.type, e.status;
