-- Who has to do with whom on which day: a row for each standing event and each two sides of it, so that the timeline of two that
-- meet daily is read from one stretch of an index. A side is the first word of a participant's code: a country, an organisation,
-- or the sector of somebody whose country is not known. The two are in the order of the alphabet.

CREATE TABLE dyads (
    a         TEXT NOT NULL,
    b         TEXT NOT NULL,
    first_day TEXT NOT NULL,              -- as in events
    event     INTEGER NOT NULL REFERENCES events ON DELETE CASCADE,
    last_day  TEXT NOT NULL,
    way       TEXT NOT NULL CHECK (way IN ('>', '<', '<>', '=')),  -- a towards b, b towards a, either; = together, towards nobody
    type      TEXT NOT NULL,
    status    TEXT NOT NULL,
    quad      INTEGER NOT NULL,
    score     REAL NOT NULL,
    PRIMARY KEY (a, b, first_day, last_day, event)
) STRICT, WITHOUT ROWID;
CREATE INDEX dyads_by_event ON dyads (event);
INSERT INTO dyads (a, b, first_day, event, last_day, way, type, status, quad, score)
WITH sides AS (
    SELECT event, role, n, iif(instr(code, ' '), substr(code, 1, instr(code, ' ') - 1), code) AS side
    FROM participants WHERE code IS NOT NULL
),
pairs AS (
    SELECT p.event, min(p.side, q.side) AS a, max(p.side, q.side) AS b,
        iif(p.role = q.role, '=', iif(p.side <= q.side, '>', '<')) AS way
    FROM sides AS p
    JOIN sides AS q ON q.event = p.event AND (q.role, q.n) > (p.role, p.n)
    WHERE p.role <> q.role OR NOT EXISTS (SELECT 1 FROM participants AS o WHERE o.event = p.event AND o.role <> p.role)
)
SELECT pairs.a, pairs.b, e.first_day, e.key, e.last_day, iif(min(pairs.way) <> max(pairs.way), '<>', min(pairs.way)),
    e.type, e.status, e.quad, e.score
FROM pairs
JOIN events AS e ON e.key = pairs.event
WHERE e.stands = 1
GROUP BY pairs.a, pairs.b, e.key;
