import Expressions

/// What a search makes small: the weighted mean over the rows of a function of the target and the prediction.
public enum Loss: Hashable, Sendable {
  /// (prediction - y)²; the only loss whose linear constants are solved in closed form and whose other
  /// constants are fitted by Levenberg–Marquardt.
  case meanSquaredError
  /// Any other function, as a formula in the two features `y` (0) and `prediction` (1), with the text that
  /// names it.
  case elementwise(name: String, formula: Formula)

  /// The names of the two columns a loss is written in.
  public static let columns = ["y", "prediction"]

  /// Reads `mse`, `mae`, `huber(d)`, `logcosh`, `quantile(q)`, `lp(p)`, `epsilon_insensitive(e)`, or an
  /// expression in `y` and `prediction` such as `abs(prediction / y - 1)`.
  ///
  /// - Throws: ``LossError`` when the text is neither.
  public init(parsing text: String) throws(LossError) {
    let trimmed = text.filter { !$0.isWhitespace }
    let name = String(trimmed.prefix { $0 != "(" }).lowercased()
    let inside = trimmed.drop { $0 != "(" }
    var parameter: Double?
    if inside.hasPrefix("("), inside.hasSuffix(")"), let value = Double(inside.dropFirst().dropLast()) {
      parameter = value
    }
    guard inside.isEmpty || parameter != nil, let definition = Loss.named(name, parameter) else {
      do {
        let formula = try Formula(parsing: text, features: Loss.columns)
        guard formula.featureIndices.contains(1) else { throw LossError.withoutPrediction(text) }
        self = .elementwise(name: text, formula: formula)
      } catch let error as FormulaSyntaxError {
        throw LossError.unreadable(text, error)
      } catch let error as LossError {
        throw error
      } catch {
        throw LossError.unreadable(text, nil)
      }
      return
    }
    switch definition {
    case .meanSquared:
      self = .meanSquaredError
    case .formula(let expression):
      guard let formula = try? Formula(parsing: expression, features: Loss.columns) else {
        throw .parameter(name, parameter ?? .nan)
      }
      self = .elementwise(name: parameter == nil ? name : "\(name)(\(parameter ?? 0))", formula: formula)
    case .badParameter:
      throw .parameter(name, parameter ?? .nan)
    }
  }

  /// The text from which ``init(parsing:)`` makes this loss.
  public var name: String {
    switch self {
    case .meanSquaredError: "mse"
    case .elementwise(let name, _): name
    }
  }

  private enum Definition {
    case meanSquared
    case formula(String)
    case badParameter
  }

  private static func named(_ name: String, _ parameter: Double?) -> Definition? {
    let residual = "(prediction - y)"
    switch name {
    case "mse", "l2", "squared": return .meanSquared
    case "mae", "l1", "absolute": return .formula("abs\(residual)")
    case "logcosh":
      // log(cosh(r)) without its overflow: |r| + log(1 + exp(-2|r|)) - log 2.
      return .formula("abs\(residual) + log1p(exp(-2 * abs\(residual))) - 0.6931471805599453")
    case "huber":
      // Huber 1964: quadratic within d, linear outside.
      guard let d = Optional(parameter ?? 1), d > 0, d.isFinite else { return .badParameter }
      return .formula(
        "if(\(d) - abs\(residual), 0.5 * square\(residual), \(d) * (abs\(residual) - \(d / 2)))")
    case "quantile":
      // The pinball loss: its minimum is the q-th conditional quantile (Koenker and Bassett 1978).
      guard let q = Optional(parameter ?? 0.5), q > 0, q < 1 else { return .badParameter }
      return .formula("max(\(q) * (y - prediction), \(1 - q) * (prediction - y))")
    case "lp":
      guard let p = Optional(parameter ?? 2), p > 0, p.isFinite else { return .badParameter }
      return .formula("abs\(residual)^\(p)")
    case "epsilon_insensitive":
      guard let e = Optional(parameter ?? 0.1), e >= 0, e.isFinite else { return .badParameter }
      return .formula("max(0, abs\(residual) - \(e))")
    default: return nil
    }
  }
}

/// Why a text names no loss.
public enum LossError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Neither a known name nor an expression.
  case unreadable(String, FormulaSyntaxError?)
  /// An expression in which the prediction does not occur.
  case withoutPrediction(String)
  /// A known name with a parameter outside its range.
  case parameter(String, Double)

  /// What is wrong, and what to write instead.
  public var description: String {
    switch self {
    case .unreadable(let text, let error):
      "unknown loss \"\(text)\"" + (error.map { " (\($0))" } ?? "")
        + "; use mse, mae, huber(d), logcosh, quantile(q), lp(p), epsilon_insensitive(e), or an expression "
        + "in y and prediction"
    case .withoutPrediction(let text):
      "the loss \"\(text)\" does not use the prediction; write an expression in y and prediction"
    case .parameter(let name, let value):
      "the loss \(name) cannot have the parameter \(value); huber, lp: above 0; quantile: between 0 and 1; "
        + "epsilon_insensitive: 0 or more"
    }
  }
}
