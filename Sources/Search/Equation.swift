import Evaluation
import Expressions
import Tables

/// A member of the front: a formula with the names of its columns and how well it explains the target.
public struct Equation: Sendable, Hashable, CustomStringConvertible {
  /// The right-hand side.
  public internal(set) var formula: Formula
  /// The right-hand side as it is printed: its constants have as few digits as leave the loss what it is.
  public internal(set) var printed: Formula
  /// Name of the explained column.
  public let target: String
  /// Names of the columns the formula's features stand for.
  public let features: [String]
  /// Mean loss over all rows of the search, in the loss's own unit.
  public let loss: Double
  /// Mean loss over the rows that were held out, if any were.
  public let validationLoss: Double?
  /// Fall of ln(loss) per unit of complexity since the next simpler member of the front; 0 for the first.
  public internal(set) var score: Double
  /// Coefficient of determination: 1 - (residual sum of squares) / (total sum of squares); NaN for a constant
  /// target.
  public let r2: Double
  /// Standard error of each constant, in the order of the formula's constants: square roots of the diagonal
  /// of s²(JᵀJ)⁻¹; nil where the data do not determine the constant, or the loss is not the squared one.
  public internal(set) var standardErrors: [Double?]
  /// Nats to describe the data by this equation: structure, constants and what it leaves unexplained, lengths in
  /// units near the target's spread; of two equations of a front the one with less is the more likely. Nil where
  /// it was not worked out.
  public let descriptionLength: Double?
  /// Whether the equation has a value everywhere in the box that the columns' ranges span.
  public let isDefined: Bool

  /// An equation of these parts.
  ///
  /// - Parameter printed: the formula with rounded constants; nil rounds them to six digits.
  package init(
    formula: Formula, printed: Formula? = nil, target: String, features: [String], loss: Double,
    validationLoss: Double?, score: Double, r2: Double, standardErrors: [Double?],
    descriptionLength: Double? = nil, isDefined: Bool = true
  ) {
    self.formula = formula
    self.printed =
      printed ?? formula.withConstants(formula.constants.map { NumberText.rounding($0, digits: 6) })
    self.target = target
    self.features = features
    self.loss = loss
    self.validationLoss = validationLoss
    self.score = score
    self.r2 = r2
    self.standardErrors = standardErrors
    self.descriptionLength = descriptionLength
    self.isDefined = isDefined
  }

  /// Number of nodes.
  public var complexity: Int { formula.complexity }

  /// The right-hand side in the project's grammar, constants in full precision.
  public var expression: String { formula.description(features: features) }

  /// The right-hand side in the project's grammar as it is printed for people.
  public var printedExpression: String { printed.shortDescription(features: features) }

  /// The equation for people: rounded constants, complexity and loss.
  public var description: String {
    "\(target) = \(printedExpression)"
      + "   (complexity \(complexity), loss \(NumberText.rounded(loss, digits: 3)))"
  }

  /// The formula's values on every row of `dataset`, whose features are found by name.
  ///
  /// - Returns: one value a row; NaN or an infinity where the formula is not defined.
  /// - Throws: ``PredictionError`` when a column the formula uses is not there.
  public func predict(_ dataset: Dataset) throws(PredictionError) -> [Double] {
    try Prediction.values(of: formula, features: features, in: dataset)
  }
}
