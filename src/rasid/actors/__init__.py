"""Who: mentions of persons, countries, organisations, groups and offices, and the codes they stand for."""
