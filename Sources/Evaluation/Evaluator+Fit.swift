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
  /// - Returns: the score with the constants found; never worse than `score`.
  package func fit(
    _ nodes: UnsafeMutablePointer<Node>, _ count: Int, on data: EvaluationData, from score: AffineScore,
    steps: Int
  ) -> AffineScore {
    let constants = gatherConstants(nodes, count, holding: [])
    guard constants > 0, score.loss.isFinite, score.scale != 0 else { return score }
    let length = extend(nodes, count, with: score, after: constants)
    let total = constants + outerCount
    if loss == .meanSquaredError {
      _ = levenbergMarquardt.minimise(
        unknowns, count: total, steps: steps, tolerance: 1e-4, projects: total > constants,
        project: { trial in
          self.fittingPasses += 1
          self.place(trial, self.extended, constants)
          let projected = self.score(self.extended, count, on: data, limit: .infinity)
          self.placeOuter(projected, trial, after: constants)
          return projected.loss * data.weightSum
        },
        pass: { self.pass($0, self.extended, length, total, on: data, $1, $2, isCandidate: true) })
    } else {
      setScales(extended, length, total, on: data)
      _ = bfgs.minimise(unknowns, scale: columnScales, count: total, steps: 2 * steps, tolerance: 1e-4) {
        return self.lossPass($0, self.extended, length, total, on: data, $1)
      }
    }
    // For the squared loss the closed form is at least as good as the factor and term the last step ended
    // with.
    var after = score
    place(unknowns, extended, total)
    if loss == .meanSquaredError {
      after = self.score(extended, count, on: data, limit: .infinity)
    } else {
      after.scale = affine.contains(.scale) ? unknowns[constants] : 1
      after.shift = affine.contains(.shift) ? unknowns[total - 1] : 0
      after.loss = lossSum(extended, count, on: data, scale: after.scale, shift: after.shift) / data.weightSum
    }
    guard after.loss <= score.loss else { return score }
    nodes.update(from: extended, count: count)
    return after
  }

  /// Fits all constants of an expression as it is written.
  ///
  /// - Parameters:
  ///   - nodes: the expression; its constants hold the best found on return.
  ///   - holding: positions of constants that keep their values.
  ///   - isDue: asked before every pass; true ends the fit with what was found.
  package func polish(
    _ nodes: UnsafeMutablePointer<Node>, _ count: Int, on data: EvaluationData, steps: Int,
    holding: [Int] = [],
    isDue: () -> Bool = { false }
  ) {
    let constants = gatherConstants(nodes, count, holding: holding)
    guard constants > 0 else { return }
    for index in 0..<constants { columnScales[index] = unknowns[index] }
    if loss == .meanSquaredError {
      _ = levenbergMarquardt.minimise(
        unknowns, count: constants, steps: steps, tolerance: 1e-15, projects: false
      ) {
        isDue() ? .infinity : self.pass($0, nodes, count, constants, on: data, $1, $2)
      }
    } else {
      setScales(nodes, count, constants, on: data)
      // Restarts forget curvature that a kink of the loss has spoilt.
      for _ in 0..<3 {
        _ = bfgs.minimise(unknowns, scale: columnScales, count: constants, steps: 2 * steps, tolerance: 1e-13)
        {
          isDue() ? .infinity : self.lossPass($0, nodes, count, constants, on: data, $1)
        }
      }
    }
    for index in 0..<constants where unknowns[index].isFinite {
      nodes[Int(targets[index])].value = unknowns[index]
    }
  }

  /// Standard errors of a formula's constants under the squared loss: √(s²·(JᵀJ)⁻¹ᵢᵢ) with s² = RSS / (n - k)
  /// (Seber and Wild, Nonlinear Regression, 1989, section 2.1); nil where the rows do not determine a
  /// constant.
  ///
  /// - Parameter holding: positions of constants that are known: they have no entry in the result.
  package func standardErrors(
    _ formula: Formula, on data: EvaluationData, holding: [Int] = []
  ) -> [Double?] {
    var nodes = formula.nodes
    let total = formula.constants.count - holding.count
    let freedom = data.rowCount - total
    guard total > 0, total <= LevenbergMarquardt.mostConstants, freedom > 0 else {
      return Array(repeating: nil, count: total)
    }
    return nodes.withUnsafeMutableBufferPointer { memory in
      let start = memory.baseAddress!
      let constants = gatherConstants(start, memory.count, holding: holding)
      let sum = levenbergMarquardt.inverseDiagonal(unknowns, count: constants, into: columnScales) {
        self.pass($0, start, memory.count, constants, on: data, $1, $2)
      }
      return (0..<constants).map { index in
        let variance = sum / Double(freedom) * columnScales[index]
        return variance.isFinite && variance >= 0 ? variance.squareRoot() : nil
      }
    }
  }

  // MARK: - Passes over the rows

  /// Notes the constants' places and values; at most ``LevenbergMarquardt/mostConstants``.
  private func gatherConstants(_ nodes: UnsafePointer<Node>, _ count: Int, holding: [Int]) -> Int {
    var constants = 0
    for index in 0..<count where nodes[index].isConstant && (holding.isEmpty || !holding.contains(index)) {
      if constants == LevenbergMarquardt.mostConstants { break }
      targets[constants] = Int32(index)
      unknowns[constants] = nodes[index].value
      constants += 1
    }
    return constants
  }

  /// Unknowns after the constants: a factor, a term, both or neither.
  private var outerCount: Int { (affine.contains(.scale) ? 1 : 0) + (affine.contains(.shift) ? 1 : 0) }

  /// Writes the expression with its factor and term to ``extended`` and adds both to the unknowns.
  ///
  /// - Returns: its number of nodes.
  private func extend(
    _ nodes: UnsafePointer<Node>, _ count: Int, with score: AffineScore, after constants: Int
  ) -> Int {
    extended.update(from: nodes, count: count)
    var length = count
    var unknown = constants
    func add(_ value: Double, _ operation: Operator) {
      extended[length] = .constant(value)
      extended[length + 1] = .operation(operation, argumentLength: length + 1)
      targets[unknown] = Int32(length)
      unknowns[unknown] = value
      length += 2
      unknown += 1
    }
    if affine.contains(.scale) { add(score.scale, .multiply) }
    if affine.contains(.shift) { add(score.shift, .add) }
    return length
  }

  private func placeOuter(
    _ score: AffineScore, _ unknowns: UnsafeMutablePointer<Double>, after constants: Int
  ) {
    var place = constants
    if affine.contains(.scale) {
      unknowns[place] = score.scale
      place += 1
    }
    if affine.contains(.shift) { unknowns[place] = score.shift }
  }

  /// The size of a first change of each unknown: its own, or for one that is zero whatever moves the values
  /// by the target's spread.
  private func setScales(
    _ nodes: UnsafeMutablePointer<Node>, _ count: Int, _ total: Int, on data: EvaluationData
  ) {
    let rows = min(Evaluator.tile, data.rowCount)
    nodes.withMemoryRebound(to: vk_node.self, capacity: count) {
      _ = vk_jacobian_f64(
        $0, Int32(count), targets, Int32(total), data.columns64, 0, rows, values, jacobian, Evaluator.tile,
        scratch)
    }
    for unknown in 0..<total {
      var largest = 0.0
      for row in 0..<rows { largest = max(largest, abs(jacobian[unknown * Evaluator.tile + row])) }
      let reach = data.scale / largest
      let size = abs(unknowns[unknown])
      columnScales[unknown] = size > 0 ? size : reach.isFinite && reach > 0 ? reach : 1
    }
  }

  private func place(_ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ constants: Int)
  {
    for index in 0..<constants { nodes[Int(targets[index])].value = unknowns[index] }
  }

  /// Residuals, JᵀJ and Jᵀr of the squared loss over all rows.
  ///
  /// - Parameter isCandidate: only as many rows may overflow as ``rescues(_:)`` says.
  /// - Returns: Σ w·r², scaled; infinite where a row is not finite.
  private func pass(
    _ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ count: Int, _ total: Int,
    on data: EvaluationData, _ matrix: UnsafeMutablePointer<Double>, _ gradient: UnsafeMutablePointer<Double>,
    isCandidate: Bool = false
  ) -> Double {
    place(unknowns, nodes, total)
    fittingPasses += 2
    var sum = 0.0
    var rescues = isCandidate ? Evaluator.rescues(data) : .max
    nodes.withMemoryRebound(to: vk_node.self, capacity: count) {
      _ = vk_gauss_newton_f64(
        $0, Int32(count), targets, Int32(total), data.columns64, data.target64, data.weights64, 0,
        data.rowCount,
        1 / data.scale, &rescues, matrix, gradient, &sum, scratch)
    }
    return sum.isFinite ? sum : .infinity
  }

  /// The elementwise loss and its gradient over all rows, both divided by the weights' sum.
  private func lossPass(
    _ unknowns: UnsafePointer<Double>, _ nodes: UnsafeMutablePointer<Node>, _ count: Int, _ total: Int,
    on data: EvaluationData, _ gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    place(unknowns, nodes, total)
    fittingPasses += 2
    gradient.initialize(repeating: 0, count: total)
    var sum = 0.0
    var first = 0
    while first < data.rowCount {
      let rows = min(Evaluator.tile, data.rowCount - first)
      nodes.withMemoryRebound(to: vk_node.self, capacity: count) {
        _ = vk_jacobian_f64(
          $0, Int32(count), targets, Int32(total), data.columns64, first, rows, values, jacobian,
          Evaluator.tile,
          scratch)
      }
      sum += slopes(values, data.target64 + first, rows, data.weights64.map { $0 + first })
      guard sum.isFinite else { return .infinity }
      for unknown in 0..<total {
        let column = jacobian + unknown * Evaluator.tile
        var product = 0.0
        for row in 0..<rows { product += column[row] * slopes[row] }
        gradient[unknown] += product
      }
      first += rows
    }
    for unknown in 0..<total { gradient[unknown] /= data.weightSum }
    return sum / data.weightSum
  }

  /// The loss of a tile's predictions, summed, and its weighted derivative by each prediction, left in
  /// ``slopes``.
  private func slopes(
    _ p: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rows: Int, _ weights: UnsafePointer<Double>?
  ) -> Double {
    lossColumns[0] = y
    lossColumns[1] = p
    slopes.update(repeating: 0, count: rows)
    var sum = 0.0
    // One occurrence of the prediction at a time: their derivatives add up.
    for occurrence in 0..<Int(lossTargetCount) {
      lossNodes.withMemoryRebound(to: vk_node.self, capacity: lossNodeCount) {
        _ = vk_jacobian_f64(
          $0, Int32(lossNodeCount), lossTargets + occurrence, 1, lossColumns, 0, rows, losses, slopeParts,
          Evaluator.tile, scratch)
      }
      for row in 0..<rows { slopes[row] += (weights?[row] ?? 1) * slopeParts[row] }
    }
    for row in 0..<rows { sum += (weights?[row] ?? 1) * losses[row] }
    return sum
  }
}
