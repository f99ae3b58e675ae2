-- What users decided of names is kept for ever, but for the names of persons who are to be forgotten.

DROP TRIGGER actor_decisions_are_not_changed;
CREATE TRIGGER actor_decisions_are_not_changed BEFORE UPDATE ON actor_decisions
WHEN NOT EXISTS (SELECT 1 FROM forgetting)
BEGIN SELECT RAISE(ABORT, 'decisions about actors are kept: decide anew instead'); END;
