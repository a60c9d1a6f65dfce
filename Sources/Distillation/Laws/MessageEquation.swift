import Expressions
import Search

/// Writes a component of a message as an equation in the displacement and what a law depends on.
enum MessageEquation {
  /// Share of a component's spread below which a term is left out.
  private static let leastShare = 0.01

  /// The component of a map's images of a law: (a·Δ) / r · law + b + B·x.
  static func make(
    _ component: Int, _ law: Equation, _ map: CentralAlignment, _ problem: LawProblem, _ names: [String]
  ) -> Equation {
    let geometry = problem.geometry
    let features =
      problem.features.map(\.name) + geometry.axes
      + geometry.otherNames.filter { name in
        !problem.features.contains { $0.name == name }
      }
    let columns = Dictionary(
      problem.features
        + zip(geometry.axes + geometry.otherNames, geometry.displacements + geometry.others).map {
          (name: $0, values: $1)
        }, uniquingKeysWith: { first, _ in first })
    func feature(_ name: String) -> Formula { .feature(features.firstIndex(of: name) ?? 0) }
    let spread = problem.messages[component].variance.squareRoot()
    var projection: Formula?
    for (axis, coefficient) in zip(geometry.axes, map.matrix[component]) where coefficient != 0 {
      let term = Formula.apply(.multiply, .constant(coefficient), feature(axis))
      projection = projection.map { .apply(.add, $0, term) } ?? term
    }
    var formula = Formula.apply(
      .multiply, .apply(.divide, projection ?? .constant(0), .feature(0)), law.formula)
    for (name, coefficient) in zip(geometry.otherNames, map.additive[component].dropFirst()) {
      guard abs(coefficient) * (columns[name] ?? []).variance.squareRoot() > leastShare * spread else {
        continue
      }
      formula = .apply(.add, formula, .apply(.multiply, .constant(coefficient), feature(name)))
    }
    if let constant = map.additive[component].first, abs(constant) > leastShare * spread {
      formula = .apply(.add, formula, .constant(constant))
    }
    let values = features.map { columns[$0] ?? [] }
    var sum = 0.0
    for edge in 0..<geometry.edgeCount {
      let error = formula.value(values.map { $0[edge] }) - problem.messages[component][edge]
      sum += error * error
    }
    let loss = sum / Double(max(1, geometry.edgeCount))
    return Equation(
      formula: formula, target: names[problem.components[component]], features: features, loss: loss,
      validationLoss: nil, score: 0, r2: 1 - loss / (spread * spread),
      standardErrors: formula.constants.map { _ in nil })
  }
}
