/// A notation in which a formula can be written out.
public enum Language: String, CaseIterable, Sendable {
  /// The project's own grammar.
  case expression
  /// Text that `sympy.sympify` reads.
  case sympy
  /// Mathematics for LaTeX's math mode.
  case latex
  /// A Python expression over NumPy arrays (`import numpy as np`).
  case python
}

extension Formula {
  /// The formula written in `language`, with these names for its columns.
  public func text(in language: Language, features: [String]) -> String {
    switch language {
    case .expression: description(features: features)
    case .sympy: sympy(features: features)
    case .latex: latex(features: features)
    case .python: python(features: features)
    }
  }
}
