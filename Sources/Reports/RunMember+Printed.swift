import Expressions

extension RunMember {
  /// The right-hand side as it is printed for people.
  ///
  /// - Parameter features: the names of the document's columns.
  public func printed(features: [String]) -> String {
    if let equation { return equation }
    let formula = try? Formula(parsing: expression, features: features)
    return formula?.description(features: features, digits: 6) ?? expression
  }

  /// The right-hand side as it is printed, for LaTeX's math mode; nil where it cannot be read.
  ///
  /// - Parameter features: the names of the document's columns.
  public func printedLatex(features: [String]) -> String? {
    guard let equation else {
      return try? Formula(parsing: expression, features: features).latex(features: features)
    }
    return try? Formula(parsing: equation, features: features).shortLatex(features: features)
  }
}
