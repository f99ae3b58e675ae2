-- What each version knew when it coded, so that a change of a few entries of a lexicon need not code every article anew
-- (rasid.record.lexicons); and articles that were kept though nothing was coded of them.

CREATE TABLE lexicon_files (              -- files of entries, as they were
    hash      TEXT PRIMARY KEY,           -- SHA-256 of what they hold
    content   BLOB NOT NULL               -- UTF-8, compressed (zlib)
) STRICT, WITHOUT ROWID;
CREATE TABLE coder_files (                -- which of them a version had
    coder     INTEGER NOT NULL REFERENCES coders,
    name      TEXT NOT NULL,              -- the file's; empty for all else that coding depends on, of which there is only the hash
    hash      TEXT NOT NULL,
    PRIMARY KEY (coder, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS uncoded (      -- articles of which nothing was coded, and why
    article   INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE,
    reason    TEXT NOT NULL
) STRICT;
