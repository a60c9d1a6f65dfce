"""Expressions of other programs in the grammar of symreg, their factors gathered.

An expression is a pair (factor, text) that stands for factor * text; text is None for a constant. Factors of
products, quotients, squares and roots move outwards, so that an engine with a weight on every variable is not
charged for writing `0.5 * x * (2 * y)`.
"""

import math

import numpy as np

FUNCTIONS = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "square": np.square,
    "sin": np.sin, "cos": np.cos, "tanh": np.tanh, "abs": np.abs, "cbrt": np.cbrt,
}
NAMES = {"__builtins__": {}, "inf": math.inf, "nan": math.nan, **FUNCTIONS}


def number(value):
    """A constant with every digit it needs."""
    text = repr(float(value))
    return f"({text})" if text.startswith("-") else text


def written(expression):
    """The text of a pair."""
    factor, text = expression
    if text is None:
        return number(factor)
    return text if factor == 1 else f"({number(factor)} * {text})"


def constant(value):
    return float(value), None


def variable(name, weight=1.0):
    return float(weight), name


def add(left, right, sign=1):
    """left + sign * right."""
    (a, p), (b, q) = left, (sign * right[0], right[1])
    if p is None and q is None:
        return a + b, None
    if p is None:
        (a, p), (b, q) = (b, q), (a, p)
    if a == 0:
        return (b, q)
    if b == 0:
        return (a, p)
    ratio = b / a
    if q is None:
        return a, f"({p} + {number(ratio)})"
    if ratio < 0:
        return a, f"({p} - {written((-ratio, q))})"
    return a, f"({p} + {written((ratio, q))})"


def multiply(left, right):
    (a, p), (b, q) = left, right
    if p is None or q is None:
        return a * b, p or q
    return a * b, f"({p} * {q})"


def divide(left, right):
    (a, p), (b, q) = left, right
    factor = a / b if b else math.nan
    if q is None:
        return factor, p
    return factor, f"({p or 1} / {q})"


def power(base, exponent):
    if base[1] is None and exponent[1] is None:
        return float(np.float64(base[0]) ** exponent[0]), None
    return 1.0, f"({written(base)} ^ {written(exponent)})"


def call(name, argument):
    """One of FUNCTIONS of an expression."""
    if name not in FUNCTIONS:
        raise ValueError(f"unknown function {name}")
    factor, text = argument
    if text is None:
        with np.errstate(all="ignore"):
            return float(FUNCTIONS[name](factor)), None
    if name == "square":
        return factor * factor, f"square({text})"
    if name == "sqrt" and factor > 0:
        return math.sqrt(factor), f"sqrt({text})"
    return 1.0, f"{name}({written(argument)})"


def values(text, columns):
    """The values of a text of this module in 64 bits; columns holds each variable's."""
    with np.errstate(all="ignore"):
        return eval(text.replace("^", "**"), NAMES, columns)


def scaled(text, columns, target):
    """The text with the factor and the term that suit the target best, with one of them and with none.

    An engine that reports only a * f + b never shows f without the term that noise gave it, and no judge
    takes a term for none.
    """
    found = values(text, columns) * np.ones(len(target))
    if not np.all(np.isfinite(found)):
        return
    mean, centre = found.mean(), target.mean()
    spread = np.dot(found - mean, found - mean)
    size = np.dot(found, found)
    yield text
    if size > 0:
        yield written((np.dot(found, target) / size, text))
    yield written(add((1.0, text), constant(centre - mean)))
    if spread > 0:
        slope = np.dot(found - mean, target - centre) / spread
        yield written(add((slope, text), constant(centre - slope * mean)))
