-- The place itself, not its country alone, and the type of a user's own ontology.

ALTER TABLE events ADD COLUMN where_name TEXT;             -- of the place that the words name
ALTER TABLE events ADD COLUMN where_latin TEXT;
ALTER TABLE events ADD COLUMN where_kind TEXT;             -- city, region, camp ..., country
ALTER TABLE events ADD COLUMN where_lat REAL;              -- degrees, WGS 84; NULL where they are not sure, and for countries
ALTER TABLE events ADD COLUMN where_lon REAL;
ALTER TABLE events ADD COLUMN where_claimants TEXT;        -- JSON list of the countries that claim it, where more than one does
ALTER TABLE events ADD COLUMN where_evidence TEXT;         -- named, or implied by who takes part or by the article
ALTER TABLE events ADD COLUMN where_confidence REAL;       -- how likely the country is
ALTER TABLE events ADD COLUMN own_type TEXT;
