import Expressions
import Randomness

/// Random expressions of a given size over all operators: what simplification is checked on.
public struct RandomExpressions: Sendable {
  /// Which operators the expressions use.
  public enum Operators: String, Sendable, CaseIterable, Codable {
    /// Every operator there is.
    case all
    /// `+ - * / neg inv square cube`, on which exact arithmetic can check every value.
    case rational
    /// What a search uses when nothing is asked for.
    case standard
  }

  /// Features the expressions use.
  public static let featureCount = 3

  private let unary: [Operator]
  private let binary: [Operator]
  private let ternary: [Operator]

  /// Expressions of the given operators.
  public init(_ operators: Operators) {
    let set =
      switch operators {
      case .all: OperatorSet(Operator.allCases)
      case .rational:
        OperatorSet([.add, .subtract, .multiply, .divide, .negate, .inverse, .square, .cube])
      case .standard: OperatorSet.standard
      }
    unary = set.unary
    binary = set.binary
    ternary = set.ternary
  }

  /// An expression of `size` nodes; constants and features are small in number, so that much can be
  /// simplified.
  public func formula(size: Int, _ random: inout RandomStream) -> Formula {
    var nodes: [Node] = []
    append(size, to: &nodes, &random)
    return Formula(unchecked: nodes)
  }

  private func append(_ size: Int, to nodes: inout [Node], _ random: inout RandomStream) {
    guard size > 1 else {
      nodes.append(
        random.chance(0.4)
          ? .constant(constant(&random)) : .feature(random.index(RandomExpressions.featureCount)))
      return
    }
    let choices = unary.count + (size > 2 ? binary.count : 0) + (size > 3 ? ternary.count : 0)
    var choice = random.index(choices)
    let start = nodes.count
    // Arithmetic makes up half, as in what a search breeds.
    if size > 2, random.chance(0.5) { choice = unary.count + random.index(min(4, binary.count)) }
    let operation: Operator
    if choice < unary.count {
      operation = unary[choice]
      append(size - 1, to: &nodes, &random)
    } else if choice < unary.count + binary.count {
      operation = binary[choice - unary.count]
      let left = 1 + random.index(size - 2)
      append(left, to: &nodes, &random)
      append(size - 1 - left, to: &nodes, &random)
    } else {
      operation = ternary[choice - unary.count - binary.count]
      let first = 1 + random.index(size - 3)
      let second = 1 + random.index(size - 2 - first)
      append(first, to: &nodes, &random)
      append(second, to: &nodes, &random)
      append(size - 1 - first - second, to: &nodes, &random)
    }
    nodes.append(.operation(operation, argumentLength: nodes.count - start))
  }

  private func constant(_ random: inout RandomStream) -> Double {
    switch random.index(4) {
    case 0: Double(random.index(5) - 2)
    case 1: Double(random.index(4) + 1) / 2
    default: (random.uniform(-5, 5) * 100).rounded() / 100
    }
  }
}
