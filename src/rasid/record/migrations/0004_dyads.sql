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

CREATE TABLE dyad_spans (                 -- how much of what happened between two sides, by first and last day: kept by triggers
    a         TEXT NOT NULL,
    b         TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day  TEXT NOT NULL,
    events    INTEGER NOT NULL,
    quad_1    INTEGER NOT NULL,
    quad_2    INTEGER NOT NULL,
    quad_3    INTEGER NOT NULL,
    quad_4    INTEGER NOT NULL,
    a_towards_b INTEGER NOT NULL,
    b_towards_a INTEGER NOT NULL,
    tenths    INTEGER NOT NULL,           -- sum of the scores, in tenths, so that nothing is lost in adding up
    PRIMARY KEY (a, b, first_day, last_day)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER dyads_are_counted AFTER INSERT ON dyads WHEN new.status IN ('occurred', 'historical')
BEGIN
    INSERT INTO dyad_spans VALUES (
        new.a, new.b, new.first_day, new.last_day, 1, new.quad = 1, new.quad = 2, new.quad = 3, new.quad = 4,
        new.way IN ('>', '<>'), new.way IN ('<', '<>'), CAST(round(10 * new.score) AS INTEGER)
    )
    ON CONFLICT DO UPDATE SET
        events = events + 1, quad_1 = quad_1 + excluded.quad_1, quad_2 = quad_2 + excluded.quad_2,
        quad_3 = quad_3 + excluded.quad_3, quad_4 = quad_4 + excluded.quad_4,
        a_towards_b = a_towards_b + excluded.a_towards_b, b_towards_a = b_towards_a + excluded.b_towards_a,
        tenths = tenths + excluded.tenths;
END;
CREATE TRIGGER dyads_are_counted_out AFTER DELETE ON dyads WHEN old.status IN ('occurred', 'historical')
BEGIN
    UPDATE dyad_spans SET
        events = events - 1, quad_1 = quad_1 - (old.quad = 1), quad_2 = quad_2 - (old.quad = 2),
        quad_3 = quad_3 - (old.quad = 3), quad_4 = quad_4 - (old.quad = 4),
        a_towards_b = a_towards_b - (old.way IN ('>', '<>')), b_towards_a = b_towards_a - (old.way IN ('<', '<>')),
        tenths = tenths - CAST(round(10 * old.score) AS INTEGER)
    WHERE a = old.a AND b = old.b AND first_day = old.first_day AND last_day = old.last_day;
    DELETE FROM dyad_spans
    WHERE a = old.a AND b = old.b AND first_day = old.first_day AND last_day = old.last_day AND events = 0;
END;
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
