import Evaluation
import Expressions
import Foundation

/// Notices that a search has nothing more to gain.
///
/// What counts is the member of the front with the shortest description: the others may improve for ever by
/// fitting noise. Patience is counted in epochs, not seconds, so that it ends at the same point whatever the
/// machine; it is the longer the longer it took to get here, and the shorter the better the member explains
/// the data.
struct Convergence {
  /// What the member with the shortest description leaves unexplained.
  private enum Remainder {
    /// Rounding error: only a simpler form of the same law is to be found.
    case rounding
    /// Something that cannot be told from noise.
    case noise
    /// Something that may be explained.
    case structure
  }

  private let isOn: Bool
  private let data: EvaluationData
  private let measure: DescriptionLength
  private let rounding: RoundingError
  private lazy var neighbours = NeighbourTest(data)
  private var remainder = Remainder.structure
  private var shortest = Double.infinity
  private var lastImprovement = 0
  private var floor: Double

  /// - Parameters:
  ///   - data: the rows the search learns from.
  ///   - measure: how long members' descriptions are.
  ///   - rounding: which losses are rounding error.
  init(isOn: Bool, data: EvaluationData, measure: DescriptionLength, rounding: RoundingError) {
    self.isOn = isOn
    self.data = data
    self.measure = measure
    self.rounding = rounding
    floor = 1e-26 * data.costUnit
  }

  /// Whether the front has been still long enough.
  mutating func holds(_ hall: Archive, epoch: Int, with evaluator: Evaluator) -> Bool {
    guard isOn else { return false }
    if let best = improvement(in: hall) {
      lastImprovement = epoch
      remainder = measure.isSquared ? classify(best, in: hall, evaluator) : .structure
      if remainder == .rounding, best == 1 { return true }
    }
    return epoch - lastImprovement >= patience
  }

  private var patience: Int {
    let rows = data.rowCount
    switch remainder {
    case .rounding: return max(4, lastImprovement / 2)
    case .noise: return max(30 + 300 / rows, lastImprovement * 3 / 2)
    // A few rows hold little to be found.
    case .structure: return max(min(150, 5 * rows), lastImprovement * 3 / 2)
    }
  }

  /// The complexity of the member with the shortest description, if that has become shorter by a nat.
  private mutating func improvement(in hall: Archive) -> Int? {
    var best: Int?
    var length = shortest - 1
    hall.forEachMember { complexity in
      let nats = measure.nats(
        complexity: complexity, constants: hall.member(at: complexity).constantCount,
        loss: hall.loss(at: complexity), floor: floor)
      if nats < length { (best, length) = (complexity, nats) }
    }
    if best != nil { shortest = length }
    return best
  }

  private mutating func classify(_ complexity: Int, in hall: Archive, _ evaluator: Evaluator) -> Remainder {
    let formula = hall.member(at: complexity).formula
    let error = rounding.floor(rounding.meanSquare(of: formula, with: evaluator))
    // With about as many constants as rows anything fits.
    let isOverdetermined = complexity == 1 || 3 * formula.constants.count <= data.rowCount
    if hall.loss(at: complexity) <= max(floor, error) {
      // From here on gains below the law's own rounding error are none.
      floor = max(floor, error)
      return isOverdetermined ? .rounding : .structure
    }
    return isOverdetermined && neighbours.looksLikeNoise(formula, with: evaluator) ? .noise : .structure
  }
}
