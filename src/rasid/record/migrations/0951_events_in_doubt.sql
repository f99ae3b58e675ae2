-- The queue of the review desk goes along the first of these from the coder's threshold up and down, so that each step reads a
-- few events and sorts none (rasid.server.site.queue); by the second it finds where it was if that event was rejected.

CREATE INDEX events_in_doubt ON events (coalesce(confidence, 1.0), id) WHERE stands = 1 AND correction IS NULL;
CREATE INDEX events_gone ON events (id) WHERE stands = 0;
