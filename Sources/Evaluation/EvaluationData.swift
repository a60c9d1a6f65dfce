import Foundation
import Tables

/// The rows a search evaluates candidates on, laid out for the vector kernels.
///
/// Columns are 64-byte aligned and padded with copies of their last row to a multiple of ``padding`` rows, so
/// that the kernels may read past the end. Immutable after `init`; shared by all workers.
package final class EvaluationData: @unchecked Sendable {
  /// Rows to a multiple of which every column is padded.
  package static let padding = 128
  /// Rows that are looked at before the others.
  private static let trialRows = 128

  /// Rows, without padding.
  package let rowCount: Int
  /// Columns that explain.
  package let featureCount: Int
  /// Width of the numbers that candidates are scored with; fits are in 64 bits in any case.
  package let precision: Precision

  /// Sum of the weights; the number of rows without weights.
  package let weightSum: Double
  /// Weighted mean of the target.
  package let targetMean: Double
  /// A power of two near the target's spread: residuals are divided by it before they are squared, so that a
  /// target of 1e300 does not overflow. Losses in units of ``scale``² are called scaled.
  package let scale: Double
  /// Weighted variance of the target, scaled; 0 for a constant target.
  package let targetVariance: Double

  /// Rows of a block and Σw·y² of the centred, scaled target over them.
  struct Block {
    let rows: Int
    let targetSquares: Double
  }
  /// Blocks of rows after each of which a candidate that is clearly worse is given up: each as large as all
  /// before it.
  let blocks: UnsafeMutablePointer<Block>

  let columns64: UnsafeMutablePointer<UnsafePointer<Double>?>
  let columns32: UnsafeMutablePointer<UnsafePointer<Float>?>
  let target64: UnsafePointer<Double>
  let target32: UnsafePointer<Float>?
  let weights64: UnsafePointer<Double>?
  let weights32: UnsafePointer<Float>?
  /// What keeps the columns' memory alive.
  private let features: [Column]
  private let target: Column
  private let weights: Column?
  private var owned: [UnsafeMutableRawPointer] = []

  /// The rows of `dataset`, without a copy in 64-bit precision.
  package convenience init(_ dataset: Dataset, precision: Precision) {
    self.init(
      features: dataset.features, target: dataset.target, weights: dataset.weights, precision: precision)
  }

  /// Data of columns of equal length; `weights` nil stands for ones.
  package init(features: [Column], target: Column, weights: Column?, precision: Precision) {
    self.features = features
    self.target = target
    self.weights = weights
    self.precision = precision
    rowCount = target.count
    featureCount = features.count
    columns64 = .allocate(capacity: features.count + 1)
    columns32 = .allocate(capacity: features.count + 1)
    for (index, column) in features.enumerated() { columns64[index] = column.values }
    target64 = target.values
    weights64 = weights?.values

    let statistics = TargetStatistics(target: target, weights: weights)
    weightSum = statistics.weightSum
    targetMean = statistics.mean
    scale = statistics.scale
    targetVariance = statistics.variance
    let made = statistics.blocks(target, weights, first: EvaluationData.trialRows)
    blocks = .allocate(capacity: made.count)
    blocks.initialize(from: made, count: made.count)

    if precision == .single {
      var made: [UnsafeMutableRawPointer] = []
      func narrowed(_ column: Column) -> UnsafePointer<Float> {
        let padded =
          (column.count + EvaluationData.padding - 1) / EvaluationData.padding * EvaluationData.padding
        let memory = UnsafeMutableRawPointer.allocate(byteCount: padded * 4, alignment: 64)
        made.append(memory)
        let values = memory.bindMemory(to: Float.self, capacity: padded)
        for row in 0..<padded { values[row] = Float(column.values[row]) }
        return UnsafePointer(values)
      }
      for (index, column) in features.enumerated() { columns32[index] = narrowed(column) }
      target32 = narrowed(target)
      weights32 = weights.map(narrowed)
      owned = made
    } else {
      target32 = nil
      weights32 = nil
    }
  }

  deinit {
    blocks.deallocate()
    columns64.deallocate()
    columns32.deallocate()
    for memory in owned { memory.deallocate() }
  }

  /// A copy of the given rows, in their order.
  package func gathering(_ rows: [Int]) -> EvaluationData {
    func gather(_ column: Column) -> Column { Column(rows.map { column[$0] }) }
    return EvaluationData(
      features: features.map(gather), target: gather(target), weights: weights.map(gather),
      precision: precision)
  }

  /// The same rows with some of the features, in the given order.
  package func selecting(features indices: [Int]) -> EvaluationData {
    EvaluationData(
      features: indices.map { features[$0] }, target: target, weights: weights, precision: precision)
  }

  /// The same rows with other weights.
  package func weighted(by weights: [Double]) -> EvaluationData {
    EvaluationData(features: features, target: target, weights: Column(weights), precision: precision)
  }

  /// Value of a feature in a row.
  package func feature(_ index: Int, row: Int) -> Double { features[index][row] }

  /// Value of the target in a row.
  package func target(row: Int) -> Double { target64[row] }

  /// Whether rows weigh differently.
  package var hasWeights: Bool { weights != nil }

  /// Weight of a row.
  package func weight(row: Int) -> Double { weights64?[row] ?? 1 }
}

/// Mean, spread and scale of a target.
private struct TargetStatistics {
  let weightSum: Double
  let mean: Double
  let scale: Double
  let variance: Double

  init(target: Column, weights: Column?) {
    let values = target.values
    let count = target.count
    var largest = 0.0
    for row in 0..<count { largest = max(largest, abs(values[row])) }
    // All sums are of numbers at most 1, so that none overflows; the unit is put back at the end.
    let unit = largest > 0 ? TargetStatistics.powerOfTwo(near: largest) : 1
    var total = 0.0
    var sum = 0.0
    for row in 0..<count {
      let weight = weights?.values[row] ?? 1
      total += weight
      sum += weight * (values[row] / unit)
    }
    let center = total > 0 ? sum / total : 0
    var squares = 0.0
    for row in 0..<count {
      let weight = weights?.values[row] ?? 1
      let difference = values[row] / unit - center
      squares += weight * difference * difference
    }
    let spread = total > 0 ? squares / total : 0
    weightSum = total
    mean = center * unit
    // Spread that is rounding error only is no spread.
    let isConstant = spread.squareRoot() <= 4e-16 * Swift.max(abs(center), .leastNormalMagnitude)
    let deviation = isConstant ? 1 : TargetStatistics.powerOfTwo(near: spread.squareRoot())
    scale = deviation * unit
    variance = isConstant ? 0 : spread / (deviation * deviation)
  }

  /// The rows in blocks, each as large as all before it; a remainder goes with the last.
  func blocks(_ target: Column, _ weights: Column?, first: Int) -> [EvaluationData.Block] {
    var blocks: [EvaluationData.Block] = []
    var row = 0
    while row < target.count {
      let wanted = max(row, first)
      let end = row + 2 * wanted > target.count ? target.count : row + wanted
      var sum = 0.0
      for index in row..<end {
        let difference = (target.values[index] - mean) / scale
        sum += (weights?.values[index] ?? 1) * difference * difference
      }
      blocks.append(EvaluationData.Block(rows: end - row, targetSquares: sum))
      row = end
    }
    return blocks
  }

  private static func powerOfTwo(near value: Double) -> Double {
    guard value.isNormal else { return value == 0 ? 1 : .leastNormalMagnitude }
    return Double(sign: .plus, exponent: value.exponent, significand: 1)
  }
}
