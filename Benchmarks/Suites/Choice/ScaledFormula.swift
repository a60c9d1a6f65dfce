import Expressions
import Foundation

extension Formula {
  /// This formula times a positive factor, which goes into constants that are there where it can.
  package func scaled(by factor: Double) -> Formula {
    absorbing(factor) ?? .apply(.multiply, .constant(factor), self)
  }

  /// This formula times a positive factor without a further node; nil where no constant takes it.
  private func absorbing(_ factor: Double) -> Formula? {
    guard let root = nodes.last else { return nil }
    if root.isConstant { return .constant(root.value * factor) }
    guard let operation = root.operation else { return nil }
    let parts = arguments(of: nodes.count - 1).map { subformula(at: $0) }
    let first = parts[0]
    let last = parts[parts.count - 1]
    switch operation {
    case .multiply:
      if let left = first.absorbing(factor) { return .apply(.multiply, left, last) }
      return last.absorbing(factor).map { .apply(.multiply, first, $0) }
    case .divide:
      if let left = first.absorbing(factor) { return .apply(.divide, left, last) }
      return last.absorbing(1 / factor).map { .apply(.divide, first, $0) }
    case .add, .subtract:
      guard let left = first.absorbing(factor), let right = last.absorbing(factor) else { return nil }
      return .apply(operation, left, right)
    case .negate: return first.absorbing(factor).map { .apply(.negate, $0) }
    case .sqrt: return first.absorbing(factor * factor).map { .apply(.sqrt, $0) }
    case .exp: return first.shifted(by: log(factor)).map { .apply(.exp, $0) }
    default: return nil
    }
  }

  /// This sum plus a term, which goes into a constant that is a term of it; nil where none is.
  private func shifted(by term: Double) -> Formula? {
    guard let operation = nodes.last?.operation, operation == .add || operation == .subtract else {
      return nil
    }
    let parts = arguments(of: nodes.count - 1).map { subformula(at: $0) }
    guard parts[0].nodes.count == 1, parts[0].nodes[0].isConstant else { return nil }
    return .apply(operation, .constant(parts[0].nodes[0].value + term), parts[1])
  }
}
