"""`rasid relevance`: is a row political at all, and which quad class."""

from rasid.cli_input import Json, good, print_lines, read_articles, tally
from rasid.errors import InputError
from rasid.model import Article


def relevance(paths: list[str], format: str) -> None:
    """A JSON line for each row, in order: its id, whether it is relevant, how likely that is, its quad class (0 for none)."""
    from rasid.events.relevance import relevance as judge

    if format != "jsonl":
        raise InputError(f'there is no format "{format}" here (one of jsonl)')

    def line(article: Article) -> Json:
        found = judge(article.text)
        return {"id": article.id, "relevant": found.relevant, "p": round(found.p, 3), "quad": found.quad}

    with tally() as counted:
        print_lines(line(read.article) for read in good(read_articles(paths, None), counted))
