import Expressions
import Foundation

/// What a description of unusual structure and of constants that mean nothing unless they are known to many
/// digits costs beyond the nodes and the usual constants.
///
/// A description length counts each node as dear as any other and each constant at the rows' usual precision
/// (Rissanen 1978; Bartlett, Desmond and Ferreira 2023, arXiv 2211.11461). That is short for what people
/// write down and too short for expressions that only imitate it: a power of 10⁶ of a column that hardly
/// varies is an exponential on every row, at a node less. The prices here are logarithms of how much rarer
/// such parts are, so they decide between members of about equal size and loss, and nothing else.
package enum Plainness {
  /// Extra nats of a formula; 0 for most laws.
  ///
  /// - Parameters:
  ///   - standardErrors: of the constants, in their order; nil where unknown.
  ///   - columnRanges: the least and the greatest value of each column.
  package static func nats(
    _ formula: Formula, standardErrors: [Double?], columnRanges: [ClosedRange<Double>]
  ) -> Double {
    let tree = PlainnessTree(formula)
    var nats = precision(tree, standardErrors, columnRanges)
    for position in formula.nodes.indices {
      nats += exponent(tree, position) + base(tree, position) + nesting(tree, position)
      nats += variableExponent(tree, position) + envelope(tree, position)
    }
    return nats
  }

  /// Constants differ in how well the rows determine them by a factor of a thousand without anyone's surprise.
  private static let usualSpread = 3 * Foundation.log(10.0)
  /// A function of a function, or a fitted power of one, is about one in twenty among the laws of textbooks.
  private static let nested = Foundation.log(20.0)
  /// A fitted constant inside two functions is about one in three of these.
  private static let buried = Foundation.log(3.0)
  /// Exponents up to this are usual.
  private static let usualExponent = 10.0

  // MARK: - Digits

  /// Digits of constants in excess of those that the least known one has.
  ///
  /// A constant c with error e takes ln(|c|/e) nats to write so that the rows do not notice. All constants of
  /// one law profit alike from more or better rows; one that has to be far better known than the others stands
  /// where it must cancel something. A place in a column, as x₀ in x - x₀, is measured by the column's spread,
  /// for it is read off an axis.
  private static func precision(
    _ tree: PlainnessTree, _ standardErrors: [Double?], _ ranges: [ClosedRange<Double>]
  ) -> Double {
    var digits: [Double] = []
    for (position, error) in zip(tree.constants, standardErrors) {
      guard let error, error > 0, error.isFinite else { continue }
      var size = abs(tree.nodes[position].value)
      if let column = tree.columnBeside(position), column < ranges.count {
        size = min(size, ranges[column].upperBound - ranges[column].lowerBound)
      }
      digits.append(max(0, Foundation.log(size / error)))
    }
    guard let least = digits.min() else { return 0 }
    return digits.reduce(0) { $0 + max(0, $1 - least - usualSpread) }
  }

  // MARK: - Powers

  /// An exponent beyond ten takes the logarithm of its size to write, as does the factor that goes with it, and is
  /// rare; of one near 1 only the
  /// difference from 1 says anything, and without it the base would do.
  private static func exponent(_ tree: PlainnessTree, _ position: Int) -> Double {
    guard let power = tree.constantExponent(position) else { return 0 }
    let distance = abs(abs(power) - 1)
    if distance < 0.1, distance > 0 { return -Foundation.log(max(distance, 1e-16)) }
    return abs(power) > usualExponent ? nested + 2 * Foundation.log(abs(power) / usualExponent) : 0
  }

  /// A base near 1 of a power of a column: all its digits but those of its difference from 1 say nothing, and
  /// the exponential has that difference as its rate.
  private static func base(_ tree: PlainnessTree, _ position: Int) -> Double {
    guard let (base, exponent) = tree.power(position), tree.nodes[base].isConstant,
      !tree.nodes[exponent].isConstant
    else { return 0 }
    let distance = abs(tree.nodes[base].value - 1)
    return distance < 0.1 ? -Foundation.log(max(distance, 1e-16)) : 0
  }

  /// A column to the power of a column is as rare as a function of a function, and more so where the exponent
  /// holds a function itself.
  private static func variableExponent(_ tree: PlainnessTree, _ position: Int) -> Double {
    guard let (base, exponent) = tree.power(position), tree.hasColumn(base), tree.hasColumn(exponent) else {
      return 0
    }
    return nested * (tree.hasFunction(exponent) ? 2 : 1)
  }

  // MARK: - Oscillations

  /// An oscillation whose amplitude is a sum of a constant and a power of its column, or one over such a sum:
  /// within the rows that can hardly be told from one that is damped exponentially, as oscillations are, and
  /// takes fewer nodes.
  private static func envelope(_ tree: PlainnessTree, _ position: Int) -> Double {
    guard let operation = tree.nodes[position].operation, operation == .multiply || operation == .divide
    else { return 0 }
    let (first, second) = (tree.arguments(position)[0], tree.arguments(position)[1])
    func bends(_ envelope: Int, _ oscillation: Int) -> Bool {
      tree.shiftedColumn(envelope).map { tree.hasPeriod(inColumn: $0, below: oscillation) } ?? false
    }
    return bends(second, first) || operation == .multiply && bends(first, second) ? 4 * nested : 0
  }

  // MARK: - Functions of functions

  /// A function whose argument is a function, as exp(exp x), or a fitted power of one, as log(x)^23.9, and
  /// fitted constants below both. Roots and squares are usual around and below anything, as are logarithms
  /// and exponentials of sums that hold functions, sines that are damped, and the like.
  private static func nesting(_ tree: PlainnessTree, _ position: Int) -> Double {
    guard let inner = tree.transcendentalArgument(position) else { return 0 }
    let buried = tree.subtree(inner).filter {
      tree.nodes[$0].isConstant && NiceNumber.descriptionLength(tree.nodes[$0].value) == nil
    }
    return nested + Double(buried.count) * Plainness.buried
  }
}
