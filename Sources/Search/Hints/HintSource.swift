import Evaluation
import Expressions
import Randomness

/// Reads hints off the hall of fame between epochs and hands them to the islands.
final class HintSource {
  /// Most rows that hints are read off.
  private static let mostRows = 256
  /// What the lowest loss must fall to, relative to when hints were read, to read them again.
  private static let noticeable = 0.9
  /// A simpler member is preferred if its loss is at most this much above the lowest: the last bits of a loss
  /// are bought with terms that spoil the derivatives.
  private static let surplus = 1.03

  private let sample: EvaluationData
  private var lastLoss = Double.infinity
  /// The newest hints.
  private(set) var hints = StructureHints()

  /// A source that evaluates members on a sample of `data`, drawn by a stream of the seed.
  init(_ data: EvaluationData, seed: UInt64) {
    if data.rowCount > HintSource.mostRows {
      var random = RandomStream(seed: seed, 8)
      sample = data.gathering(random.sample(HintSource.mostRows, of: data.rowCount))
    } else {
      sample = data
    }
  }

  /// Reads hints anew if the best member has improved noticeably, and gives them to all islands but the
  /// first, which stays free of what a misleading member suggests.
  func update(_ islands: [Island], from hall: Archive, with evaluator: Evaluator) {
    let lowest = hall.best(upTo: hall.maximumSize)
    guard lowest.isFinite, lowest < HintSource.noticeable * lastLoss else { return }
    lastLoss = lowest
    var surrogate: Formula?
    hall.forEachMember { complexity in
      if surrogate == nil, hall.loss(at: complexity) <= HintSource.surplus * lowest {
        surrogate = hall.member(at: complexity).formula
      }
    }
    guard let surrogate else { return }
    let read = StructureHints(SurrogateSample(surrogate, on: sample, with: evaluator))
    guard read != hints else { return }
    hints = read
    for island in islands.dropFirst() { island.breeder.follow(read) }
  }
}
