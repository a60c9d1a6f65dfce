import CNetworkKernels
import Foundation

/// How fast components of messages are switched off.
public enum PruningSchedule: String, CaseIterable, Codable, Sendable {
  /// Slowly at both ends.
  case cosine
  /// The same share of those left each time.
  case exponential
  /// The same number each time.
  case linear

  /// Components that stay on when `done` of the training is over; `last` from 65 % on (Tan, Soubki and Cranmer
  /// 2026).
  package func active(done: Double, first: Int, last: Int) -> Int {
    let part = done / 0.65
    guard part < 1, first > last else { return min(first, last) }
    let share =
      switch self {
      case .cosine: (1 + cos(.pi * part)) / 2
      case .linear: 1 - part
      case .exponential:
        (pow(Double(last) / Double(first), part) - Double(last) / Double(first))
          / (1 - Double(last) / Double(first))
      }
    return last + Int((share * Double(first - last)).rounded(.up))
  }
}

extension Network {
  /// Leaves on the `count` components with the largest standard deviations among `messages`, of those that are
  /// on; ties go to the earlier.
  ///
  /// - Parameter messages: (edges, components).
  func prune(to count: Int, messages: [Float]) {
    let width = mask.count
    let rows = messages.count / max(width, 1)
    guard rows > 0 else { return }
    let spreads = (0..<width).map { component -> Double in
      var sum = 0.0
      var squares = 0.0
      for row in 0..<rows {
        let value = Double(messages[row * width + component])
        sum += value
        squares += value * value
      }
      return squares / Double(rows) - (sum / Double(rows)) * (sum / Double(rows))
    }
    let kept = (0..<width).filter { mask.base[$0] != 0 }
      .sorted { (-spreads[$0], $0) < (-spreads[$1], $1) }.prefix(count)
    for component in 0..<width { mask.base[component] = kept.contains(component) ? 1 : 0 }
  }
}
