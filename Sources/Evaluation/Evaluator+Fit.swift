import CVectorKernels
import Expressions
import Foundation

extension Evaluator {
  /// Fits an expression's constants together with the factor and the term around it.
  ///
  /// - Parameters:
  ///   - nodes: the expression; its constants hold the best found on return.
  ///   - score: its score with the constants it has.
  ///   - steps: most passes over the rows after the first.
  ///   - passes: grows by two for each pass: one for the residuals, one for their Jacobian.
  /// - Returns: the score with the constants found; never worse than `score`.
  package func fit(
    _ nodes: UnsafeMutablePointer<Node>, _ count: Int, on data: EvaluationData, from score: AffineScore,
    steps: Int,
    passes: inout Int
  ) -> AffineScore {
    let constants = gatherConstants(nodes, count, holding: nil)
    guard constants > 0, score.loss.isFinite, score.scale != 0 else { return score }
    let total = constants + outerCount(affine)
    placeOuter(score, after: constants)
    let before = score
    let isSquared = loss == .meanSquaredError
    var done = 0
    if isSquared {
      _ = levenbergMarquardt.minimise(unknowns, count: total, steps: steps, tolerance: 1e-4) {
        done += 2
        return self.pass($0, nodes, count, constants, affine: affine, on: data, $1, $2)
      }
    } else {
      setScales(total)
      _ = bfgs.minimise(
        unknowns, scale: columnScales, count: total, steps: 2 * steps, tolerance: 1e-4
      ) {
        done += 2
        return self.lossPass($0, nodes, count, constants, affine: affine, on: data, $1)
      }
    }
    passes += done
    for index in 0..<constants { nodes[Int(targets[index])].value = unknowns[index] }
    // The closed form is at least as good as the factor and term the last step ended with.
    if isSquared {
      let after = self.score(nodes, count, on: data, limit: .infinity)
      if after.loss <= before.loss { return after }
    } else {
      let outer = outer(unknowns, after: constants, affine)
      let after = lossSum(nodes, count, on: data, scale: outer.scale, shift: outer.shift) / data.weightSum
      if after <= before.loss { return AffineScore(loss: after, scale: outer.scale, shift: outer.shift) }
    }
    return before
  }

  /// Fits all constants of an expression as it is written.
  ///
  /// - Parameters:
  ///   - nodes: the expression; its constants hold the best found on return.
  ///   - holding: position of a constant that keeps its value.
  ///   - isDue: asked before every pass; true ends the fit with what was found.
  /// - Returns: whether the constants changed.
  @discardableResult
  package func polish(
    _ nodes: UnsafeMutablePointer<Node>, _ count: Int, on data: EvaluationData, steps: Int,
    holding: Int? = nil,
    isDue: () -> Bool = { false }
  ) -> Bool {
    let constants = gatherConstants(nodes, count, holding: holding)
    guard constants > 0 else { return false }
    for index in 0..<constants { columnScales[index] = unknowns[index] }
    if loss == .meanSquaredError {
      _ = levenbergMarquardt.minimise(unknowns, count: constants, steps: steps, tolerance: 1e-15) {
        isDue() ? .infinity : self.pass($0, nodes, count, constants, affine: [], on: data, $1, $2)
      }
    } else {
      setScales(constants)
      // Restarts forget curvature that a kink of the loss has spoilt.
      for _ in 0..<3 {
        _ = bfgs.minimise(unknowns, scale: columnScales, count: constants, steps: 2 * steps, tolerance: 1e-13)
        {
          isDue() ? .infinity : self.lossPass($0, nodes, count, constants, affine: [], on: data, $1)
        }
      }
    }
    var changed = false
    for index in 0..<constants {
      let node = Int(targets[index])
      guard unknowns[index].isFinite else { continue }
      changed = changed || nodes[node].value != unknowns[index]
      nodes[node].value = unknowns[index]
    }
    return changed
  }

  /// Standard errors of a formula's constants under the squared loss: √(s²·(JᵀJ)⁻¹ᵢᵢ) with s² = RSS / (n - k) (Seber and Wild,
  /// Nonlinear Regression, 1989, section 2.1); nil where the rows do not determine a constant.
  package func standardErrors(_ formula: Formula, on data: EvaluationData) -> [Double?] {
    var nodes = formula.nodes
    let total = formula.constants.count
    let freedom = data.rowCount - total
    guard total > 0, total <= LevenbergMarquardt.mostConstants, freedom > 0 else {
      return Array(repeating: nil, count: total)
    }
    return nodes.withUnsafeMutableBufferPointer { memory in
      let start = memory.baseAddress!
      let constants = gatherConstants(start, memory.count, holding: nil)
      let sum = levenbergMarquardt.inverseDiagonal(unknowns, count: constants, into: columnScales) {
        self.pass($0, start, memory.count, constants, affine: [], on: data, $1, $2)
      }
      return (0..<constants).map { index in
        let variance = sum / Double(freedom) * columnScales[index]
        return variance.isFinite && variance >= 0 ? variance.squareRoot() : nil
      }
    }
  }

  // MARK: - Passes over the rows

  /// Notes the constants' places and values; at most ``LevenbergMarquardt/mostConstants``.
  private func gatherConstants(_ nodes: UnsafePointer<Node>, _ count: Int, holding: Int?) -> Int {
    var constants = 0
    for index in 0..<count where nodes[index].isConstant && index != holding {
      if constants == LevenbergMarquardt.mostConstants { break }
      targets[constants] = Int32(index)
      unknowns[constants] = nodes[index].value
      constants += 1
    }
    return constants
  }

  /// Unknowns after the constants: a factor, a term, both or neither.
  private func outerCount(_ affine: AffineMode) -> Int {
    (affine.contains(.scale) ? 1 : 0) + (affine.contains(.shift) ? 1 : 0)
  }

  private func placeOuter(_ score: AffineScore, after constants: Int) {
    var place = constants
    if affine.contains(.scale) {
      unknowns[place] = score.scale
      place += 1
    }
    if affine.contains(.shift) { unknowns[place] = score.shift }
  }

  private func outer(
    _ unknowns: UnsafePointer<Double>, after constants: Int, _ affine: AffineMode
  ) -> (scale: Double, shift: Double) {
    let scales = affine.contains(.scale)
    return (
      scales ? unknowns[constants] : 1, affine.contains(.shift) ? unknowns[constants + (scales ? 1 : 0)] : 0
    )
  }

  private func setScales(_ count: Int) {
    for index in 0..<count { columnScales[index] = max(abs(unknowns[index]), 1e-3) }
  }

  private func place(_ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ constants: Int)
  {
    for index in 0..<constants { nodes[Int(targets[index])].value = unknowns[index] }
  }

  /// Values and derivatives of a tile: derivatives first, then the values where there is a factor, and a column of ones where
  /// there is a term.
  private func differentiate(
    _ nodes: UnsafePointer<Node>, _ count: Int, _ constants: Int, on data: EvaluationData, first: Int,
    rows: Int,
    affine: AffineMode
  ) {
    nodes.withMemoryRebound(to: vk_node.self, capacity: count) {
      vk_jacobian_f64(
        $0, Int32(count), targets, Int32(constants), data.columns64, first, rows, values, jacobian,
        Evaluator.tile,
        scratch)
    }
    var column = jacobian + constants * Evaluator.tile
    if affine.contains(.scale) {
      column.update(from: values, count: rows)
      column += Evaluator.tile
    }
    if affine.contains(.shift) { column.update(from: ones, count: rows) }
  }

  /// Residuals, JᵀJ and Jᵀr of the squared loss over all rows.
  ///
  /// - Returns: Σ w·r², scaled; infinite where a row is not finite.
  private func pass(
    _ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ count: Int, _ constants: Int,
    affine: AffineMode, on data: EvaluationData, _ matrix: UnsafeMutablePointer<Double>,
    _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let total = constants + outerCount(affine)
    let (scale, shift) = outer(unknowns, after: constants, affine)
    let unit = 1 / data.scale
    place(unknowns, nodes, constants)
    matrix.initialize(repeating: 0, count: total * total)
    gradient.initialize(repeating: 0, count: total)
    var sum = 0.0
    var first = 0
    while first < data.rowCount {
      let rows = min(Evaluator.tile, data.rowCount - first)
      differentiate(nodes, count, constants, on: data, first: first, rows: rows, affine: affine)
      let target = data.target64 + first
      for row in 0..<rows { residuals[row] = (scale * values[row] + shift - target[row]) * unit }
      if let weights = data.weights64 {
        for row in 0..<rows { sum += weights[first + row] * residuals[row] * residuals[row] }
      } else {
        for row in 0..<rows { sum += residuals[row] * residuals[row] }
      }
      guard sum.isFinite else { return .infinity }
      vk_normal_equations_f64(
        jacobian, Evaluator.tile, Int32(total), residuals, data.weights64.map { $0 + first }, rows, matrix,
        gradient)
      first += rows
    }
    for row in 0..<total {
      let rowScale = row < constants ? scale * unit : unit
      gradient[row] *= rowScale
      for column in 0...row {
        matrix[row * total + column] *= rowScale * (column < constants ? scale * unit : unit)
      }
    }
    return sum
  }

  /// The elementwise loss and its gradient over all rows, both divided by the weights' sum.
  private func lossPass(
    _ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ count: Int, _ constants: Int,
    affine: AffineMode, on data: EvaluationData, _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let total = constants + outerCount(affine)
    let (scale, shift) = outer(unknowns, after: constants, affine)
    place(unknowns, nodes, constants)
    gradient.initialize(repeating: 0, count: total)
    var sum = 0.0
    var first = 0
    while first < data.rowCount {
      let rows = min(Evaluator.tile, data.rowCount - first)
      differentiate(nodes, count, constants, on: data, first: first, rows: rows, affine: affine)
      let weights = data.weights64.map { $0 + first }
      if !affine.isEmpty {
        for row in 0..<rows { values[row] = scale * values[row] + shift }
      }
      sum += slopes(values, data.target64 + first, rows, weights)
      guard sum.isFinite else { return .infinity }
      for unknown in 0..<total {
        let column = jacobian + unknown * Evaluator.tile
        var product = 0.0
        for row in 0..<rows { product += column[row] * residuals[row] }
        gradient[unknown] += product * (unknown < constants ? scale : 1)
      }
      first += rows
    }
    for unknown in 0..<total { gradient[unknown] /= data.weightSum }
    return sum / data.weightSum
  }

  /// The loss of a tile's predictions, summed, and its weighted derivative by each prediction, left in ``residuals``.
  private func slopes(
    _ p: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rows: Int, _ weights: UnsafePointer<Double>?
  ) -> Double {
    lossColumns[0] = y
    lossColumns[1] = p
    residuals.update(repeating: 0, count: rows)
    var sum = 0.0
    // One occurrence of the prediction at a time: their derivatives add up.
    for occurrence in 0..<Int(lossTargetCount) {
      lossNodes.withMemoryRebound(to: vk_node.self, capacity: lossNodeCount) {
        vk_jacobian_f64(
          $0, Int32(lossNodeCount), lossTargets + occurrence, 1, lossColumns, 0, rows, losses, ones,
          Evaluator.tile,
          scratch)
      }
      for row in 0..<rows { residuals[row] += (weights?[row] ?? 1) * ones[row] }
    }
    for row in 0..<rows {
      sum += (weights?[row] ?? 1) * losses[row]
      ones[row] = 1
    }
    return sum
  }
}
