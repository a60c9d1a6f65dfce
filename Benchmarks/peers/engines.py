"""The engines of the comparison: each searches a problem once and says when it had the law."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent.parent
BENCH = Path(os.environ.get("SYMREG_BENCH", PACKAGE / ".build" / "release" / "symreg-bench"))


def bench(*arguments, **options):
    """The output of symreg-bench."""
    return subprocess.run(
        [BENCH, *map(str, arguments)], check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def data_file(problem, folder):
    """The CSV file of a problem, the rows that symreg-bench searches."""
    if problem["suite"] == "empirical":
        return PACKAGE / "Datasets" / f"{problem['problem']}.csv"
    written = bench("generate", "--suite", problem["suite"], "--problem", problem["problem"],
                    "--noise", problem["noise"], "--output", folder)
    return Path(written.strip())


class Judge:
    """`symreg-bench judge` for a problem, asked line by line."""

    def __init__(self, problem):
        command = [BENCH, "judge", "--suite", problem["suite"], "--problem", problem["problem"],
                   "--format", "json"]
        if problem["noise"] is not None:
            command += ["--noise", str(problem["noise"])]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def verdict(self, expression):
        self.process.stdin.write(expression + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def judged(problem, script, *arguments, wall):
    """Runs a script of this folder and judges what it writes, until it is the law; nothing else is stopped
    for. A script that outlives `wall` seconds is killed."""
    judge = Judge(problem)
    peer = subprocess.Popen(
        ["timeout", "--signal=KILL", str(wall), sys.executable, HERE / script, *map(str, arguments)],
        stdout=subprocess.PIPE, text=True)
    found, count, unreadable = None, 0, 0
    for line in peer.stdout:
        told = json.loads(line)
        verdict = judge.verdict(told["expression"])
        count += 1
        unreadable += verdict["finding"] == "unreadable"
        if verdict["solved"]:
            found = told
            break
    judge.close()
    if found is None and peer.wait() not in (0, 124, 137, -9):
        raise RuntimeError(f"{script} failed on {problem['problem']} with status {peer.returncode}")
    peer.stdout.close()
    peer.terminate()
    peer.wait()
    return {"solved": found is not None, "seconds": found and found["seconds"],
            "expression": found and found["expression"], "judged": count, "unreadable": unreadable}


def symreg(problem, path, budget, seed):
    arguments = [problem["suite"], "--problem", problem["problem"], "--seeds", seed, "--timeout", budget,
                 "--threads", 1, "--stop-when-solved", "--format", "json"]
    if problem["noise"] is not None:
        arguments += ["--noise", problem["noise"]]
    row = json.loads(bench(*arguments, stderr=subprocess.DEVNULL))["rows"][0]
    return {"solved": row["solved"], "seconds": row.get("seconds_to_solution"),
            "expression": row["expression"] if row["solved"] else None}


def pyoperon(problem, path, budget, seed):
    # Its own clock, which stands still while its front is written, ends it.
    return judged(problem, "run_operon.py", path, budget, seed, wall=4 * budget + 60)


def eggp(problem, path, budget, seed):
    # It has no callback: runs of growing length, the first that solves; its own time counts.
    for part in (budget / 12, budget / 4, budget):
        result = judged(problem, "run_eggp.py", path, part, wall=2 * budget + 30)
        if result["solved"]:
            break
    return result


ENGINES = {"symreg": symreg, "pyoperon": pyoperon, "eggp": eggp}


def environment():
    """What the figures depend on besides the engines."""
    processor = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                      if line.startswith("model name")), "unknown processor")
    return {"date": time.strftime("%Y-%m-%d"), "processor": processor, "cores": os.cpu_count()}
