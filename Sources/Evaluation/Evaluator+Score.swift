import CVectorKernels
import Expressions
import Foundation

extension EvaluationData {
  /// The loss in whose unit costs are taken: the target's variance, or 1 where it has none.
  package var costUnit: Double { targetVariance > 0 ? targetVariance : 1 }
}

extension AffineScore {
  /// What selection goes by: the logarithm of the loss in the given unit, bounded below where rounding error
  /// begins; infinite for an expression that is not finite.
  package func cost(unit: Double) -> Double {
    loss.isFinite ? Foundation.log(max(loss / unit, 1e-30)) : .infinity
  }
}

extension Evaluator {
  /// Scores an expression through its best `a·f + b` (Keijzer 2003, "Improving symbolic regression with
  /// interval arithmetic and linear scaling").
  ///
  /// - Parameter limit: a loss above which the answer does not matter: evaluation may stop as soon as it is
  ///   known to be exceeded, and the score is then invalid.
  package func score(
    _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData, limit: Double
  ) -> AffineScore {
    let length = compile(nodes, count, into: program)
    var tile = vk_moments()
    var moments = Moments(shift: 0)
    var first = 0
    var block = 0
    var rescues = Evaluator.rescues(data)
    while true {
      let rows = data.blocks[block].rows
      sum(length, data, first, rows, &rescues, &tile)
      if block == 0 { moments = Moments(shift: tile.shift_prediction) }
      moments.add(tile, unit: 1 / data.scale, targetSquares: data.blocks[block].targetSquares)
      first += rows
      block += 1
      guard moments.isUsable else { return moments.p.isFinite ? rescued(nodes, count, on: data) : .invalid }
      if first == data.rowCount { break }
      // The best fit to some of the rows leaves no more than that to all of them, but for rounding.
      if best(moments, data).residualSum > limit * data.weightSum + 1e-10 * moments.yy { return .invalid }
    }
    return finished(moments, nodes, count, on: data)
  }

  /// How many overflowing rows a candidate may have: each is evaluated again at hundreds of times the cost,
  /// and what overflows on more of the rows than that is no law written well.
  static func rescues(_ data: EvaluationData) -> Int64 { Int64(8 + data.rowCount / 128) }

  @inline(__always)
  private func best(
    _ moments: Moments, _ data: EvaluationData
  ) -> (factor: Double, term: Double, residualSum: Double) {
    moments.best(affine, level: moments.shift / data.scale, offset: -data.targetMean / data.scale)
  }

  @inline(__always)
  private func sum(
    _ length: Int32, _ data: EvaluationData, _ first: Int, _ rows: Int, _ rescues: inout Int64,
    _ tile: inout vk_moments
  ) {
    var error = 0.0
    if let target = data.target32 {
      vk_squared_error_f32(
        program, length, data.columns32, target, data.weights32, first, rows, data.targetMean, 1 / data.scale,
        .infinity, &rescues, &error, &tile, scratch)
    } else {
      vk_squared_error_f64(
        program, length, data.columns64, data.target64, data.weights64, first, rows, data.targetMean,
        1 / data.scale, .infinity, &rescues, &error, &tile, scratch)
    }
  }

  private func finished(
    _ moments: Moments, _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData
  ) -> AffineScore {
    let fit = best(moments, data)
    let scale = fit.factor
    let shift = affine.contains(.shift) ? data.targetMean + fit.term * data.scale - scale * moments.shift : 0
    guard scale.isFinite, shift.isFinite else { return rescued(nodes, count, on: data) }
    var score = AffineScore(loss: fit.residualSum / data.weightSum, scale: scale, shift: shift)
    // The closed form has lost all digits of a loss this small; and other losses need the rows anyway.
    if loss != .meanSquaredError || score.loss < 1e-10 * data.costUnit {
      let sum = lossSum(nodes, count, on: data, scale: scale, shift: shift)
      score.loss = sum.isNaN ? .infinity : sum / data.weightSum
    }
    return score
  }

  /// The score of an expression whose sums overflowed, though its values may be finite: they are divided by
  /// their largest.
  private func rescued(_ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData) -> AffineScore {
    var largest = 0.0
    var isFinite = true
    forEachTile(nodes, count, on: data) { _, rows, values in
      for row in 0..<rows {
        isFinite = isFinite && values[row].isFinite
        largest = max(largest, abs(values[row]))
      }
      return isFinite
    }
    guard isFinite, largest > 0, affine.rawValue == 3 else { return .invalid }
    var moments = Moments(shift: 0)
    let unit = 1 / data.scale
    forEachTile(nodes, count, on: data) { first, rows, values in
      if first == 0 { moments = Moments(shift: values[0] / largest) }
      for row in 0..<rows {
        let w = data.weights64?[first + row] ?? 1
        let p = values[row] / largest - moments.shift
        let t = (data.target64[first + row] - data.targetMean) * unit
        moments.weight += w
        moments.p += w * p
        moments.pp += w * p * p
        moments.py += w * p * t
        moments.y += w * t
        moments.yy += w * t * t
      }
      return true
    }
    let fit = moments.best([.scale, .shift], level: 0, offset: 0)
    let scale = fit.factor * data.scale / largest
    let shift = data.targetMean + fit.term * data.scale - fit.factor * data.scale * moments.shift
    // Not `isUsable`: predictions of a single value, as of a single row, vanish when they are shifted by it.
    guard scale.isFinite, shift.isFinite, moments.p.isFinite else { return .invalid }
    let sum = lossSum(nodes, count, on: data, scale: scale, shift: shift)
    return AffineScore(loss: sum.isNaN ? .infinity : sum / data.weightSum, scale: scale, shift: shift)
  }

  /// The best factor without a term, and the best term without a factor, in least squares.
  package func partialFits(
    of nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData
  ) -> (scaleOnly: Double, shiftOnly: Double) {
    var squares = 0.0
    var products = 0.0
    var differences = 0.0
    forEachTile(nodes, count, on: data) { first, rows, values in
      for row in 0..<rows {
        let w = data.weights64?[first + row] ?? 1
        let y = data.target64[first + row]
        squares += w * values[row] * values[row]
        products += w * values[row] * y
        differences += w * (y - values[row])
      }
      return true
    }
    return (products / squares, differences / data.weightSum)
  }
}
