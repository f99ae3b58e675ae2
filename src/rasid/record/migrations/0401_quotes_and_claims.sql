-- What people say, in full: whether in their own words, through whom and to whom, of whom; and claims that rank or count.

ALTER TABLE quotes ADD COLUMN direct INTEGER NOT NULL DEFAULT 1;   -- 1: the speaker's own words, in marks or behind a colon
ALTER TABLE quotes ADD COLUMN carried INTEGER NOT NULL DEFAULT 0;  -- 1: the speaker stands in a sentence before (وأضاف)
ALTER TABLE quotes ADD COLUMN about_codes TEXT NOT NULL DEFAULT '';  -- of who is named in the words: |MAR GOV|ISR|
ALTER TABLE quotes ADD COLUMN content TEXT NOT NULL DEFAULT '{}';  -- JSON: through, addressee, about and whole, as rasid code has them
CREATE INDEX quotes_by_speaker ON quotes (speaker_country, speaker_sector);

CREATE TABLE claims (                     -- words that rank or count: the fourth to do something, the first since, the largest
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,           -- in order of mention
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    kind      TEXT NOT NULL,              -- rank, first, first_since, nth_time, after_gap, only, largest, worst ...
    number    INTEGER,                    -- the rank, or how long a break lasted
    unit      TEXT,                       -- of time, with the length of a break
    since     TEXT,                       -- the first day that since may mean, ISO 8601
    negated   INTEGER NOT NULL,
    about_codes TEXT NOT NULL,            -- of who is named in the sentence: |MAR GOV|ISR|
    content   TEXT NOT NULL,              -- JSON, as in the output of `rasid code`
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_kind ON claims (kind);
