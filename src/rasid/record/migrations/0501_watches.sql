-- Saved questions, and which events each has reported. An event is held on to by its id, which coding anew keeps, so that it is
-- reported once; what goes to a webhook waits in `watch_deliveries` until it was taken. No words of articles are kept here.

CREATE TABLE watches (
    name      TEXT PRIMARY KEY,
    created_at TEXT NOT NULL,             -- UTC
    query     TEXT NOT NULL,              -- JSON: what was asked for, as rasid.record.EventQuery names it
    webhook   TEXT,                       -- the address that new events are posted to
    secret_in TEXT,                       -- the variable of the environment in which the secret is that signs; never the secret
    allow_private INTEGER NOT NULL DEFAULT 0 CHECK (allow_private IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_events (               -- what a watch knows: reported, or there before it was made
    watch     TEXT NOT NULL REFERENCES watches ON DELETE CASCADE,
    event     TEXT NOT NULL,              -- events.id
    reported_at TEXT,                     -- UTC; NULL: there before
    PRIMARY KEY (watch, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_events_by_time ON watch_events (watch, reported_at) WHERE reported_at IS NOT NULL;

CREATE TABLE watch_deliveries (           -- what is to be posted, or was; the id stays the same however often it is tried
    id        TEXT PRIMARY KEY,
    watch     TEXT NOT NULL REFERENCES watches ON DELETE CASCADE,
    events    TEXT NOT NULL,              -- JSON list of events.id
    made_at   TEXT NOT NULL,              -- UTC
    tries     INTEGER NOT NULL DEFAULT 0,
    trouble   TEXT,                       -- why the last try failed
    delivered_at TEXT                     -- UTC; NULL: still to be posted
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_deliveries_open ON watch_deliveries (watch, made_at) WHERE delivered_at IS NULL;
