"""Diffeo, SymPy and Z3 on the same maps: which are shown to be bijective, injective or neither, which inverses are found.

Each tool has the same time for a map. What is asked of SymPy stands in with_sympy.py, of Z3 in with_z3.py; Diffeo
runs `diffeo prove --corpus FILE --json`. An answer is *right* if it is the verdict that the corpus states, under the
same condition on the parameters (compared at values that the corpus tests, and twelve more), *wrong* if it contradicts
it, else *undecided*. An inverse is *found* if it gives back, with 50 digits, the points of the domain that it was tried
with. Seconds are those of the processor.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

import with_sympy
import with_z3
from corpus import named, records
from formulas import numbers
from questions import decide, processor_time

PEERS = [
    (f"SymPy {with_sympy.VERSION}", with_sympy.QUESTIONS),
    (f"Z3 {with_z3.VERSION}", with_z3.QUESTIONS),
    (f"Z3 {with_z3.VERSION} with axioms", with_z3.QUESTIONS_WITH_AXIOMS),
]


def say(text):
    print(text, file=sys.stderr, flush=True)


def diffeo(command, path, limit, maps):
    """One process for all maps; its answers by the names of the records."""
    asked = [command, "prove", "--corpus", path, "--json", "--time-limit", f"{limit:g}s"]
    start = processor_time()
    output = subprocess.run(asked, stdout=subprocess.PIPE, text=True, check=True).stdout
    answers = {answer["id"]: answer for answer in map(json.loads, output.splitlines())}
    # `ms` is by the clock on the wall: the processor's time is shared out in the same proportion.
    share = (processor_time() - start) / sum(answer["ms"] for answer in answers.values())
    return [own(answers[record.id], record, share) for record in maps]


def own(answer, record, share):
    """An answer of Diffeo in the form of the others."""
    inverse = answer["inverse"]

    def undo(image, names):
        return image and numbers(inverse, names | named("x", image))

    kinds = record.kinds(*(answer[key] for key in ("verdict", "condition", "verdictIfTrue", "verdictIfFalse")))
    return dict(
        id=record.id, verdict=answer["verdict"], injective=answer["injective"], kinds=kinds, inverse=inverse,
        inverseHolds=inverse is not None and record.is_inverse(undo), seconds=answer["ms"] * share,
        reasons=[f"{tried['strategy']}: {tried['reason']}" for tried in answer["tried"]])


def judged(answer, record):
    """The answer with its mark, for the verdict and for injectivity alone."""
    truths = record.truths()
    injectivity = {"no" if truth == "not_injective" else "yes" for truth in truths}
    expected = injectivity.pop() if len(injectivity) == 1 else "conditional"
    contradicts = answer["injective"] in ("yes", "no") and answer["injective"] != expected
    if answer["kinds"] == truths:
        mark = "right"
    elif contradicts or any(kind not in (truth, "undecided") for kind, truth in zip(answer["kinds"], truths)):
        mark = "wrong"
    else:
        mark = "undecided"
    is_injectivity_right = mark == "right" or mark == "undecided" and answer["injective"] == expected
    return answer | dict(mark=mark, injectivityRight=is_injectivity_right)


def cell(answers):
    return " / ".join(str(sum(answer["mark"] == mark for answer in answers)) for mark in ("right", "wrong", "undecided"))


def table(results, maps):
    """One line a difficulty, one column a tool; Markdown."""
    rows = [["right / wrong / undecided", "maps", *results]]
    for difficulty in sorted({record.difficulty for record in maps}):
        names = {record.id for record in maps if record.difficulty == difficulty}
        cells = [cell([answer for answer in answers if answer["id"] in names]) for answers in results.values()]
        rows.append([f"difficulty {difficulty}", str(len(names)), *cells])
    rows.append(["all", str(len(maps)), *map(cell, results.values())])

    def line(label, count, value):
        rows.append([label, count, *(value(answers) for answers in results.values())])

    with_inverse = {record.id for record in maps if record.inverse}
    line("injective or not, right", str(len(maps)), lambda found: str(sum(a["injectivityRight"] for a in found)))
    line("inverses found", str(len(with_inverse)), lambda found: str(
        sum(a["inverseHolds"] for a in found if a["id"] in with_inverse)))
    line("seconds", "", lambda found: f"{sum(a['seconds'] for a in found):.0f}")
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    rows.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |" for row in rows)


def parsed():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="records as Examples/corpus has them")
    parser.add_argument("--diffeo", required=True, help="the command")
    parser.add_argument("--limit", type=float, default=10, help="seconds that a peer has for a map")
    parser.add_argument("--only", default="", help="tools whose names contain one of these, with commas between")
    parser.add_argument("--maps", default="", help="maps whose names are these, with commas between; all, if none")
    parser.add_argument("--json", help="write all results to this file")
    return parser.parse_args()


def main():
    options = parsed()
    wanted = options.maps.split(",") if options.maps else None
    maps = [record for record in records(options.corpus) if wanted is None or record.id in wanted]
    results = {}
    tools = [("Diffeo", lambda: diffeo(options.diffeo, options.corpus, options.limit, maps))]
    for name, questions in PEERS:
        tools.append((name, lambda questions=questions: (decide(questions, r, options.limit) for r in maps)))
    for name, run in tools:
        if not any(part in name for part in options.only.split(",")):
            continue
        say(f"{name} …")
        results[name] = []
        for answer, record in zip(run(), maps):
            answer = judged(answer, record)
            say(json.dumps(answer))
            results[name].append(answer)
    if not results:
        raise SystemExit(f"no such tool; tools: {', '.join(name for name, _ in tools)}")
    about = dict(
        date=datetime.date.today().isoformat(), python=platform.python_version(), limit=options.limit,
        load=os.getloadavg()[0])
    print(f"{about['date']}, {options.limit:g} s a map\n\n{table(results, maps)}")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(about | dict(results=results), indent=1) + "\n")


if __name__ == "__main__":
    main()
