import Expressions
import Randomness

/// The random expressions on which the speed of evaluation is measured.
///
/// The number of nodes is uniform from 5 to 50; every operator is as likely as any other where it fits; a
/// leaf is a constant uniform in [0, 3) with probability 0.3, else one of five features. Without operators of
/// one argument the number of nodes is made odd, and so is that of every subtree.
public struct RandomTrees: Sendable {
  /// Which operators the expressions use.
  public enum Operators: String, Sendable, CaseIterable, Codable {
    /// `+ - * /`
    case arithmetic
    /// `+ - * / exp log sin cos sqrt`
    case mixed
  }

  /// Features the expressions use.
  public static let featureCount = 5
  /// Range of the features' values.
  public static let featureRange = 0.5...2.5

  private let binary: [Operator] = [.add, .subtract, .multiply, .divide]
  private let unary: [Operator]

  /// Expressions of the given operators.
  public init(_ operators: Operators) {
    unary = operators == .mixed ? [.exp, .log, .sin, .cos, .sqrt] : []
  }

  /// `count` expressions of a seed.
  public func formulas(_ count: Int, seed: UInt64) -> [Formula] {
    var stream = RandomStream(seed: seed, 0)
    return (0..<count).map { _ in
      let size = 5 + stream.index(46)
      var nodes: [Node] = []
      append(unary.isEmpty ? size | 1 : size, to: &nodes, &stream)
      return Formula(unchecked: nodes)
    }
  }

  /// The features' values of a seed, column by column.
  public static func columns(rows: Int, seed: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: seed, 1)
    return (0..<featureCount).map { _ in
      (0..<rows).map { _ in stream.uniform(featureRange.lowerBound, featureRange.upperBound) }
    }
  }

  /// Appends a tree of `size` nodes in postfix order.
  private func append(_ size: Int, to nodes: inout [Node], _ stream: inout RandomStream) {
    guard size > 1 else {
      let isConstant = stream.chance(0.3)
      nodes.append(
        isConstant ? .constant(stream.uniform(0, 3)) : .feature(stream.index(RandomTrees.featureCount)))
      return
    }
    let choice =
      size > 2 ? stream.index(binary.count + unary.count) : binary.count + stream.index(unary.count)
    if choice >= binary.count {
      append(size - 1, to: &nodes, &stream)
      nodes.append(.operation(unary[choice - binary.count], argumentLength: size - 1))
      return
    }
    let left = unary.isEmpty ? 1 + 2 * stream.index((size - 1) / 2) : 1 + stream.index(size - 2)
    append(left, to: &nodes, &stream)
    append(size - 1 - left, to: &nodes, &stream)
    nodes.append(.operation(binary[choice], argumentLength: size - 1))
  }
}
