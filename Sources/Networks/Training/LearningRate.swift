import Foundation

/// How the learning rate goes from the first step to the last.
public enum LearningRate: String, CaseIterable, Codable, Sendable {
  /// Up from a 25th of the maximum during the first 30 % of the steps, then down to next to nothing, along
  /// cosines; Adam's first decay goes 0.95, 0.85, 0.95 meanwhile (Smith and Topin 2018; as PyTorch's
  /// `OneCycleLR` with final_div_factor 1e5).
  case oneCycle = "one-cycle"
  /// Down from the maximum to 0 along a cosine (Loshchilov and Hutter 2017).
  case cosine
  /// The maximum throughout.
  case constant

  /// The rate, and Adam's first decay, for step number `step` (from 0) of `steps`.
  package func at(_ step: Int, of steps: Int, maximum: Double) -> (rate: Double, momentum: Double) {
    switch self {
    case .constant: return (maximum, 0.9)
    case .cosine: return (LearningRate.blend(maximum, 0, Double(step) / Double(max(1, steps))), 0.9)
    case .oneCycle:
      let first = maximum / 25
      let peak = 0.3 * Double(steps) - 1
      let end = Double(steps) - 1
      if Double(step) <= peak {
        let part = Double(step) / max(peak, 1)
        return (LearningRate.blend(first, maximum, part), LearningRate.blend(0.95, 0.85, part))
      }
      let part = min(1, (Double(step) - peak) / max(end - peak, 1))
      return (LearningRate.blend(maximum, first / 1e5, part), LearningRate.blend(0.85, 0.95, part))
    }
  }

  /// From `start` to `end` along half a cosine.
  private static func blend(_ start: Double, _ end: Double, _ part: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * part))
  }
}
