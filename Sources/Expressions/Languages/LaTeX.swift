extension Formula {
  /// The formula for LaTeX's math mode, constants rounded to `digits` significant digits.
  public func latex(features: [String], digits: Int = 5) -> String {
    reduce(
      leaf: { node in
        if node.isConstant {
          let text = LaTeX.number(node.value, digits: digits)
          return LaTeX(
            text: text, level: text.hasPrefix("-") ? .sum : text.contains("\\cdot") ? .product : .atom)
        }
        let index = Int(node.feature)
        return LaTeX(text: LaTeX.name(index < features.count ? features[index] : "x\(index)"), level: .atom)
      },
      branch: { LaTeX.apply($0, Array($1)) }
    ).text
  }
}

/// A typeset subtree and how tightly its outermost operator binds.
private struct LaTeX {
  enum Level: Int {
    case sum, product, power, atom
  }

  let text: String
  let level: Level

  func atLeast(_ wanted: Level) -> String {
    level.rawValue < wanted.rawValue ? "\\left(\(text)\\right)" : text
  }

  static func number(_ value: Double, digits: Int) -> String {
    let text = NumberText.rounded(value, digits: digits)
    guard let mark = text.firstIndex(of: "e") else { return text }
    return "\(text[..<mark]) \\cdot 10^{\(text[text.index(after: mark)...])}"
  }

  static func name(_ name: String) -> String {
    if name.count == 1, name.first?.isLetter == true { return name }
    let escaped = name.map { character -> String in
      switch character {
      case "\\": "\\backslash{}"
      case "_", "%", "$", "#", "&", "{", "}": "\\\(character)"
      case "^": "\\hat{}"
      case "~": "\\sim{}"
      default: String(character)
      }
    }
    return "\\mathrm{\(escaped.joined())}"
  }

  static func apply(_ operation: Operator, _ a: [LaTeX]) -> LaTeX {
    func atom(_ text: String) -> LaTeX { LaTeX(text: text, level: .atom) }
    func function(_ name: String) -> LaTeX {
      atom("\(name)\\left(\(a.map(\.text).joined(separator: ", "))\\right)")
    }
    func indicator(_ sign: String) -> LaTeX { atom("\\left[\(a[0].text) \(sign) \(a[1].text)\\right]") }
    func power(_ base: LaTeX, _ exponent: String) -> LaTeX {
      LaTeX(text: "\(base.atLeast(.atom))^{\(exponent)}", level: .power)
    }
    switch operation {
    case .add:
      let joiner = a[1].text.hasPrefix("-") ? " " : " + "
      return LaTeX(text: "\(a[0].text)\(joiner)\(a[1].text)", level: .sum)
    case .subtract: return LaTeX(text: "\(a[0].text) - \(a[1].atLeast(.product))", level: .sum)
    case .multiply:
      return LaTeX(text: "\(a[0].atLeast(.product)) \\, \(a[1].atLeast(.product))", level: .product)
    case .divide: return atom("\\frac{\(a[0].text)}{\(a[1].text)}")
    case .power: return power(a[0], a[1].text)
    case .square: return power(a[0], "2")
    case .cube: return power(a[0], "3")
    case .negate: return LaTeX(text: "-\(a[0].atLeast(.product))", level: .sum)
    case .inverse: return atom("\\frac{1}{\(a[0].text)}")
    case .exp: return LaTeX(text: "e^{\(a[0].text)}", level: .power)
    case .sqrt: return atom("\\sqrt{\(a[0].text)}")
    case .cbrt: return atom("\\sqrt[3]{\(a[0].text)}")
    case .abs: return atom("\\left|\(a[0].text)\\right|")
    case .floor: return atom("\\lfloor \(a[0].text) \\rfloor")
    case .ceil: return atom("\\lceil \(a[0].text) \\rceil")
    case .gamma: return function("\\Gamma")
    case .log10: return function("\\log_{10}")
    case .log2: return function("\\log_{2}")
    case .log1p: return atom("\\log\\left(1 + \(a[0].text)\\right)")
    case .asin, .acos, .atan: return function("\\arc\(operation.name.dropFirst())")
    case .log, .sin, .cos, .tan, .sinh, .cosh, .tanh, .maximum, .minimum, .maximum3, .minimum3:
      return function("\\\(operation.name)")
    case .greater: return indicator(">")
    case .greaterOrEqual: return indicator("\\ge")
    case .less: return indicator("<")
    case .lessOrEqual: return indicator("\\le")
    case .fma, .muladd:
      return LaTeX(
        text: "\(a[0].atLeast(.product)) \\, \(a[1].atLeast(.product)) + \(a[2].text)", level: .sum)
    case .ifElse:
      return atom(
        "\\begin{cases} \(a[1].text) & \(a[0].text) > 0 \\\\ \(a[2].text) & \\text{otherwise} \\end{cases}")
    case .condition:
      return atom("\\begin{cases} \(a[1].text) & \(a[0].text) > 0 \\\\ 0 & \\text{otherwise} \\end{cases}")
    default: return function("\\operatorname{\(name(operation.name).dropFirst(8).dropLast())}")
    }
  }
}
