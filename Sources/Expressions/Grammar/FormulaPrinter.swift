extension Formula {
  /// The formula in the grammar that ``init(parsing:features:)`` reads; constants carry every digit they need
  /// to be read back exactly, and the text parses to this very formula.
  ///
  /// - Parameter features: the columns' names; a column beyond the list prints as `x` and its index.
  public func description(features: [String]) -> String {
    printed(features: features, constant: { "\($0)" }).text
  }

  /// The formula for people: constants rounded to `digits` significant digits.
  public func description(features: [String], digits: Int) -> String {
    printed(features: features, constant: { NumberText.rounded($0, digits: digits) }).text
  }

  /// The formula for people: every digit that its constants have and no more, so that the text parses to this
  /// very formula.
  public func shortDescription(features: [String]) -> String {
    printed(features: features, constant: NumberText.shortest).text
  }

  private func printed(features: [String], constant: (Double) -> String) -> Printed {
    reduce(
      leaf: { node in
        if node.isFeature { return Printed(text: Printed.name(Int(node.feature), features), level: .atom) }
        let text = constant(node.value)
        return Printed(
          text: text, level: text.hasPrefix("-") ? .negativeNumber : .atom, isNumber: true)
      },
      branch: { operation, arguments in Printed.apply(operation, Array(arguments)) })
  }
}

/// A printed subtree and how tightly its outermost operator binds.
private struct Printed {
  enum Level: Int, Comparable {
    case sum, product, sign, negativeNumber, power, atom
    static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
  }

  let text: String
  let level: Level
  var isNumber = false

  func atLeast(_ wanted: Level) -> String { level < wanted ? "(\(text))" : text }
  func above(_ other: Level) -> String { level <= other ? "(\(text))" : text }

  static func apply(_ operation: Operator, _ arguments: [Printed]) -> Printed {
    switch operation {
    // A sum or product on the right keeps its parentheses: the text must parse back to the same tree.
    case .add, .subtract:
      return Printed(
        text: "\(arguments[0].atLeast(.sum)) \(operation.name) \(arguments[1].above(.sum))", level: .sum)
    case .multiply, .divide:
      return Printed(
        text: "\(arguments[0].atLeast(.product)) \(operation.name) \(arguments[1].above(.product))",
        level: .product)
    case .power:
      return Printed(text: "\(arguments[0].atLeast(.atom))^\(arguments[1].atLeast(.atom))", level: .power)
    case .negate:
      // A minus before a number would read as a negative constant, but for that before a power.
      let isNumber = arguments[0].level == .negativeNumber || arguments[0].isNumber
      return isNumber
        ? Printed(text: "neg(\(arguments[0].text))", level: .atom)
        : Printed(text: "-\(arguments[0].above(.negativeNumber))", level: .sign)
    default:
      return Printed(
        text: "\(operation.name)(\(arguments.map(\.text).joined(separator: ", ")))", level: .atom)
    }
  }

  static func name(_ index: Int, _ features: [String]) -> String {
    guard index < features.count else { return "x\(index)" }
    let name = features[index]
    let scalars = name.unicodeScalars
    let isPlain =
      scalars.first.map(Tokenizer.beginsName) == true && scalars.allSatisfy(Tokenizer.continuesName)
      && Operator.named(name) == nil && !Operator.allCases.contains { $0.name == name } && name != "pi"
    if isPlain { return name }
    var quoted = String.UnicodeScalarView("`".unicodeScalars)
    for scalar in scalars { quoted.append(contentsOf: scalar == "`" ? ["`", "`"] : [scalar]) }
    quoted.append("`")
    return String(quoted)
  }
}
