import Evaluation
import Randomness

/// The rows an epoch's candidates are evaluated on: all of a small data set, fresh random ones of a large
/// one.
final class BatchSource {
  /// Above this many rows a search that leaves it to us draws batches.
  static let largestWhole = 5_000
  /// Rows of a batch where the user gave no number.
  static let usualBatch = 1_024

  private let full: EvaluationData
  private let batchSize: Int
  private let seed: UInt64

  init(_ full: EvaluationData, batchSize: Int?, seed: UInt64) {
    self.full = full
    self.seed = seed
    self.batchSize =
      batchSize ?? (full.rowCount <= BatchSource.largestWhole ? full.rowCount : BatchSource.usualBatch)
  }

  /// The rows of an epoch, drawn without replacement; all islands share them, so their losses can be
  /// compared.
  ///
  /// - Parameter most: rows to draw at most; nil for no such limit.
  func batch(epoch: Int, atMost most: Int? = nil) -> EvaluationData {
    let size = min(batchSize, most ?? batchSize)
    guard size < full.rowCount else { return full }
    var random = RandomStream(seed: seed, 3, UInt64(epoch))
    return full.gathering(random.sample(size, of: full.rowCount))
  }
}
