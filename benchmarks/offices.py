"""How much of 2000 to today the table of persons covers, office by office: `python benchmarks/offices.py [COUNTRY...]`.

A gap is a time of which the table does not say who held the office: somebody is missing, or nobody held it. What the table must
not have, two holders at once, is an error when it is loaded.
"""

import datetime as dt
import sys
from collections import defaultdict

from rasid.actors.offices import read_offices
from rasid.actors.persons import CHECKED_TO, Person, read_persons

FIRST = dt.date(2000, 1, 1)
SHORTEST = 31  # days: terms of which only months are known leave shorter ones
MAIN = ("president", "king", "emir", "sultan", "prime minister", "chancellor", "foreign minister", "defence minister")


def gaps(terms: list[Person]) -> list[tuple[dt.date, dt.date]]:
    """First and last days of the times between FIRST and CHECKED_TO that no term holds."""
    found = []
    free = FIRST
    for person in sorted(terms, key=lambda person: person.start):
        if (person.start - free).days > SHORTEST:
            found.append((free, person.start - dt.timedelta(1)))
        free = max(free, (person.end or CHECKED_TO) + dt.timedelta(1))
    return [*found, (free, CHECKED_TO)] if (CHECKED_TO - free).days > SHORTEST else found


def main(countries: list[str]) -> None:
    """Print a line for each office of each country that somebody in the table held."""
    offices = {held: office.office for _, office in read_offices() for held in office.held_as}
    terms: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for _, person in read_persons():
        if person.office in offices and person.country and (not countries or person.country in countries):
            terms[offices[person.office], person.country].append(person)
    whole, free = 0, 0
    for (office, country), held in sorted(terms.items(), key=lambda item: (item[0][1], item[0][0])):
        missing = gaps(held)
        if office in MAIN:
            whole += (CHECKED_TO - FIRST).days
            free += sum((last - first).days + 1 for first, last in missing)
        said = ", ".join(f"{first} to {last}" for first, last in missing) or "none"
        print(f"{country}  {office:24} {len(held):3} terms  gaps: {said}")
    owners = {country for _, country in terms}
    print(f"{len(terms)} offices of {len(owners)} countries and bodies; of the days of the {len(MAIN)} main")
    print(f"offices {100 * (1 - free / whole):.0f}% have a holder." if whole else "no main office among them")


if __name__ == "__main__":
    main(sys.argv[1:])
