import CNetworkKernels
import Foundation

/// The optimiser: Adam (Kingma and Ba 2015), with the decay of weights added to the gradient as in PyTorch.
final class Adam {
  let mean: FloatBuffer
  let square: FloatBuffer
  private let ranges: [(range: Range<Int>, factor: Float)]
  private let gradients: UnsafeMutablePointer<UnsafePointer<Float>?>
  private let shards: Int

  /// - Parameter gradients: those of the shards, which are summed.
  init(count: Int, ranges: [(range: Range<Int>, factor: Float)], gradients: [FloatBuffer]) {
    mean = FloatBuffer(count: count)
    square = FloatBuffer(count: count)
    self.ranges = ranges
    shards = gradients.count
    self.gradients = .allocate(capacity: gradients.count)
    for (index, gradient) in gradients.enumerated() {
      (self.gradients + index).initialize(to: UnsafePointer(gradient.base))
    }
  }

  deinit { gradients.deallocate() }

  /// One step, number `step` from 0, for the parameters in `part`.
  func step(
    _ step: Int, rate: Double, momentum: Double, decay: Double, parameters: FloatBuffer, part: Range<Int>
  ) {
    let beta2 = 0.999
    let age = Double(step + 1)
    let scaled = Float(rate / (1 - pow(momentum, age)))
    let correction = Float(1 / (1 - pow(beta2, age)).squareRoot())
    for (range, factor) in ranges {
      let range = range.clamped(to: part)
      if range.isEmpty { continue }
      nk_adam(
        range.lowerBound, range.count, Int32(shards), gradients, parameters.base, mean.base, square.base,
        scaled * factor, correction, Float(momentum), Float(beta2), 1e-8, Float(decay))
    }
  }
}
