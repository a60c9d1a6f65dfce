extension Formula {
  /// The formula as a Python expression over NumPy arrays of the columns' names, `numpy` imported as `np`.
  ///
  /// A name that is no Python identifier is looked up as `columns['name']`.
  public func python(features: [String]) -> String {
    CallSyntax(constant: { "\($0)" }, name: NumPy.name, call: NumPy.call).text(of: self, features: features)
  }
}

private enum NumPy {
  static func name(_ name: String) -> String {
    let isPlain =
      name.first.map { $0.isASCII && ($0.isLetter || $0 == "_") } == true
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      && !["lambda", "if", "in", "is", "as", "or", "and", "not", "for", "def", "del", "np"].contains(name)
    if isPlain { return name }
    return "columns['\(name.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : String($0) }.joined())']"
  }

  static func call(_ operation: Operator, _ a: [String]) -> String {
    switch operation {
    case .maximum: "np.maximum(\(a[0]), \(a[1]))"
    case .minimum: "np.minimum(\(a[0]), \(a[1]))"
    case .modulo: "np.mod(\(a[0]), \(a[1]))"
    case .greater: "np.where((\(a[0])) > (\(a[1])), 1.0, 0.0)"
    case .greaterOrEqual: "np.where((\(a[0])) >= (\(a[1])), 1.0, 0.0)"
    case .less: "np.where((\(a[0])) < (\(a[1])), 1.0, 0.0)"
    case .lessOrEqual: "np.where((\(a[0])) <= (\(a[1])), 1.0, 0.0)"
    case .condition: "np.where((\(a[0])) > 0, \(a[1]), 0.0)"
    case .logicalOr: "np.where(((\(a[0])) > 0) | ((\(a[1])) > 0), 1.0, 0.0)"
    case .logicalAnd: "np.where(((\(a[0])) > 0) & ((\(a[1])) > 0), 1.0, 0.0)"
    case .cube: "(\(a[0]))**3"
    case .inverse: "1.0/(\(a[0]))"
    case .asin, .acos, .atan, .asinh, .acosh, .atanh: "np.arc\(operation.name.dropFirst())(\(a[0]))"
    case .atanhClip: "np.arctanh(np.mod(\(a[0]) + 1.0, 2.0) - 1.0)"
    case .erf, .erfc, .gamma: "scipy.special.\(operation.name)(\(a[0]))"
    case .relu: "np.maximum(0.0, \(a[0]))"
    case .clamp: "np.minimum(np.maximum(\(a[0]), \(a[1])), \(a[2]))"
    case .fma, .muladd: "((\(a[0]))*(\(a[1])) + (\(a[2])))"
    case .maximum3: "np.maximum(np.maximum(\(a[0]), \(a[1])), \(a[2]))"
    case .minimum3: "np.minimum(np.minimum(\(a[0]), \(a[1])), \(a[2]))"
    case .ifElse: "np.where((\(a[0])) > 0, \(a[1]), \(a[2]))"
    default: "np.\(operation.name)(\(a[0]))"
    }
  }
}
