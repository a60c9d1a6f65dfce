"""Compares symreg with pyoperon and eggp: the same files, one thread, the same budget, one after another.

Rows are kept in the output file as they come, and those that are there are not run again.
"""

import argparse
import importlib.metadata
import json
import os
import statistics
import tempfile
from pathlib import Path

from engines import ENGINES, HERE, bench, data_file, environment


def version(engine):
    if engine == "symreg":
        return "(this commit)"
    return importlib.metadata.version(engine)


def time_of(row, budget):
    """Seconds to the solution; a run without one, or later than its budget, counts as the budget."""
    return min(row["seconds"], budget) if row["solved"] else budget


def cell(rows, budget):
    if not rows:
        return "-"
    times = [time_of(row, budget) for row in rows]
    return f"{sum(row['solved'] for row in rows)}/{len(rows)} [{statistics.median(times):.2f}]"


def table(document):
    """Markdown: solved runs of all runs and the median of their seconds, problem by problem."""
    budget, engines = document["budget_seconds"], document["engines"]
    lines = ["| problem | " + " | ".join(f"{name} {engines[name]}" for name in engines) + " |",
             "| --- |" + " --- |" * len(engines)]
    of = {name: [row for row in document["rows"] if row["engine"] == name] for name in engines}
    for problem in dict.fromkeys(row["problem"] for row in document["rows"]):
        cells = [cell([row for row in of[name] if row["problem"] == problem], budget) for name in engines]
        lines.append(f"| {problem} | " + " | ".join(cells) + " |")
    lines.append("| **all runs** | " + " | ".join(cell(of[name], budget) for name in engines) + " |")
    return "\n".join(lines)


def both_solved(document):
    """For each peer, medians over the problems and seeds that it and symreg solved."""
    times = {(row["engine"], row["problem"], row["seed"]): row["seconds"]
             for row in document["rows"] if row["solved"]}
    for name in document["engines"]:
        shared = [(times["symreg", *run], seconds) for (engine, *run), seconds in times.items()
                  if engine == name and ("symreg", *run) in times]
        if name != "symreg" and shared:
            ours, theirs = map(statistics.median, zip(*shared))
            yield f"solved by both symreg and {name}: {len(shared)} runs, {ours:.2f} s and {theirs:.2f} s"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engines", default="symreg,pyoperon,eggp")
    parser.add_argument("--problems", default=HERE / "problems.json", type=Path)
    parser.add_argument("--budget", default=60.0, type=float, help="seconds of a search")
    parser.add_argument("--seeds", default="1,2,3", help="eggp takes none: one run a problem")
    parser.add_argument("--output", default="peers.json", type=Path)
    options = parser.parse_args()
    engines = {name: version(name) for name in options.engines.split(",")}
    document = {"budget_seconds": options.budget, "engines": engines, **environment(), "rows": []}
    if options.output.exists():
        earlier = json.loads(options.output.read_text())
        if earlier["budget_seconds"] != options.budget:
            parser.error(f"{options.output} was made with another budget; give another file")
        document["rows"] = earlier["rows"]
        document["engines"] = {**earlier["engines"], **engines}
    done = {(row["engine"], row["problem"], row["seed"]) for row in document["rows"]}
    with tempfile.TemporaryDirectory() as folder:
        for problem in json.loads(options.problems.read_text()):
            path = data_file(problem, folder)
            for seed in map(int, options.seeds.split(",")):
                for name in engines:
                    key = (name, problem["problem"], seed)
                    if key in done or (name == "eggp" and str(seed) != options.seeds.split(",")[0]):
                        continue
                    result = ENGINES[name](problem, path, options.budget, seed)
                    document["rows"].append(
                        {"engine": name, **problem, "seed": seed, **result, "load": os.getloadavg()[0]})
                    print(json.dumps(document["rows"][-1]), flush=True)
                    options.output.write_text(json.dumps(document, indent=1) + "\n")
    loads = [row["load"] for row in document["rows"]]
    print("\n" + table(document) + "\n")
    print(*both_solved(document), sep="\n")
    print(f"\n{document['date']}, {document['processor']}, {document['cores']} cores, one thread each, "
          f"budget {options.budget:g} s, load average {min(loads):.1f} to {max(loads):.1f} (median "
          f"{statistics.median(loads):.1f})")


if __name__ == "__main__":
    main()
