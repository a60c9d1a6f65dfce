import Evaluation
import Expressions
import Foundation
import Noise

/// Notices that a search has nothing more to gain.
///
/// What counts is the member of the front with the shortest description: the others may improve for ever by
/// fitting noise. Patience is counted in epochs, not seconds, so that it ends at the same point whatever the
/// machine; it is the longer the longer it took to get here, and the shorter the better the member explains
/// the data.
struct Convergence {
  /// What the member with the shortest description leaves unexplained.
  private enum Remainder {
    /// Rounding error of numbers with many digits: only a simpler form of the same law is to be found.
    case exact
    /// Rounding error of numbers with few digits, which others may share.
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
  private let noiseRows: NoiseRows
  private lazy var neighbours = NeighbourTest(data)
  private var remainder = Remainder.structure
  private var shortest = Double.infinity
  private var lastImprovement: Int
  private var complexity = 0
  private var floor: Double

  /// Rounding, relative to the target's variance, below which digits are many.
  private static let manyDigits = 1e-8
  /// Complexities up to which the library holds nearly all that there is.
  private static let enumerated = 5

  /// - Parameters:
  ///   - data: the rows the search learns from.
  ///   - measure: how long members' descriptions are.
  ///   - rounding: which losses are rounding error.
  ///   - noiseRows: rows with what their numbers were rounded to.
  ///   - epoch: the epoch at which patience begins.
  init(
    isOn: Bool, data: EvaluationData, measure: DescriptionLength, rounding: RoundingError,
    noiseRows: NoiseRows, from epoch: Int = 0
  ) {
    self.isOn = isOn
    self.data = data
    self.measure = measure
    self.rounding = rounding
    self.noiseRows = noiseRows
    lastImprovement = epoch
    floor = 1e-26 * data.costUnit
  }

  /// Whether what is shortest leaves only rounding error of numbers with many digits.
  var isExact: Bool { remainder == .exact }

  /// Whether what is shortest leaves nothing that can be told from noise or rounding.
  var looksDone: Bool { remainder != .structure }

  /// Why a search ends that has nothing more to gain, in a sentence.
  var reason: String {
    switch remainder {
    case .exact, .rounding: "ended because an equation explains the data to the rounding of their numbers"
    case .noise:
      "ended because what the equation leaves looks like noise: rows next to each other differ as much as any"
    case .structure: "ended because nothing better was found for long; whether something is left is not known"
    }
  }

  /// Whether the front has been still long enough.
  mutating func holds(_ hall: Archive, epoch: Int, with evaluator: Evaluator) -> Bool {
    guard isOn else { return false }
    look(at: hall, epoch: epoch, with: evaluator)
    if remainder == .exact, complexity <= Convergence.enumerated { return true }
    return epoch - lastImprovement >= patience
  }

  /// Looks at the member with the shortest description, if it has become shorter.
  mutating func look(at hall: Archive, epoch: Int, with evaluator: Evaluator) {
    guard let best = improvement(in: hall) else { return }
    lastImprovement = epoch
    complexity = best
    guard measure.isSquared else { return }
    remainder = classify(best, in: hall, evaluator)
    guard remainder != .exact, let simpler = exactMember(of: hall, upTo: best, evaluator) else { return }
    // What is larger fits how the numbers of few rows, those with the largest errors, were rounded.
    complexity = simpler
    remainder = .exact
  }

  /// The simplest member that leaves only rounding error of numbers with many digits.
  private func exactMember(of hall: Archive, upTo largest: Int, _ evaluator: Evaluator) -> Int? {
    var found: Int?
    let lowest = hall.best(upTo: largest)
    guard lowest <= Convergence.manyDigits * data.costUnit else { return nil }
    hall.forEachMember { complexity in
      guard found == nil, complexity <= largest, hall.loss(at: complexity) <= 100 * lowest else { return }
      let formula = hall.member(at: complexity).formula
      guard 3 * formula.constants.count <= data.rowCount,
        let exact = ExactFit(formula, on: noiseRows, with: evaluator),
        exact.variance <= Convergence.manyDigits * noiseRows.data.costUnit
      else { return }
      found = complexity
    }
    return found
  }

  private var patience: Int {
    let rows = data.rowCount
    switch remainder {
    case .exact: return 3
    case .rounding: return max(10, lastImprovement / 2)
    case .noise: return max(12 + 300 / rows, lastImprovement * 3 / 2)
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
    // With about as many constants as rows anything fits.
    let isOverdetermined = complexity == 1 || 3 * formula.constants.count <= data.rowCount
    let loss = hall.loss(at: complexity)
    var error = rounding.floor(rounding.meanSquare(of: formula, with: evaluator))
    var isFine = true
    if loss > max(floor, error), let exact = ExactFit(formula, on: noiseRows, with: evaluator) {
      error = loss
      isFine = exact.variance <= Convergence.manyDigits * noiseRows.data.costUnit
    }
    if loss <= max(floor, error) {
      // From here on gains below the law's own rounding error are none.
      floor = max(floor, error)
      return isOverdetermined ? (isFine ? .exact : .rounding) : .structure
    }
    return isOverdetermined && neighbours.looksLikeNoise(formula, with: evaluator) ? .noise : .structure
  }
}
