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
    return choose(front.map { max($0.loss, floor) }, front.map(\.complexity))
  }

  /// Index of the chosen one of laws of growing complexity.
  static func choose(_ losses: [Double], _ complexities: [Int]) -> Int {
    // Where the fall from the constant is steepest: noise may leave little to fall.
    let start =
      losses.indices.dropFirst().max {
        slope(losses, complexities, 0, $0) < slope(losses, complexities, 0, $1)
      } ?? 0
    return choose(losses, complexities, from: start)
  }

  /// Index of the member that is reached from one by going to larger ones while each node gains as much as laws do.
  static func choose(_ losses: [Double], _ complexities: [Int], from start: Int) -> Int {
    var chosen = start
    func gain(_ index: Int) -> Double { slope(losses, complexities, chosen, index) }
    let larger = { losses.indices.filter { complexities[$0] > complexities[chosen] } }
    while let better = larger().max(by: { gain($0) < gain($1) }), gain(better) >= leastSlope {
      chosen = better
    }
    return chosen
  }

  /// Fall of ln(loss) per node.
  private static func slope(_ losses: [Double], _ complexities: [Int], _ from: Int, _ to: Int) -> Double {
    let fall = log(max(losses[from], .leastNormalMagnitude)) - log(max(losses[to], .leastNormalMagnitude))
    return fall / Double(complexities[to] - complexities[from])
  }
}
