"""Check articles.jsonl and conflict.jsonl: JSON, verbatim spans, sentence fields, PLOVER types, modes and contexts, statuses, codes, dates."""
import collections, datetime, json, pathlib, re, sys
import yaml

here = pathlib.Path(__file__).parent
plover = yaml.safe_load(open(sys.argv[1] if len(sys.argv) > 1 else "/work/shared/plover/plover.yaml"))
ORGS = {"UNO", "EUR", "ARL", "NAT", "GCC", "AFU", "OIC", "IGO", "NGO"}
STATUS = {"occurred", "future", "hypothetical", "negated", "historical"}
SECTORS = set(plover["sectors"])
bad = []


def check(rec, article):
    ids, text = rec["id"], rec["text"]
    datetime.date.fromisoformat(rec["date"])
    for e in rec["events"]:
        def need(ok, why):
            if not ok:
                bad.append((ids, e.get("trigger"), why))
        need(e["type"] in plover["types"], "type")
        need(e["mode"] is None or e["mode"] in plover["types"][e["type"]]["modes"], "mode")
        need(e["status"] in STATUS, "status")
        need(e["trigger"] in text, "trigger")
        need(e["attributed_to"] is None or e["attributed_to"] in text, "attributed_to")
        need(e["where"] is None or re.fullmatch("[A-Z]{3}", e["where"]), "where")
        for x in e["actor"] + e["recipient"]:
            need(x["text"] and x["text"] in text, "entity " + x["text"])
            p = x["code"].split(" ")
            need((len(p) == 1 and re.fullmatch("[A-Z]{3}", p[0])) or
                 (len(p) == 2 and re.fullmatch("[A-Z]{3}", p[0]) and p[0] not in SECTORS - ORGS and p[1] in SECTORS), "code " + x["code"])
        if e["when"]:
            ends = e["when"].split("/")
            need(len(ends) < 3 and all(re.fullmatch(r"\d{4}(-\d\d){0,2}", d) for d in ends) and ends == sorted(ends), "when")
        if article:
            need(set(e["contexts"]) <= set(plover["contexts"]), "contexts")
            need(len(e["sentence"].split()) == 4 and text.count(e["sentence"]) == 1, "sentence")
            rest = text[text.find(e["sentence"]):]
            end = re.search(r"[.؟!][»\"]?(?=\s|$)", rest)
            need(e["trigger"] in rest[:end.end() if end else None], "trigger outside its sentence")


for name, article in (("articles.jsonl", True), ("conflict.jsonl", False)):
    rows = [json.loads(l) for l in open(here / name, encoding="utf-8")]
    assert len({r["id"] for r in rows}) == len({r["text"] for r in rows}) == len(rows)
    for r in rows:
        check(r, article)
    ev = [e for r in rows for e in r["events"]]
    print(name, len(rows), "records,", sum(not r["events"] for r in rows), "without events,", len(ev), "events")
    print("  types", dict(collections.Counter(e["type"] for e in ev).most_common()))
    print("  status", dict(collections.Counter(e["status"] for e in ev).most_common()))
    print("  modes", dict(collections.Counter(f"{e['type']}/{e['mode']}" for e in ev).most_common()))
for b in bad:
    print("BAD", *b)
sys.exit(bool(bad))
