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
    CallSyntax.isIdentifier(name) && !SymPyNames.taken.contains(name)
      ? name : "Symbol(\(CallSyntax.quoted(name)))"
  }

  static func call(_ operation: Operator, _ a: [CallSyntax.Part]) -> String {
    switch operation {
    case .maximum: "Max(\(a[0]), \(a[1]))"
    case .maximum3: "Max(\(a[0]), \(a[1]), \(a[2]))"
    case .minimum: "Min(\(a[0]), \(a[1]))"
    case .minimum3: "Min(\(a[0]), \(a[1]), \(a[2]))"
    case .modulo: "Mod(\(a[0]), \(a[1]))"
    case .greater: truth("\(a[0]) > \(a[1])")
    case .greaterOrEqual: truth("\(a[0]) >= \(a[1])")
    case .less: truth("\(a[0]) < \(a[1])")
    case .lessOrEqual: truth("\(a[0]) <= \(a[1])")
    case .condition: "Piecewise((\(a[1]), \(a[0]) > 0), (0, True))"
    case .logicalOr: truth("Or(\(a[0]) > 0, \(a[1]) > 0)")
    case .logicalAnd: truth("And(\(a[0]) > 0, \(a[1]) > 0)")
    case .cbrt: "(sign(\(a[0]))*Abs(\(a[0]))**Rational(1, 3))"
    case .abs: "Abs(\(a[0]))"
    case .log10: "log(\(a[0]), 10)"
    case .log2: "log(\(a[0]), 2)"
    case .log1p: "log(1 + \(a[0].term))"
    case .atanhClip: "atanh(Mod(\(a[0]) + 1, 2) - 1)"
    case .relu: "Max(0, \(a[0]))"
    case .sinc: "sinc(pi*\(a[0].atLeast(.power)))"
    case .round: rounded(a[0].text)
    case .ceil: "ceiling(\(a[0]))"
    case .clamp: "Min(Max(\(a[0]), \(a[1])), \(a[2]))"
    case .ifElse: "Piecewise((\(a[1]), \(a[0]) > 0), (\(a[2]), True))"
    default: "\(operation.name)(\(a[0]))"
    }
  }

  private static func truth(_ condition: String) -> String { "Piecewise((1, \(condition)), (0, True))" }

  /// SymPy has no rounding half to even of a symbol: floor(x + 1/2), less one at ties that go to an odd
  /// number.
  private static func rounded(_ x: String) -> String {
    let shifted = "\(x) + Rational(1, 2)"
    return "(floor(\(shifted)) - Piecewise((1, Eq(Mod(\(shifted), 2), 1)), (0, True)))"
  }
}
