/// Columns' names for LaTeX's math mode.
enum LaTeXNames {
  /// A letter in italics, a Greek letter's name as that letter, either with a number as its index; other
  /// names upright.
  static func text(_ name: String) -> String {
    let digits = String(name.reversed().prefix { $0.isASCII && $0.isNumber }.reversed())
    var stem = String(name.dropLast(digits.count))
    if !digits.isEmpty && stem.count > 1 && stem.hasSuffix("_") { stem.removeLast() }
    let isLetter = stem.count == 1 && stem.first?.isLetter == true
    guard isLetter || greek.contains(stem) else { return "\\mathrm{\(escaped(name))}" }
    let symbol = isLetter ? stem : "\\\(stem)"
    return digits.isEmpty ? symbol : "\(symbol)_{\(digits)}"
  }

  /// `text` with the characters that LaTeX takes for commands made plain.
  static func escaped(_ text: String) -> String {
    text.map { character -> String in
      switch character {
      case "\\": "\\backslash{}"
      case "_", "%", "$", "#", "&", "{", "}": "\\\(character)"
      case "^": "\\hat{}"
      case "~": "\\sim{}"
      case _ where character.isWhitespace: "\\ "
      default: String(character)
      }
    }.joined()
  }

  private static let greek: Set<String> = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi",
    "rho", "sigma", "tau", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma",
    "Phi",
    "Psi", "Omega",
  ]
}
