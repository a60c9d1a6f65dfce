extension Formula {
  /// The formula as text that `sympy.sympify` reads, the columns' names as symbols.
  ///
  /// A name that SymPy would take for something else, or could not read, is written as `Symbol('name')`.
  public func sympy(features: [String]) -> String {
    CallSyntax(constant: { "\($0)" }, name: SymPy.symbol, call: SymPy.call).text(of: self, features: features)
  }
}

private enum SymPy {
  static func symbol(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") } && !taken.contains(name)
    if isPlain { return name }
    let escaped = name.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": "\\\(scalar)"
      case _ where scalar.value < 32: "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "Symbol('\(escaped.joined())')"
  }

  static func call(_ operation: Operator, _ a: [String]) -> String {
    switch operation {
    case .power: "(\(a[0]))**(\(a[1]))"
    case .maximum, .maximum3: "Max(\(a.joined(separator: ", ")))"
    case .minimum, .minimum3: "Min(\(a.joined(separator: ", ")))"
    case .modulo: "Mod(\(a[0]), \(a[1]))"
    case .greater: "Piecewise((1, (\(a[0])) > (\(a[1]))), (0, True))"
    case .greaterOrEqual: "Piecewise((1, (\(a[0])) >= (\(a[1]))), (0, True))"
    case .less: "Piecewise((1, (\(a[0])) < (\(a[1]))), (0, True))"
    case .lessOrEqual: "Piecewise((1, (\(a[0])) <= (\(a[1]))), (0, True))"
    case .condition: "Piecewise((\(a[1]), (\(a[0])) > 0), (0, True))"
    case .logicalOr: "Piecewise((1, Or((\(a[0])) > 0, (\(a[1])) > 0)), (0, True))"
    case .logicalAnd: "Piecewise((1, And((\(a[0])) > 0, (\(a[1])) > 0)), (0, True))"
    case .square: "(\(a[0]))**2"
    case .cube: "(\(a[0]))**3"
    case .cbrt: "sign(\(a[0]))*Abs(\(a[0]))**Rational(1, 3)"
    case .abs: "Abs(\(a[0]))"
    case .inverse: "1/(\(a[0]))"
    case .log10: "log(\(a[0]), 10)"
    case .log2: "log(\(a[0]), 2)"
    case .log1p: "log(1 + \(a[0]))"
    case .atanhClip: "atanh(Mod(\(a[0]) + 1, 2) - 1)"
    case .relu: "Max(0, \(a[0]))"
    case .sinc: "sinc(pi*(\(a[0])))"
    case .round:
      // SymPy has no rounding half to even of a symbol: floor(x + 1/2), less one at odd ties.
      "(floor((\(a[0])) + Rational(1, 2)) - Piecewise((1, And(Eq(Mod((\(a[0])) + Rational(1, 2), 1), 0), "
        + "Eq(Mod((\(a[0])) + Rational(1, 2), 2), 1))), (0, True)))"
    case .ceil: "ceiling(\(a[0]))"
    case .clamp: "Min(Max(\(a[0]), \(a[1])), \(a[2]))"
    case .fma, .muladd: "((\(a[0]))*(\(a[1])) + (\(a[2])))"
    case .ifElse: "Piecewise((\(a[1]), (\(a[0])) > 0), (\(a[2]), True))"
    default: "\(operation.name)(\(a[0]))"
    }
  }

  /// Names that SymPy or Python give a meaning of their own; any function SymPy exports in lower case counts too.
  static let taken: Set<String> = {
    let python = [
      "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def",
      "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is",
      "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    ]
    let sympy = [
      "E", "I", "N", "O", "Q", "S", "C", "pi", "oo", "zoo", "nan", "beta", "gamma", "zeta", "eta", "Chi",
      "Shi", "Si",
      "Ci", "Ei", "Li", "li", "LC", "re", "im", "arg", "sign", "conjugate", "root", "var", "test", "rf", "ff",
      "binomial",
      "factorial", "log", "ln", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinc", "asin", "acos",
      "atan",
      "atan2", "acot", "asec", "acsc", "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh",
      "atanh",
      "acoth", "asech", "acsch", "erf", "erfc", "erfi", "sqrt", "cbrt", "floor", "ceiling", "frac", "Abs",
      "Min", "Max", "Mod", "Pow", "Mul", "Add", "Symbol", "Integer", "Float", "Rational", "Function",
      "Matrix", "Eq",
      "Ne", "Lt", "Le", "Gt", "Ge", "And", "Or", "Not", "Xor", "Piecewise", "Heaviside", "DiracDelta",
      "LambertW",
      "gcd", "lcm", "factor", "expand", "simplify", "solve", "diff", "integrate", "limit", "series", "sum",
      "prod",
      "product", "summation", "degree", "trace", "det", "div", "rem", "quo", "roots", "poly", "Poly", "Ray",
      "Line",
      "Point", "Circle", "Curve", "Plane", "Segment", "Polygon", "Triangle", "Ellipse", "Set", "Range",
      "Tuple",
      "Dict", "Id", "ITE", "RR", "QQ", "ZZ", "CC", "GF", "FF", "EX", "harmonic", "digamma", "polygamma",
      "trigamma",
      "loggamma", "lowergamma", "uppergamma", "totient", "sigma", "mobius", "prime", "primepi", "isprime",
      "sieve",
      "fibonacci", "lucas", "bell", "euler", "catalan", "compose", "decompose", "discriminant", "resultant",
      "symbols",
      "pprint", "print", "latex", "source", "cycle", "Cycle", "Lambda", "Wild", "Dummy", "Order", "Sum",
      "Product",
      "Integral", "Derivative", "Limit", "Subs", "plot", "sets", "stats", "tensor", "vector", "series",
      "physics", "ode",
      "pde", "core", "abc", "apart", "together", "cancel", "collect", "powsimp", "trigsimp", "radsimp",
      "ratsimp",
      "nsimplify", "sympify", "pdiv", "prem", "pquo", "pexquo", "exquo", "half_gcdex", "gcdex", "invert",
      "lcm_list",
      "content", "primitive", "sturm", "sqf", "refine", "ask", "satisfiable", "flatten", "ordered",
      "postorder", "field",
      "ring", "vfield", "xfield", "xring", "vring", "sfield", "sring", "fps", "rational", "reduced",
      "groebner", "interpolate",
      "horner", "residue", "mersenne", "perfect", "abundant", "carmichael", "genocchi", "motzkin",
      "subfactorial",
      "max", "min", "abs", "pow", "round", "int", "float", "complex", "bool", "str", "len", "list", "dict",
      "set",
      "map", "filter", "zip", "range", "iter", "next", "id", "type", "object", "input", "open", "vars", "dir",
      "all", "any",
      "hash", "hex", "bin", "oct", "ord", "chr", "slice", "super", "tuple", "property", "format", "eval",
      "exec", "repr",
    ]
    return Set(python + sympy)
  }()
}
