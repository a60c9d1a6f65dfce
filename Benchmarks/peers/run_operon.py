"""Searches a CSV file, target last, with pyoperon on one thread; writes a JSON line {seconds, expression} for
each new form of its Pareto front, after every generation. The clock stands still while the front is written.

usage: run_operon.py FILE.csv SECONDS SEED
"""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import json
import sys
import time
import warnings

import numpy as np
import pyoperon as operon
from pyoperon import sklearn as estimators

import grammar

# Multi-objective search for accuracy and length with coefficients fitted by Levenberg-Marquardt and kept, as
# in the project's own examples; lengths as in symreg, whose largest is 30 by default.
SETTINGS = dict(
    allowed_symbols="add,sub,mul,div,exp,log,sqrt,square,sin,cos,tanh,constant,variable",
    objectives=["r2", "length"], offspring_generator="basic", initialization_method="btc",
    reinserter="keep-best", female_selector="tournament", male_selector="tournament", tournament_size=3,
    population_size=1000, pool_size=1000, max_length=30, max_depth=10, optimizer="lm",
    optimizer_iterations=1, epsilon=0.0,
    generations=10**9, max_evaluations=10**12, n_threads=1)

BINARY = {"Add": grammar.add, "Mul": grammar.multiply, "Div": grammar.divide,
          "Sub": lambda left, right: grammar.add(left, right, -1)}


def translated(tree, names):
    """A tree, which is in postfix order with the first argument last, as (factor, text)."""
    stack = []
    for node in tree.Nodes:
        kind = node.Type.name
        if node.IsVariable:
            stack.append(grammar.variable(names[node.HashValue], node.Value))
        elif node.IsConstant:
            stack.append(grammar.constant(node.Value))
        elif kind in BINARY:
            result = stack.pop()
            for _ in range(node.Arity - 1):
                result = BINARY[kind](result, stack.pop())
            stack.append(result)
        else:
            stack.append(grammar.call(kind.lower(), stack.pop()))
    return stack.pop()


class Watch:
    """What is called after each generation."""

    def __init__(self, columns, target, limit):
        self.columns, self.target, self.limit = columns, target, limit
        self.algorithm, self.names, self.seen = None, {}, set()
        self.start, self.paused = time.perf_counter(), 0.0

    def __call__(self):
        called = time.perf_counter()
        seconds = called - self.start - self.paused
        if seconds > self.limit:
            sys.stdout.flush()
            os._exit(0)
        for member in self.algorithm.BestFront:
            _, text = translated(member.Genotype, self.names)
            if text is None or text in self.seen:
                continue
            self.seen.add(text)
            for form in grammar.scaled(text, self.columns, self.target):
                print(json.dumps({"seconds": seconds, "expression": form}))
        sys.stdout.flush()
        self.paused += time.perf_counter() - called


def watched(kind, watch, features):
    """A class of algorithm that tells `watch` of each generation, which the estimator does not offer."""

    class Watched(kind):
        def __init__(self, config, problem, *rest):
            super().__init__(config, problem, *rest)
            watch.algorithm = self
            watch.names = dict(zip(problem.InputHashes, features))

        def Run(self, random, callback, threads, warm_start):
            watch.start = time.perf_counter()
            super().Run(random, watch, threads, warm_start)
            watch()

    return Watched


def main():
    path, limit, seed = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    warnings.filterwarnings("ignore")
    with open(path) as file:
        features = file.readline().strip().split(",")[:-1]
    rows = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    columns = {name: rows[:, index] for index, name in enumerate(features)}
    watch = Watch(columns, rows[:, -1], limit)
    operon.NSGA2Algorithm = watched(operon.NSGA2Algorithm, watch, features)
    model = estimators.SymbolicRegressor(random_state=seed, **SETTINGS)
    model.fit(rows[:, :-1], rows[:, -1])


if __name__ == "__main__":
    main()
