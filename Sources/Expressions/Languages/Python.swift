extension Formula {
  /// The formula as a Python expression over NumPy arrays of the columns' names, `numpy` imported as `np`,
  /// and `scipy.special` for erf, erfc and gamma.
  ///
  /// A name that is no Python identifier, or one of these modules', is looked up as `columns['name']`.
  public func python(features: [String]) -> String {
    CallSyntax(constant: { "\($0)" }, name: NumPy.name, call: NumPy.call).text(of: self, features: features)
  }
}

private enum NumPy {
  static func name(_ name: String) -> String {
    CallSyntax.isIdentifier(name) && !["np", "scipy", "columns"].contains(name)
      ? name : "columns[\(CallSyntax.quoted(name))]"
  }

  static func call(_ operation: Operator, _ a: [CallSyntax.Part]) -> String {
    switch operation {
    case .maximum: "np.maximum(\(a[0]), \(a[1]))"
    case .minimum: "np.minimum(\(a[0]), \(a[1]))"
    case .modulo: "np.mod(\(a[0]), \(a[1]))"
    case .greater: truth("\(a[0]) > \(a[1])")
    case .greaterOrEqual: truth("\(a[0]) >= \(a[1])")
    case .less: truth("\(a[0]) < \(a[1])")
    case .lessOrEqual: truth("\(a[0]) <= \(a[1])")
    case .condition: "np.where(\(a[0]) > 0, \(a[1]), 0.0)"
    case .logicalOr: truth("(\(a[0]) > 0) | (\(a[1]) > 0)")
    case .logicalAnd: truth("(\(a[0]) > 0) & (\(a[1]) > 0)")
    case .asin, .acos, .atan, .asinh, .acosh, .atanh: "np.arc\(operation.name.dropFirst())(\(a[0]))"
    case .atanhClip: "np.arctanh(np.mod(\(a[0]) + 1.0, 2.0) - 1.0)"
    case .erf, .erfc, .gamma: "scipy.special.\(operation.name)(\(a[0]))"
    case .relu: "np.maximum(0.0, \(a[0]))"
    case .clamp: "np.minimum(np.maximum(\(a[0]), \(a[1])), \(a[2]))"
    case .maximum3: "np.maximum(np.maximum(\(a[0]), \(a[1])), \(a[2]))"
    case .minimum3: "np.minimum(np.minimum(\(a[0]), \(a[1])), \(a[2]))"
    case .ifElse: "np.where(\(a[0]) > 0, \(a[1]), \(a[2]))"
    default: "np.\(operation.name)(\(a[0]))"
    }
  }

  private static func truth(_ condition: String) -> String { "np.where(\(condition), 1.0, 0.0)" }
}
