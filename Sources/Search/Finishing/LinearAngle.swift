import Expressions
import Foundation

/// The argument of a periodic function as a linear form of columns, Σ wᵢ·xᵢ + p.
struct LinearAngle: Equatable {
  /// The columns' coefficients.
  var coefficients: [Int: Double] = [:]
  /// The phase p.
  var phase = 0.0

  /// The linear form that a subtree is; nil for one that is none, or holds an operator not looked at here.
  init?(_ formula: Formula) {
    let form = formula.reduce(
      leaf: { node -> LinearAngle? in
        node.isConstant
          ? LinearAngle(coefficients: [:], phase: node.value)
          : LinearAngle(coefficients: [Int(node.feature): 1], phase: 0)
      },
      branch: { operation, arguments in
        let parts = arguments.compactMap { $0 }
        return parts.count == arguments.count ? LinearAngle.combined(operation, parts) : nil
      })
    guard let form, form.phase.isFinite, form.coefficients.values.allSatisfy(\.isFinite) else { return nil }
    self = form
  }

  private init(coefficients: [Int: Double], phase: Double) {
    self.coefficients = coefficients
    self.phase = phase
  }

  private static func combined(_ operation: Operator, _ parts: [LinearAngle]) -> LinearAngle? {
    switch operation {
    case .add: return parts[0].plus(parts[1])
    case .subtract: return parts[0].plus(parts[1].times(-1))
    case .negate: return parts[0].times(-1)
    case .multiply: return parts[0].product(parts[1])
    case .divide: return parts[1].isConstant ? parts[0].times(1 / parts[1].phase) : nil
    case .fma, .muladd: return parts[0].product(parts[1])?.plus(parts[2])
    default: return nil
    }
  }

  private var isConstant: Bool { coefficients.isEmpty }

  private func times(_ factor: Double) -> LinearAngle {
    LinearAngle(coefficients: coefficients.mapValues { $0 * factor }, phase: phase * factor)
  }

  private func plus(_ other: LinearAngle) -> LinearAngle {
    LinearAngle(
      coefficients: coefficients.merging(other.coefficients, uniquingKeysWith: +), phase: phase + other.phase)
  }

  private func product(_ other: LinearAngle) -> LinearAngle? {
    if isConstant { return other.times(phase) }
    return other.isConstant ? times(other.phase) : nil
  }

  /// The columns, ascending.
  var columns: [Int] { coefficients.keys.sorted() }

  /// Turns the sign of everything.
  mutating func negate() { self = times(-1) }
}

/// How a linear angle is written.
enum AngleForm {
  /// w·x + p.
  case sum
  /// w·(x - x₀), or (x - x₀)/c with `divides`.
  case offset(divides: Bool)
  /// x/c + p.
  case quotient

  /// The form in which an argument stands.
  init(_ argument: Formula) {
    let root = argument.nodes[argument.nodes.count - 1]
    let divides = argument.nodes.contains { $0.operation == .divide }
    guard root.operation == .multiply || root.operation == .divide else {
      self = divides ? .quotient : .sum
      return
    }
    let hasOffset = argument.nodes.contains { $0.operation == .add || $0.operation == .subtract }
    self = hasOffset ? .offset(divides: divides) : divides ? .quotient : .sum
  }
}
