"""Searches a CSV file, target last, with eggp on one thread; writes a JSON line {seconds, expression} for
each form of the final front. eggp tells of nothing before it ends, looks at its limit only between
generations, and takes no seed; `seconds` is what the run took.

usage: run_eggp.py FILE.csv SECONDS
"""

import os

os.environ.update(GHCRTS="-N1", OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import ast
import json
import sys
import time

import numpy as np
from eggp import EGGP

import grammar

# Population, probabilities and parameter fitting are the documented defaults.
SETTINGS = dict(
    gen=10**6, nPop=100, maxSize=25, nonterminals="add,sub,mul,div,exp,log,sqrt,square,sin,cos,tanh")

BINARY = {ast.Add: grammar.add, ast.Mult: grammar.multiply, ast.Div: grammar.divide, ast.Pow: grammar.power,
          ast.Sub: lambda left, right: grammar.add(left, right, -1)}


def translated(node, features, parameters):
    """A NumPy expression over x[:, i] and t[i] as (factor, text)."""
    def inner(part):
        return translated(part, features, parameters)

    match node:
        case ast.Constant(value):
            return grammar.constant(value)
        case ast.UnaryOp(ast.USub(), operand):
            return grammar.multiply(grammar.constant(-1), inner(operand))
        case ast.BinOp(left, operation, right):
            return BINARY[type(operation)](inner(left), inner(right))
        case ast.Subscript(ast.Name("t"), ast.Constant(index)):
            return grammar.constant(parameters[index])
        case ast.Subscript(ast.Name("x"), ast.Tuple([_, ast.Constant(index)])):
            return grammar.variable(features[index])
        case ast.Call(ast.Attribute(_, "reciprocal"), [argument]):
            return grammar.divide(grammar.constant(1), inner(argument))
        case ast.Call(ast.Attribute(_, "power"), [base, exponent]):
            return grammar.power(inner(base), inner(exponent))
        case ast.Call(ast.Attribute(_, name), [argument]):
            return grammar.call(name, inner(argument))
    raise ValueError(f"unknown part of an expression: {ast.dump(node)}")


def main():
    path, limit = sys.argv[1], float(sys.argv[2])
    with open(path) as file:
        features = file.readline().strip().split(",")[:-1]
    rows = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    target = rows[:, -1]
    columns = {name: rows[:, index] for index, name in enumerate(features)}
    # It ends some five seconds before its limit when generations are short.
    # As many parameters as rows make it fail.
    parameters = len(rows) - 2 if len(rows) <= SETTINGS["maxSize"] else -1
    model = EGGP(max_time=max(6, round(limit)), nParams=parameters, **SETTINGS)
    start = time.perf_counter()
    model.fit(rows[:, :-1], target)
    seconds = time.perf_counter() - start
    for row in model.results.itertuples():
        parameters = [float(word) for word in str(row.theta).split(";") if word]
        try:
            _, text = translated(ast.parse(row.Numpy, mode="eval").body, features, parameters)
        except ValueError:
            # The judge cannot read it either, and counts it.
            print(json.dumps({"seconds": seconds, "expression": row.Numpy}))
            continue
        if text is None:
            continue
        for form in grammar.scaled(text, columns, target):
            print(json.dumps({"seconds": seconds, "expression": form}))


if __name__ == "__main__":
    main()
