import Foundation
import Randomness

/// Where a function is to be explained when it is not to be explained everywhere: near one row of its data.
///
/// The rows nearest to it, each column in units of its standard deviation, are kept with weight 1. Further rows are
/// drawn around it, normal with half the variance of those neighbours in each column, and count by how near they are,
/// exp(-Σ (x - x₀)² / variance): local surrogates after Ribeiro, Singh and Guestrin (2016, arXiv:1602.04938), the
/// surrogate being whatever the search finds.
public struct Neighbourhood: Sendable, Hashable {
  /// Number of the row among those recorded, from 0.
  public var row: Int
  /// How many of the recorded rows are kept, the row itself among them.
  public var neighbours = 10
  /// How many rows are drawn.
  public var samples = 100
  /// Seed of the drawn rows.
  public var seed: UInt64 = 0

  /// The surroundings of a row.
  public init(row: Int) { self.row = row }

  /// Least variance of a drawn column, as a part of the column's own: neighbours may agree in one.
  private static let leastShare = 1e-8

  /// The rows near the chosen one, with their weights.
  ///
  /// - Parameters:
  ///   - recording: what was recorded everywhere.
  ///   - function: answers to further inputs, column by column.
  /// - Throws: ``RecordingError/noSuchRow(_:count:)``, ``RecordingError/badNeighbours(_:count:)``, and whatever the
  ///   function throws.
  func recording(
    of recording: MessageRecording, _ function: ([[Double]]) throws -> MessageRecording
  ) throws -> MessageRecording {
    guard (0..<recording.edgeCount).contains(row) else {
      throw RecordingError.noSuchRow(row, count: recording.edgeCount)
    }
    guard (2...recording.edgeCount).contains(neighbours), samples >= 0 else {
      throw RecordingError.badNeighbours(neighbours, count: recording.edgeCount)
    }
    let spreads = recording.inputs.map(\.variance)
    let centre = recording.inputs.map { $0[row] }
    let distances = (0..<recording.edgeCount).map { other in
      recording.inputs.indices.reduce(0) { sum, column in
        let step = recording.inputs[column][other] - centre[column]
        return spreads[column] > 0 ? sum + step * step / spreads[column] : sum
      }
    }
    let nearest = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(neighbours)
    let kept = recording.edges(nearest.sorted())
    let variances = zip(kept.inputs, spreads).map { column, spread in
      max(column.variance / 2, Neighbourhood.leastShare * spread)
    }
    var random = RandomStream(seed: seed, 23)
    var drawn = recording.inputs.map { _ in [Double]() }
    var weights = [Double](repeating: 1, count: kept.edgeCount)
    for _ in 0..<samples {
      var exponent = 0.0
      for (column, variance) in variances.enumerated() {
        let step = random.normal()
        drawn[column].append(centre[column] + variance.squareRoot() * step)
        exponent -= variance > 0 ? step * step : 0
      }
      weights.append(exp(exponent))
    }
    guard samples > 0 else { return try kept.weighted(weights) }
    return try kept.followed(by: function(drawn)).weighted(weights)
  }
}

extension MessageRecording {
  /// These rows and then those of another recording of the same function.
  fileprivate func followed(by other: MessageRecording) throws(RecordingError) -> MessageRecording {
    try MessageRecording(
      inputs: zip(inputNames, zip(inputs, other.inputs)).map { (name: $0, values: $1.0 + $1.1) },
      outputs: zip(outputNames, zip(outputs, other.outputs)).map { (name: $0, values: $1.0 + $1.1) })
  }

  fileprivate func weighted(_ weights: [Double]) throws(RecordingError) -> MessageRecording {
    var recording = try MessageRecording(
      inputs: zip(inputNames, inputs).map { (name: $0, values: $1) },
      outputs: zip(outputNames, outputs).map { (name: $0, values: $1) })
    recording.weights = weights
    return recording
  }
}
