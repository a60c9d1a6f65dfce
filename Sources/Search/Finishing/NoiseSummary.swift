import Expressions
import Noise

/// How the errors of the target behave, as it was chosen together with the equation.
public struct NoiseSummary: Sendable, Hashable {
  /// The model.
  public let model: NoiseModel
  /// Size of the errors beside rounding: of proportional ones their share of the prediction, of errors in the
  /// columns their share of the columns' values or standard deviations, of counts the ratio of variance to
  /// prediction, of others the standard deviation in the target's own unit. 0 where rounding explains them.
  public let scale: Double
  /// Sum of squared residuals in units of their standard errors, over rows less constants; nil where the errors'
  /// size was fitted itself, or as many constants as rows.
  public let chiSquaredPerFreedom: Double?

  init?(_ best: FrontMember, unit: Double) {
    guard let fit = best.fit else { return nil }
    model = fit.model
    switch model.spread {
    case .constant: scale = fit.scale * unit
    case .counts: scale = fit.scale * fit.scale * unit
    case .known: scale = 1
    case .proportional, .proportionalColumns, .constantColumns: scale = fit.scale
    }
    let freedom = Double(fit.standardised.count - best.formula.constants.count)
    chiSquaredPerFreedom = model.spread == .known && freedom > 0 ? fit.chiSquared / freedom : nil
  }

  /// The name of the model in documents: constant, proportional, counts, columns or known.
  public var kind: String {
    switch model.spread {
    case .proportionalColumns, .constantColumns: "columns"
    default: model.spread.rawValue
    }
  }

  /// The model in a sentence.
  public var sentence: String {
    let cut = model.isCutOff ? "; values at the limit were taken for cut off" : ""
    return core + tail + cut
  }

  private var tail: String {
    model.tails == .student && scale > 0 ? ", with heavy tails: rows that are far off count little" : ""
  }

  private var core: String {
    let share = NumberText.rounded(scale * 100, digits: 2) + " %"
    let size = NumberText.rounded(scale, digits: 2)
    if scale == 0 {
      switch model.rounding {
      case .machine: return "no errors but floating point rounding"
      case .target: return "no errors but the rounding of the target's digits"
      case .columns: return "no errors but the rounding of the printed digits"
      }
    }
    switch model.spread {
    case .constant: return "errors look constant: about \(size)"
    case .proportional: return "errors look proportional: about \(share) of the prediction"
    case .counts:
      return
        "errors look like those of counts: variance about \(size) times the prediction"
    case .proportionalColumns: return "errors look like errors of the columns: about \(share) of their values"
    case .constantColumns:
      return "errors look like errors of the columns: about \(share) of their standard deviations"
    case .known:
      guard let chiSquaredPerFreedom else { return "errors as given" }
      let ratio = NumberText.rounded(chiSquaredPerFreedom, digits: 3)
      let comment =
        chiSquaredPerFreedom > 2
        ? ": the errors are larger than given, or something is left to explain"
        : chiSquaredPerFreedom < 0.5 ? ": the errors are smaller than given, or noise is fitted" : ""
      return "errors as given: chi-squared per degree of freedom \(ratio)\(comment)"
    }
  }
}
