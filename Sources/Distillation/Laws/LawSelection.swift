import Foundation
import Search

/// Which member of a front is taken for the law.
///
/// What a network's messages leave of the law is no noise: it is smooth, the same for neighbouring edges, and
/// larger expressions describe it ever better. Criteria that count rows therefore choose too large ones. Here
/// the steepest fall of ln(loss) per node decides, after Cranmer et al. (2020) but counted from the constant, and
/// from there larger members only while each node gains as much as laws do.
enum LawSelection {
  /// Fall of ln(loss) per node from which a larger member is preferred.
  static let leastSlope = 0.5
  /// Part of the spread below which losses are alike: no network is this exact.
  static let leastShare = 1e-12

  /// Index of the chosen member of a front from simple to complex.
  ///
  /// - Parameter floor: losses below this are alike.
  static func choose(_ front: [Equation], floor: Double = 0) -> Int {
    // The first member is the best constant.
    let floor = max(floor, (front.first?.loss ?? 0) * leastShare)
    let losses = front.map { Foundation.log(max($0.loss, floor, .leastNormalMagnitude)) }
    func slope(_ from: Int, _ to: Int) -> Double {
      (losses[from] - losses[to]) / Double(front[to].complexity - front[from].complexity)
    }
    // Where the fall from the constant is steepest: noise may leave little to fall.
    var chosen = front.indices.dropFirst().max { slope(0, $0) < slope(0, $1) } ?? 0
    while let better = front.indices.dropFirst(chosen + 1).max(by: { slope(chosen, $0) < slope(chosen, $1) }),
      slope(chosen, better) >= leastSlope
    {
      chosen = better
    }
    return chosen
  }
}
