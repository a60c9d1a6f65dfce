/// Quasi-Newton minimisation (Broyden, Fletcher, Goldfarb, Shanno 1970; Nocedal and Wright, Numerical
/// Optimization, 2nd ed., algorithm 6.1) with a backtracking line search, for losses that are no sum of
/// squares.
struct BFGS {
  private let inverse: UnsafeMutablePointer<Double>
  private let gradient: UnsafeMutablePointer<Double>
  private let trialGradient: UnsafeMutablePointer<Double>
  private let direction: UnsafeMutablePointer<Double>
  private let trial: UnsafeMutablePointer<Double>
  private let change: UnsafeMutablePointer<Double>

  init() {
    let most = LevenbergMarquardt.mostUnknowns
    inverse = .allocate(capacity: most * most)
    gradient = .allocate(capacity: most)
    trialGradient = .allocate(capacity: most)
    direction = .allocate(capacity: most)
    trial = .allocate(capacity: most)
    change = .allocate(capacity: most)
  }

  func deallocate() {
    for memory in [inverse, gradient, trialGradient, direction, trial, change] { memory.deallocate() }
  }

  /// Minimises the loss that `pass` returns together with its gradient.
  ///
  /// - Parameters:
  ///   - start: the unknowns; holds the best found on return.
  ///   - scale: a typical magnitude of a change for each unknown; the first step is measured in it.
  ///   - steps: most evaluations after the first.
  /// - Returns: the loss at `start` as it is left.
  func minimise(
    _ start: UnsafeMutablePointer<Double>, scale: UnsafePointer<Double>, count: Int, steps: Int,
    tolerance: Double,
    pass: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) -> Double
  ) -> Double {
    var best = pass(start, gradient)
    guard best.isFinite else { return best }
    var remaining = steps
    var isFresh = true
    resetInverse(scale, count)
    while remaining > 0 {
      var slope = 0.0
      for row in 0..<count {
        var sum = 0.0
        for column in 0..<count { sum -= inverse[row * count + column] * gradient[column] }
        direction[row] = sum
        slope += sum * gradient[row]
      }
      guard slope < 0, slope.isFinite else {
        if isFresh { break }
        resetInverse(scale, count)
        isFresh = true
        continue
      }
      // The first direction has the length of the gradient, which says nothing of the step: ask for a tenth
      // of the loss.
      var length = isFresh ? min(1, 0.1 * max(abs(best), 1e-12) / -slope) : 1
      var loss = Double.infinity
      while remaining > 0 {
        remaining -= 1
        for index in 0..<count { trial[index] = start[index] + length * direction[index] }
        loss = pass(trial, trialGradient)
        if loss <= best + 1e-4 * length * slope { break }
        length *= loss.isFinite ? 0.4 : 0.1
        if length < 1e-14 { break }
      }
      guard loss < best else {
        if isFresh { break }
        resetInverse(scale, count)
        isFresh = true
        continue
      }
      let fall = best - loss
      let size = abs(best)
      update(count, length: length)
      start.update(from: trial, count: count)
      gradient.update(from: trialGradient, count: count)
      best = loss
      isFresh = false
      if fall <= tolerance * size { break }
    }
    return best
  }

  private func resetInverse(_ scale: UnsafePointer<Double>, _ count: Int) {
    inverse.initialize(repeating: 0, count: count * count)
    for index in 0..<count { inverse[index * count + index] = scale[index] * scale[index] }
  }

  /// H ← (I - ρ s yᵀ) H (I - ρ y sᵀ) + ρ s sᵀ, skipped where the curvature is not positive.
  private func update(_ count: Int, length: Double) {
    var curvature = 0.0
    for index in 0..<count {
      curvature += length * direction[index] * (trialGradient[index] - gradient[index])
    }
    guard curvature > 1e-300, curvature.isFinite else { return }
    var quadratic = 0.0
    for row in 0..<count {
      var sum = 0.0
      for column in 0..<count {
        sum += inverse[row * count + column] * (trialGradient[column] - gradient[column])
      }
      change[row] = sum
      quadratic += sum * (trialGradient[row] - gradient[row])
    }
    let weight = (1 + quadratic / curvature) / curvature
    for row in 0..<count {
      let s = length * direction[row]
      for column in 0..<count {
        let t = length * direction[column]
        inverse[row * count + column] += weight * s * t - (change[row] * t + s * change[column]) / curvature
      }
    }
  }
}
