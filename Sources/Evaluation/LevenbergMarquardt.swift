import Expressions

/// Nonlinear least squares on the normal equations (Marquardt 1963; Moré 1978 for the scaling by the
/// diagonal).
///
/// Unknowns are the constants of an expression and, while it is scored through them, the factor and the term
/// around it. One pass over the rows gives residuals and Jacobian together, so rows are read once a step;
/// where the factor and the term are projected out, a trial is judged without a Jacobian.
package struct LevenbergMarquardt {
  /// Most constants that are fitted at once; an expression with more keeps its others.
  package static let mostConstants = 24
  /// Most unknowns: the constants, the factor and the term.
  static let mostUnknowns = mostConstants + 2

  private let matrix: UnsafeMutablePointer<Double>
  private let damped: UnsafeMutablePointer<Double>
  private let gradient: UnsafeMutablePointer<Double>
  private let step: UnsafeMutablePointer<Double>
  private let unknowns: UnsafeMutablePointer<Double>
  private let diagonal: UnsafeMutablePointer<Double>

  package init() {
    let most = LevenbergMarquardt.mostUnknowns
    matrix = .allocate(capacity: most * most)
    damped = .allocate(capacity: most * most)
    gradient = .allocate(capacity: most)
    step = .allocate(capacity: most)
    unknowns = .allocate(capacity: most)
    diagonal = .allocate(capacity: most)
  }

  package func deallocate() {
    for memory in [matrix, damped, gradient, step, unknowns, diagonal] { memory.deallocate() }
  }

  /// Minimises what `pass` measures.
  ///
  /// - Parameters:
  ///   - start: the unknowns; holds the best found on return.
  ///   - count: number of unknowns.
  ///   - steps: most trial steps.
  ///   - tolerance: relative fall of the loss below which it stops.
  ///   - projects: whether `project` is used.
  ///   - project: puts the unknowns that enter linearly at their best for the others and returns the sum of
  ///     squares there, so that the steps follow the valley of the others (variable projection, Golub and
  ///     Pereyra 1973, in Kaufman's form). Trials are judged by it, without a
  ///     Jacobian.
  ///   - pass: given unknowns, fills JᵀJ (row-major lower triangle) and Jᵀr and returns the sum of squared
  ///     residuals; infinite where the expression is not finite.
  /// - Returns: the sum of squares at `start` as it is left.
  package func minimise(
    _ start: UnsafeMutablePointer<Double>, count: Int, steps: Int, tolerance: Double,
    projects: Bool, project: (UnsafeMutablePointer<Double>) -> Double = { _ in .infinity },
    pass: (UnsafePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> Double {
    var best = pass(start, matrix, gradient)
    guard best.isFinite else { return best }
    var damping = 1e-3
    var refused = 0
    var remaining = steps
    takeScale(count)
    while remaining > 0, best > 0 {
      remaining -= 1
      guard solve(count, damping: damping) else {
        damping = max(damping * 10, 1e-8)
        if damping > 1e12 { break }
        continue
      }
      for index in 0..<count { unknowns[index] = start[index] + step[index] }
      // The Jacobian of a refused step is thrown away, so its memory is the spare one.
      let loss = projects ? project(unknowns) : pass(unknowns, damped, step)
      if loss < best {
        let fall = (best - loss) / best
        best = loss
        start.update(from: unknowns, count: count)
        if fall < tolerance { break }
        if projects {
          if remaining == 0 { break }
          guard pass(start, matrix, gradient).isFinite else { break }
        } else {
          matrix.update(from: damped, count: count * count)
          gradient.update(from: step, count: count)
        }
        takeScale(count)
        damping = max(damping * 0.1, 1e-15)
        refused = 0
      } else {
        refused += 1
        damping *= refused == 1 ? 10 : 100
        if refused > 8 || damping > 1e15 { break }
      }
    }
    return best
  }

  /// The inverse of JᵀJ's diagonal at the unknowns given, by which standard errors are computed; NaN for
  /// unknowns that the rows do not determine.
  func inverseDiagonal(
    _ at: UnsafePointer<Double>, count: Int, into result: UnsafeMutablePointer<Double>,
    pass: (UnsafePointer<Double>, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> Double {
    let loss = pass(at, matrix, gradient)
    takeScale(count)
    for index in 0..<count { result[index] = .nan }
    guard loss.isFinite, factorDamped(count, damping: 0) else { return loss }
    for index in 0..<count {
      for other in 0..<count { step[other] = other == index ? 1 : 0 }
      Cholesky.solve(damped, count, step)
      result[index] = step[index] / (diagonal[index] * diagonal[index])
    }
    return loss
  }

  private func takeScale(_ count: Int) {
    for index in 0..<count {
      let value = matrix[index * count + index]
      diagonal[index] = value > 0 && value.isFinite ? value.squareRoot() : 1
    }
  }

  /// Factors the scaled, damped matrix: unit diagonal, so that unknowns of any magnitude weigh alike.
  private func factorDamped(_ count: Int, damping: Double) -> Bool {
    for row in 0..<count {
      for column in 0...row {
        damped[row * count + column] = matrix[row * count + column] / (diagonal[row] * diagonal[column])
      }
      damped[row * count + row] += damping
    }
    return Cholesky.factor(damped, count)
  }

  private func solve(_ count: Int, damping: Double) -> Bool {
    guard factorDamped(count, damping: damping) else { return false }
    for index in 0..<count { step[index] = -gradient[index] / diagonal[index] }
    Cholesky.solve(damped, count, step)
    for index in 0..<count {
      step[index] /= diagonal[index]
      if !step[index].isFinite { return false }
    }
    return true
  }
}
