-- What is negated, planned or only thought of is the smaller part of a record: along its days it is found without the rest.
CREATE INDEX events_by_status ON events (
    status, first_day, last_day, key, quad, type, mode, confidence, correction, where_code, article
) WHERE stands = 1 AND status <> 'occurred';
