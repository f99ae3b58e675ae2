-- Who is who: the persons that articles name, with the words that say who they are; what users decided about names; their own actors.
-- What the coder remembers is made of these (rasid.record.memory). None of it is lost when articles are coded anew, but `persons`,
-- which is coded from the article.

ALTER TABLE participants ADD COLUMN holder TEXT;           -- who then held an office that the text gives without a name
ALTER TABLE participants ADD COLUMN holder_latin TEXT;
ALTER TABLE participants ADD COLUMN holder_wikidata TEXT;
ALTER TABLE participants ADD COLUMN wikidata TEXT;         -- of whom the words themselves name
ALTER TABLE participants ADD COLUMN basis TEXT;            -- where country and sector come from, if not from the words themselves
ALTER TABLE quotes ADD COLUMN speaker_holder TEXT;
ALTER TABLE quotes ADD COLUMN speaker_holder_latin TEXT;
ALTER TABLE quotes ADD COLUMN speaker_holder_wikidata TEXT;
ALTER TABLE quotes ADD COLUMN speaker_wikidata TEXT;
ALTER TABLE quotes ADD COLUMN speaker_basis TEXT;

CREATE TABLE persons (                    -- whom an article names, each once: where it gives his office, if it does
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    n         INTEGER NOT NULL,           -- in order of mention
    start     INTEGER NOT NULL,
    end       INTEGER NOT NULL,
    text      TEXT NOT NULL,
    country   TEXT,
    sector    TEXT,
    name      TEXT NOT NULL,              -- as written
    latin     TEXT,
    office    TEXT,                       -- as the text gives it
    holder    TEXT,                       -- as of participants; nobody's here, as all have names
    holder_latin TEXT,
    holder_wikidata TEXT,
    wikidata  TEXT,
    basis     TEXT,                       -- NULL: these words say it themselves, so that it can be remembered
    form      TEXT NOT NULL,              -- the name with its letters folded
    PRIMARY KEY (article, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX persons_by_form ON persons (form);

CREATE TABLE actor_decisions (            -- what users decided of two names, kept for ever: the last one of a pair holds
    key       INTEGER PRIMARY KEY,
    at        TEXT NOT NULL,              -- UTC
    kind      TEXT NOT NULL CHECK (kind IN ('merge', 'split')),
    one       TEXT NOT NULL,              -- names, as the user wrote them
    other     TEXT NOT NULL
) STRICT;
CREATE TRIGGER actor_decisions_are_not_changed BEFORE UPDATE ON actor_decisions
BEGIN SELECT RAISE(ABORT, 'decisions about actors are kept: decide anew instead'); END;

CREATE TABLE own_actors (                 -- of a user's file, as `rasid actors import` read it
    key       INTEGER PRIMARY KEY,
    file      TEXT NOT NULL,              -- its name; a file that is imported again replaces what was of it
    line      INTEGER NOT NULL,
    names     TEXT NOT NULL,              -- | between
    latin     TEXT,
    code      TEXT NOT NULL,
    office    TEXT,
    start     TEXT,                       -- first and last day; NULL: open
    end       TEXT,
    source    TEXT,
    wikidata  TEXT
) STRICT;
CREATE INDEX own_actors_by_file ON own_actors (file);
