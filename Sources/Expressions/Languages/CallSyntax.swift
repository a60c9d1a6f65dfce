/// A language with Python's infix arithmetic and function calls, as SymPy and NumPy are: what differs is
/// data.
struct CallSyntax {
  /// The text of a constant.
  let constant: (Double) -> String
  /// The text of a feature's name.
  let name: (String) -> String
  /// The text of an operator that the language writes as a call or needs words for, its arguments printed;
  /// the text must stand anywhere as it is.
  let call: (Operator, [Part]) -> String

  /// How tightly the outermost operator of a text binds in Python.
  enum Level: Int, Comparable {
    case sum, product, sign, power, atom
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  /// A printed subtree.
  struct Part: CustomStringConvertible {
    let text: String
    let level: Level

    /// The text where commas or parentheses enclose it.
    var description: String { text }
    /// The text where an operator of this level or a tighter one stands beside it.
    func atLeast(_ wanted: Level) -> String { level < wanted ? "(\(text))" : text }
    /// The text on the right of a plus or minus.
    var term: String { level == .sum || level == .sign ? "(\(text))" : text }
    /// The text where only a call, a name or a number may stand.
    var atom: String { atLeast(.atom) }
  }

  func text(of formula: Formula, features: [String]) -> String {
    formula.reduce(
      leaf: { node in
        if node.isConstant {
          let text = constant(node.value)
          return Part(text: text, level: text.hasPrefix("-") ? .sign : .atom)
        }
        let index = Int(node.feature)
        return Part(text: name(index < features.count ? features[index] : "x\(index)"), level: .atom)
      },
      branch: { apply($0, Array($1)) }
    ).text
  }

  private func apply(_ operation: Operator, _ a: [Part]) -> Part {
    switch operation {
    // On the right, what binds no tighter keeps its parentheses: a / (b * c), a - (b + c).
    case .add, .subtract: Part(text: "\(a[0]) \(operation.name) \(a[1].term)", level: .sum)
    case .multiply, .divide:
      Part(text: "\(a[0].atLeast(.product))\(operation.name)\(a[1].atLeast(.power))", level: .product)
    case .power: Part(text: "\(a[0].atom)**\(a[1].atom)", level: .power)
    case .negate: Part(text: "-\(a[0].atLeast(.power))", level: .sign)
    case .square: Part(text: "\(a[0].atom)**2", level: .power)
    case .cube: Part(text: "\(a[0].atom)**3", level: .power)
    case .inverse: Part(text: "1/\(a[0].atom)", level: .product)
    case .fma, .muladd: apply(.add, [apply(.multiply, [a[0], a[1]]), a[2]])
    default: Part(text: call(operation, a), level: .atom)
    }
  }

  /// `text` between quotes for a Python string.
  static func quoted(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar in
      switch scalar {
      case "'", "\\": "\\\(scalar)"
      case _ where scalar.value < 32 || scalar.value == 127:
        "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: String(scalar)
      }
    }
    return "'\(escaped.joined())'"
  }

  /// Whether Python reads `text` as one identifier of ASCII letters, digits and underscores.
  static func isIdentifier(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, !("0"..."9").contains(first) else { return false }
    return !SymPyNames.keywords.contains(text)
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) || $0 == "_"
      }
  }
}
