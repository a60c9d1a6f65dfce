import Foundation
import Search

/// Which member of a front is taken for the law.
///
/// What a network's messages leave of the law is no noise: it is smooth, the same for neighbouring edges, and
/// larger expressions describe it ever better. Criteria that count rows therefore choose too large ones; here
/// the steepest fall of the loss decides, among members that come near the least.
enum LawSelection {
  /// Losses up to this many times the least come near it.
  static let near = 2.0
  /// Part of the target's spread below which losses are alike: no network is this exact.
  static let leastShare = 1e-9

  /// Index of the chosen member of a front from simple to complex.
  static func choose(_ front: [Equation]) -> Int {
    // The first member is the best constant.
    let floor = (front.first?.loss ?? 0) * leastShare
    let losses = front.map { max($0.loss, floor, .leastNormalMagnitude) }
    let least = losses.min() ?? 0
    var best = 0
    var steepest = -Double.infinity
    for index in front.indices where losses[index] <= near * least {
      var slope = 0.0
      if index > 0 {
        let nodes = Double(front[index].complexity - front[index - 1].complexity)
        slope = Foundation.log(losses[index - 1] / losses[index]) / nodes
      }
      if slope > steepest { (best, steepest) = (index, slope) }
    }
    return best
  }
}
