-- What two sides did by type, and their scores apart: a timeline of two that meet daily is read from a few thousand rows, not from
-- a row for each of their events. Kept by triggers, like dyad_spans, so that corrections, recoding and forgetting keep it right.

CREATE TABLE dyad_types (                 -- how much of what happened between two sides, by period, type and way
    a         TEXT NOT NULL,
    b         TEXT NOT NULL,
    period    TEXT NOT NULL,              -- the month (2021-11) or else the year (2021) in which it lies; '' where it is in none
    type      TEXT NOT NULL,
    way       TEXT NOT NULL,              -- as in dyads
    events    INTEGER NOT NULL,
    tenths    INTEGER NOT NULL,           -- sum of the scores, in tenths
    PRIMARY KEY (a, b, period, type, way)
) STRICT, WITHOUT ROWID;

ALTER TABLE dyad_spans ADD COLUMN conflict_tenths INTEGER NOT NULL DEFAULT 0;     -- the part of `tenths` that is below 0
ALTER TABLE dyad_spans ADD COLUMN a_towards_b_tenths INTEGER NOT NULL DEFAULT 0;  -- as a_towards_b
ALTER TABLE dyad_spans ADD COLUMN b_towards_a_tenths INTEGER NOT NULL DEFAULT 0;

DROP TRIGGER dyads_are_counted;
DROP TRIGGER dyads_are_counted_out;
CREATE TRIGGER dyads_are_counted AFTER INSERT ON dyads WHEN new.status IN ('occurred', 'historical')
BEGIN
    INSERT INTO dyad_spans VALUES (
        new.a, new.b, new.first_day, new.last_day, 1, new.quad = 1, new.quad = 2, new.quad = 3, new.quad = 4,
        new.way IN ('>', '<>'), new.way IN ('<', '<>'), CAST(round(10 * new.score) AS INTEGER),
        min(0, CAST(round(10 * new.score) AS INTEGER)), (new.way IN ('>', '<>')) * CAST(round(10 * new.score) AS INTEGER),
        (new.way IN ('<', '<>')) * CAST(round(10 * new.score) AS INTEGER)
    )
    ON CONFLICT DO UPDATE SET
        events = events + 1, quad_1 = quad_1 + excluded.quad_1, quad_2 = quad_2 + excluded.quad_2,
        quad_3 = quad_3 + excluded.quad_3, quad_4 = quad_4 + excluded.quad_4,
        a_towards_b = a_towards_b + excluded.a_towards_b, b_towards_a = b_towards_a + excluded.b_towards_a,
        tenths = tenths + excluded.tenths, conflict_tenths = conflict_tenths + excluded.conflict_tenths,
        a_towards_b_tenths = a_towards_b_tenths + excluded.a_towards_b_tenths,
        b_towards_a_tenths = b_towards_a_tenths + excluded.b_towards_a_tenths;
    INSERT INTO dyad_types VALUES (
        new.a, new.b,
        iif(substr(new.first_day, 1, 7) = substr(new.last_day, 1, 7), substr(new.first_day, 1, 7),
            iif(substr(new.first_day, 1, 4) = substr(new.last_day, 1, 4), substr(new.first_day, 1, 4), '')),
        new.type, new.way, 1, CAST(round(10 * new.score) AS INTEGER)
    )
    ON CONFLICT DO UPDATE SET events = events + 1, tenths = tenths + excluded.tenths;
END;
CREATE TRIGGER dyads_are_counted_out AFTER DELETE ON dyads WHEN old.status IN ('occurred', 'historical')
BEGIN
    UPDATE dyad_spans SET
        events = events - 1, quad_1 = quad_1 - (old.quad = 1), quad_2 = quad_2 - (old.quad = 2),
        quad_3 = quad_3 - (old.quad = 3), quad_4 = quad_4 - (old.quad = 4),
        a_towards_b = a_towards_b - (old.way IN ('>', '<>')), b_towards_a = b_towards_a - (old.way IN ('<', '<>')),
        tenths = tenths - CAST(round(10 * old.score) AS INTEGER),
        conflict_tenths = conflict_tenths - min(0, CAST(round(10 * old.score) AS INTEGER)),
        a_towards_b_tenths = a_towards_b_tenths - (old.way IN ('>', '<>')) * CAST(round(10 * old.score) AS INTEGER),
        b_towards_a_tenths = b_towards_a_tenths - (old.way IN ('<', '<>')) * CAST(round(10 * old.score) AS INTEGER)
    WHERE a = old.a AND b = old.b AND first_day = old.first_day AND last_day = old.last_day;
    DELETE FROM dyad_spans
    WHERE a = old.a AND b = old.b AND first_day = old.first_day AND last_day = old.last_day AND events = 0;
    UPDATE dyad_types SET events = events - 1, tenths = tenths - CAST(round(10 * old.score) AS INTEGER)
    WHERE a = old.a AND b = old.b AND type = old.type AND way = old.way
    AND period = iif(substr(old.first_day, 1, 7) = substr(old.last_day, 1, 7), substr(old.first_day, 1, 7),
        iif(substr(old.first_day, 1, 4) = substr(old.last_day, 1, 4), substr(old.first_day, 1, 4), ''));
    DELETE FROM dyad_types
    WHERE a = old.a AND b = old.b AND type = old.type AND way = old.way AND events = 0
    AND period = iif(substr(old.first_day, 1, 7) = substr(old.last_day, 1, 7), substr(old.first_day, 1, 7),
        iif(substr(old.first_day, 1, 4) = substr(old.last_day, 1, 4), substr(old.first_day, 1, 4), ''));
END;

DELETE FROM dyad_spans;
INSERT INTO dyad_spans
SELECT
    a, b, first_day, last_day, count(*), sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = 4),
    sum(way IN ('>', '<>')), sum(way IN ('<', '<>')), sum(CAST(round(10 * score) AS INTEGER)),
    sum(min(0, CAST(round(10 * score) AS INTEGER))), sum((way IN ('>', '<>')) * CAST(round(10 * score) AS INTEGER)),
    sum((way IN ('<', '<>')) * CAST(round(10 * score) AS INTEGER))
FROM dyads
WHERE status IN ('occurred', 'historical')
GROUP BY a, b, first_day, last_day;
INSERT INTO dyad_types
SELECT
    a, b,
    iif(substr(first_day, 1, 7) = substr(last_day, 1, 7), substr(first_day, 1, 7),
        iif(substr(first_day, 1, 4) = substr(last_day, 1, 4), substr(first_day, 1, 4), '')) AS period,
    type, way, count(*), sum(CAST(round(10 * score) AS INTEGER))
FROM dyads
WHERE status IN ('occurred', 'historical')
GROUP BY a, b, period, type, way;
