import CVectorKernels
import Expressions
import Foundation

/// Evaluates expressions over the rows of an ``EvaluationData``, with scratch memory of its own: one for each
/// worker.
///
/// Rows are walked in tiles that stay in the first-level cache. Nothing is allocated after `init`.
package final class Evaluator {
  /// Rows of a tile.
  static let tile = 512
  /// Nodes of a factor and a term.
  static let outerNodes = 4

  let loss: Loss
  /// What may stand around an expression when it is scored.
  let affine: AffineMode
  /// Most nodes of an expression.
  let capacity: Int
  let program: UnsafeMutablePointer<vk_instruction>
  let scratch: UnsafeMutableRawPointer
  let values: UnsafeMutablePointer<Double>
  let losses: UnsafeMutablePointer<Double>
  let slopes: UnsafeMutablePointer<Double>
  let slopeParts: UnsafeMutablePointer<Double>
  let jacobian: UnsafeMutablePointer<Double>
  /// An expression with the factor and the term around it, while they are fitted together.
  let extended: UnsafeMutablePointer<Node>
  let targets: UnsafeMutablePointer<Int32>
  let unknowns: UnsafeMutablePointer<Double>
  let columnScales: UnsafeMutablePointer<Double>
  let lossColumns: UnsafeMutablePointer<UnsafePointer<Double>?>
  let lossNodes: UnsafeMutablePointer<Node>
  let lossNodeCount: Int
  let lossProgram: UnsafeMutablePointer<vk_instruction>
  var lossProgramCount: Int32 = 0
  let lossTargets: UnsafeMutablePointer<Int32>
  var lossTargetCount: Int32 = 0
  let levenbergMarquardt = LevenbergMarquardt()
  /// Passes over the rows for residuals, and passes for Jacobians, that fits have taken so far.
  package var fittingPasses = 0
  let bfgs = BFGS()

  /// - Parameters:
  ///   - capacity: most nodes of any expression that will be evaluated.
  ///   - loss: what ``loss(_:_:on:)`` and the fits measure.
  ///   - affine: what may stand around an expression when it is scored.
  package init(capacity: Int, loss: Loss, affine: AffineMode = [.scale, .shift]) {
    self.loss = loss
    self.affine = affine
    self.capacity = capacity
    var lossFormula = Formula.constant(0)
    if case .elementwise(_, let formula) = loss { lossFormula = formula }
    let most = max(capacity, lossFormula.complexity)
    func aligned(_ count: Int) -> UnsafeMutablePointer<Double> {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 8, alignment: 64)
      let typed = memory.bindMemory(to: Double.self, capacity: max(1, count))
      typed.initialize(repeating: 0, count: max(1, count))
      return typed
    }
    let extendedMost = most + Evaluator.outerNodes
    program = .allocate(capacity: vk_program_capacity(extendedMost))
    lossProgram = .allocate(capacity: vk_program_capacity(lossFormula.complexity))
    scratch = .allocate(
      byteCount: max(
        vk_scratch_size(extendedMost),
        vk_derivative_scratch_size(extendedMost, LevenbergMarquardt.mostUnknowns)),
      alignment: 64)
    extended = .allocate(capacity: extendedMost)
    values = aligned(Evaluator.tile)
    losses = aligned(Evaluator.tile)
    slopes = aligned(Evaluator.tile)
    slopeParts = aligned(Evaluator.tile)
    jacobian = aligned(LevenbergMarquardt.mostUnknowns * Evaluator.tile)
    targets = .allocate(capacity: LevenbergMarquardt.mostUnknowns)
    unknowns = aligned(LevenbergMarquardt.mostUnknowns)
    columnScales = aligned(LevenbergMarquardt.mostUnknowns)
    lossColumns = .allocate(capacity: 2)
    lossNodeCount = lossFormula.complexity
    lossNodes = .allocate(capacity: lossNodeCount)
    for (index, node) in lossFormula.nodes.enumerated() { lossNodes[index] = node }
    lossTargets = .allocate(capacity: max(1, lossNodeCount))
    for index in 0..<lossNodeCount where lossNodes[index].isFeature && lossNodes[index].feature == 1 {
      lossTargets[Int(lossTargetCount)] = Int32(index)
      lossTargetCount += 1
    }
    lossProgramCount = compile(lossNodes, lossNodeCount, into: lossProgram)
  }

  deinit {
    program.deallocate()
    lossProgram.deallocate()
    scratch.deallocate()
    extended.deallocate()
    for memory in [values, losses, slopes, slopeParts, jacobian, unknowns, columnScales] {
      memory.deallocate()
    }
    targets.deallocate()
    lossColumns.deallocate()
    lossNodes.deallocate()
    lossTargets.deallocate()
    levenbergMarquardt.deallocate()
    bfgs.deallocate()
  }

  @inline(__always)
  func compile(
    _ nodes: UnsafePointer<Node>, _ count: Int, into program: UnsafeMutablePointer<vk_instruction>
  ) -> Int32 {
    nodes.withMemoryRebound(to: vk_node.self, capacity: count) { vk_compile($0, Int32(count), program) }
  }

  /// Calls `body` with the 64-bit values of each tile's rows in turn, until it returns false.
  func forEachTile(
    _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData,
    _ body: (_ first: Int, _ rows: Int, _ values: UnsafeMutablePointer<Double>) -> Bool
  ) {
    let length = compile(nodes, count, into: program)
    var first = 0
    while first < data.rowCount {
      let rows = min(Evaluator.tile, data.rowCount - first)
      vk_evaluate_f64(program, length, data.columns64, first, rows, nil, values, scratch)
      guard body(first, rows, values) else { return }
      first += rows
    }
  }

  // MARK: - Losses

  /// Mean loss of an expression as it is written: scaled for the squared loss, in its own unit for others;
  /// infinite where a row is not finite.
  package func loss(_ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData) -> Double {
    let total = lossSum(nodes, count, on: data, scale: 1, shift: 0)
    let mean = total / data.weightSum
    return mean.isNaN ? .infinity : mean
  }

  /// Weighted sum of the loss of `scale · f + shift`; NaN or infinite where a row is not finite.
  func lossSum(
    _ nodes: UnsafePointer<Node>, _ count: Int, on data: EvaluationData, scale: Double, shift: Double
  ) -> Double {
    var total = 0.0
    let squared = loss == .meanSquaredError
    forEachTile(nodes, count, on: data) { first, rows, values in
      let target = data.target64 + first
      let weights = data.weights64.map { $0 + first }
      if scale != 1 || shift != 0 {
        for row in 0..<rows { values[row] = scale * values[row] + shift }
      }
      if squared {
        total += Evaluator.squares(values, target, weights, rows, unit: 1 / data.scale)
      } else {
        total += elementwiseSum(values, target, weights, rows)
      }
      return total.isFinite
    }
    return total
  }

  /// Σ w·((p - y)·unit)².
  static func squares(
    _ p: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ w: UnsafePointer<Double>?, _ rows: Int,
    unit: Double
  ) -> Double {
    var sum = 0.0
    if let w {
      for row in 0..<rows {
        let residual = (p[row] - y[row]) * unit
        sum += w[row] * residual * residual
      }
      return sum
    }
    for row in 0..<rows {
      let residual = (p[row] - y[row]) * unit
      sum += residual * residual
    }
    return sum
  }

  /// Weighted sum of the elementwise loss of a tile's predictions.
  func elementwiseSum(
    _ p: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ w: UnsafePointer<Double>?, _ rows: Int
  ) -> Double {
    lossColumns[0] = y
    lossColumns[1] = p
    vk_evaluate_f64(lossProgram, lossProgramCount, lossColumns, 0, rows, nil, losses, scratch)
    var sum = 0.0
    for row in 0..<rows { sum += (w?[row] ?? 1) * losses[row] }
    return sum
  }

  /// Coefficient of determination 1 - Σw(p - y)² / Σw(y - ȳ)²; NaN for a constant target.
  package func determination(_ formula: Formula, on data: EvaluationData) -> Double {
    guard data.targetVariance > 0 else { return .nan }
    var total = 0.0
    formula.nodes.withUnsafeBufferPointer { nodes in
      forEachTile(nodes.baseAddress!, nodes.count, on: data) { first, rows, values in
        total += Evaluator.squares(
          values, data.target64 + first, data.weights64.map { $0 + first }, rows, unit: 1 / data.scale)
        return true
      }
    }
    return 1 - total / data.weightSum / data.targetVariance
  }
}
