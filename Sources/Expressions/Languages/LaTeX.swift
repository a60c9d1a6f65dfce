extension Formula {
  /// The formula for LaTeX's math mode, constants rounded to `digits` significant digits.
  public func latex(features: [String], digits: Int = 5) -> String {
    latex(features: features, constant: { NumberText.rounded($0, digits: digits) })
  }

  /// The formula for LaTeX's math mode, every digit that its constants have and no more.
  public func shortLatex(features: [String]) -> String {
    latex(features: features, constant: NumberText.shortest)
  }

  private func latex(features: [String], constant: (Double) -> String) -> String {
    reduce(
      leaf: { node in
        if node.isConstant { return LaTeX.number(constant(node.value)) }
        let index = Int(node.feature)
        let name = index < features.count ? features[index] : "x\(index)"
        return LaTeX(text: LaTeXNames.text(name), level: .atom)
      },
      branch: { LaTeX.apply($0, Array($1)) }
    ).text
  }
}

/// A typeset subtree and how tightly its outermost operator binds.
private struct LaTeX {
  enum Level: Int {
    /// A negative is a product or number that begins with a minus; a group is a fraction or cases, closed but
    /// for an exponent.
    case sum, negative, product, group, power, atom
  }

  let text: String
  let level: Level

  func atLeast(_ wanted: Level) -> String {
    level.rawValue < wanted.rawValue ? "\\left(\(text)\\right)" : text
  }

  /// A number as text with an `e` before its exponent, typeset with a power of ten.
  static func number(_ text: String) -> LaTeX {
    guard let mark = text.firstIndex(of: "e") else {
      return LaTeX(text: text, level: text.hasPrefix("-") ? .negative : .atom)
    }
    let power = "10^{\(text[text.index(after: mark)...])}"
    switch text[..<mark] {
    case "1": return LaTeX(text: power, level: .power)
    case "-1": return LaTeX(text: "-\(power)", level: .negative)
    case let digits:
      return LaTeX(
        text: "\(digits) \\cdot \(power)", level: digits.hasPrefix("-") ? .negative : .product)
    }
  }

  static func apply(_ operation: Operator, _ a: [LaTeX]) -> LaTeX {
    switch operation {
    case .add: sum(a[0], a[1])
    case .subtract: LaTeX(text: "\(a[0].text) - \(a[1].atLeast(.product))", level: .sum)
    case .multiply: product(a[0], a[1])
    case .divide: quotient(a[0], a[1])
    case .inverse: LaTeX(text: "\\frac{1}{\(a[0].text)}", level: .group)
    case .negate: LaTeX(text: "-\(a[0].atLeast(.product))", level: .negative)
    case .fma, .muladd: sum(product(a[0], a[1]), a[2])
    case .power: power(a[0], a[1].text)
    case .square: power(a[0], "2")
    case .cube: power(a[0], "3")
    case .exp: LaTeX(text: "e^{\(a[0].text)}", level: .power)
    case .ifElse: cases(a[1].text, a[0].text, a[2].text)
    case .condition: cases(a[1].text, a[0].text, "0")
    default: LaTeX(text: call(operation, a), level: .atom)
    }
  }

  private static func sum(_ a: LaTeX, _ b: LaTeX) -> LaTeX {
    let joined = b.text.hasPrefix("-") ? " - \(b.text.dropFirst())" : " + \(b.text)"
    return LaTeX(text: a.text + joined, level: .sum)
  }

  /// A minus before the numerator stands before the line.
  private static func quotient(_ a: LaTeX, _ b: LaTeX) -> LaTeX {
    guard a.level == .negative else {
      return LaTeX(text: "\\frac{\(a.text)}{\(b.text)}", level: .group)
    }
    return LaTeX(text: "-\\frac{\(a.text.dropFirst())}{\(b.text)}", level: .negative)
  }

  private static func product(_ a: LaTeX, _ b: LaTeX) -> LaTeX {
    let right = b.atLeast(.product)
    if a.text == "1" {
      return LaTeX(text: right, level: b.level.rawValue < Level.product.rawValue ? .group : b.level)
    }
    if a.text == "-1" { return LaTeX(text: "-\(right)", level: .negative) }
    // Numbers side by side would read as one.
    let sign = right.first?.isNumber == true ? "\\cdot" : "\\,"
    return LaTeX(
      text: "\(a.atLeast(.negative)) \(sign) \(right)", level: a.level == .negative ? .negative : .product)
  }

  private static func power(_ base: LaTeX, _ exponent: String) -> LaTeX {
    LaTeX(text: "\(base.atLeast(.atom))^{\(exponent)}", level: .power)
  }

  private static func cases(_ value: String, _ test: String, _ other: String) -> LaTeX {
    LaTeX(
      text: "\\begin{cases} \(value) & \(test) > 0 \\\\ \(other) & \\text{otherwise} \\end{cases}",
      level: .group)
  }

  private static func call(_ operation: Operator, _ a: [LaTeX]) -> String {
    let arguments = a.map(\.text).joined(separator: ", ")
    func function(_ name: String) -> String { "\(name)\\left(\(arguments)\\right)" }
    func indicator(_ sign: String) -> String { "\\left[\(a[0].text) \(sign) \(a[1].text)\\right]" }
    switch operation {
    case .sqrt: return "\\sqrt{\(arguments)}"
    case .cbrt: return "\\sqrt[3]{\(arguments)}"
    case .abs: return "\\left|\(arguments)\\right|"
    case .floor: return "\\left\\lfloor \(arguments) \\right\\rfloor"
    case .ceil: return "\\left\\lceil \(arguments) \\right\\rceil"
    case .gamma: return function("\\Gamma")
    case .log10: return function("\\log_{10}")
    case .log2: return function("\\log_{2}")
    case .log1p: return "\\log\\left(\(sum(number("1"), a[0]).text)\\right)"
    case .asin, .acos, .atan: return function("\\arc\(operation.name.dropFirst())")
    case .log, .sin, .cos, .tan, .sinh, .cosh, .tanh, .maximum, .minimum, .maximum3, .minimum3:
      return function("\\\(operation.name)")
    case .greater: return indicator(">")
    case .greaterOrEqual: return indicator("\\ge")
    case .less: return indicator("<")
    case .lessOrEqual: return indicator("\\le")
    default: return function("\\operatorname{\(LaTeXNames.escaped(operation.name))}")
    }
  }
}
