-- Views for the common questions. All show what stands: the machine's events as people corrected them.

CREATE VIEW event_rows AS                 -- one row an event, for reading and for export; lists are joined by ' + '
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
    (SELECT action FROM corrections WHERE id = e.correction) AS reviewed,  -- what people did to it; NULL: nobody looked yet
    e.key AS event_key,
    e.article AS article_key,
    e.first_day,
    e.last_day
FROM events AS e
JOIN articles AS a ON a.key = e.article
JOIN sentences AS s ON s.article = e.article AND s.n = e.sentence
LEFT JOIN coders AS c ON c.key = e.coder
WHERE e.stands = 1;

CREATE VIEW participant_rows AS           -- who took part in what and when, one row a participant
SELECT
    e.id AS event_id, a.id AS article_id, p.role, p.n, p.text, p.code, p.country, p.sector, p.name, p.latin, p.office,
    e.type, e.mode, e.status, e.quad, e.score, e.when_start, e.when_end, a.source, a.url, c.name AS coder, c.lexicon
FROM participants AS p
JOIN events AS e ON e.key = p.event
JOIN articles AS a ON a.key = e.article
LEFT JOIN coders AS c ON c.key = e.coder
WHERE e.stands = 1;

CREATE VIEW quote_rows AS                 -- who said what
SELECT
    a.id AS article_id, q.n, q.speaker_text, q.speaker_country, q.speaker_sector, q.speaker_name, q.speaker_latin,
    q.speaker_office, q.text, q.start, q.end, a.source, a.url, a.date_start AS published_start, a.date_end AS published_end,
    c.name AS coder, c.lexicon
FROM quotes AS q
JOIN articles AS a ON a.key = q.article
LEFT JOIN coders AS c ON c.key = a.coder;

CREATE VIEW dyad_days AS                  -- what two sides did on a day; only what happened, and on one known day
SELECT
    a, b, first_day AS day, events, quad_1 AS material_conflict, quad_2 AS material_cooperation, quad_3 AS verbal_conflict,
    quad_4 AS verbal_cooperation, a_towards_b, b_towards_a, round(tenths / 10.0 / events, 3) AS mean_score
FROM dyad_spans
WHERE first_day = last_day;

CREATE VIEW dyad_months AS                -- the same by month; only what happened, and within one month
SELECT
    a, b, substr(first_day, 1, 7) AS month, sum(events) AS events, sum(quad_1) AS material_conflict,
    sum(quad_2) AS material_cooperation, sum(quad_3) AS verbal_conflict, sum(quad_4) AS verbal_cooperation,
    sum(a_towards_b) AS a_towards_b, sum(b_towards_a) AS b_towards_a, round(sum(tenths) / 10.0 / sum(events), 3) AS mean_score
FROM dyad_spans
WHERE substr(first_day, 1, 7) = substr(last_day, 1, 7)
GROUP BY a, b, month;

CREATE VIEW exact_copies AS               -- articles with the same text, letter by letter, each with the first that was added
SELECT a.id AS article_id, f.id AS copy_of, a.source, f.source AS first_source, a.url, f.url AS first_url, c.name AS coder
FROM articles AS a
JOIN articles AS f ON f.text_hash = a.text_hash AND f.key < a.key
LEFT JOIN coders AS c ON c.key = a.coder
WHERE NOT EXISTS (SELECT 1 FROM articles WHERE text_hash = a.text_hash AND key < f.key);

CREATE VIEW outlet_days AS                -- how much was read: articles and events of each outlet by day of publication
SELECT
    a.source, a.date_start AS day, count(*) AS articles,
    sum((SELECT count(*) FROM events WHERE article = a.key AND stands = 1)) AS events
FROM articles AS a
WHERE a.date_start = a.date_end
GROUP BY a.source, a.date_start;

CREATE VIEW type_months AS                -- events by type and month
SELECT substr(first_day, 1, 7) AS month, type, status, count(*) AS events, round(avg(score), 3) AS mean_score
FROM events
WHERE stands = 1 AND substr(first_day, 1, 7) = substr(last_day, 1, 7) AND first_day <> '9999-12-31'
GROUP BY month, type, status;

CREATE VIEW reviewed_types AS             -- how people judged what the machine coded, by type
SELECT
    m.type,
    count(*) AS reviewed,
    sum(EXISTS (SELECT 1 FROM events AS p JOIN corrections AS c ON c.id = p.correction
        WHERE p.article = m.article AND p.id = m.id AND c.action = 'accept')) AS accepted,
    sum(EXISTS (SELECT 1 FROM events AS p JOIN corrections AS c ON c.id = p.correction
        WHERE p.article = m.article AND p.id = m.id AND c.action <> 'accept')) AS edited,
    sum(NOT EXISTS (SELECT 1 FROM events AS p WHERE p.article = m.article AND p.id = m.id AND p.stands = 1)) AS rejected
FROM events AS m
WHERE m.stands = 0
GROUP BY m.type;
