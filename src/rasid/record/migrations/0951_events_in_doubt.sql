-- The queue of the review desk goes along this from the coder's threshold up and down, so that each step reads a few events
-- and sorts none; see rasid.server.site.queue.

CREATE INDEX events_in_doubt ON events (coalesce(confidence, 1.0), id) WHERE stands = 1 AND correction IS NULL;
