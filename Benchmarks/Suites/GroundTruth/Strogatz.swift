import Expressions
import Randomness

/// Seven systems of two states from Strogatz, *Nonlinear Dynamics and Chaos* (1994), as La Cava, Danai and
/// Spector made problems of them (Engineering Applications of Artificial Intelligence 55, 292, 2016): from
/// the two states, find the rate of change of one.
enum Strogatz {
  /// Two problems a system, `1` for the rate of x and `2` for that of y.
  static let problems: [GroundTruthProblem] = systems.flatMap { system in
    system.rates.enumerated().map { index, law in
      GroundTruthProblem(
        key: "\(system.name)\(index + 1)", target: index == 0 ? "dx" : "dy", features: ["x", "y"], law: law,
        source: .trajectories(system))
    }
  }

  /// The systems. Initial conditions are drawn as in the published simulation, where powers of 1 and 0.1
  /// decibels mean standard deviations of 1.122 and 1.012.
  private static let systems = [
    system(
      "bacres", "20 - x - x*y/(1 + 0.5*x^2)", "10 - x*y/(1 + 0.5*x^2)", .normal((5, 1.122), (10, 1.012))),
    system(
      "barmag", "0.5*sin(x - y) - sin(x)", "0.5*sin(y - x) - sin(y)", .uniform(0...2 * .pi, 0...2 * .pi)),
    system("glider", "-0.05*x^2 - sin(y)", "x - cos(y)/x", .normal((5, 1.122), (0, 1.012))),
    system("lv", "3*x - 2*x*y - x^2", "2*y - x*y - y^2", .listed([[1, 3], [4, 1], [8, 2], [3, 3]])),
    system("predprey", "x*(4 - x - y/(1 + x))", "y*(x/(1 + x) - 0.075*y)", .normal((5, 1.122), (10, 1.012))),
    system(
      "shearflow", "cos(y)/sin(y)*cos(x)", "(cos(y)^2 + 0.1*sin(y)^2)*sin(x)",
      .uniform(-.pi ... .pi, -.pi / 2 ... .pi / 2)),
    system("vdp", "10*(y - (x^3 - x)/3)", "-x/10", .uniform(0...1, 0...1)),
  ]

  private static func system(_ name: String, _ first: String, _ second: String, _ start: InitialCondition)
    -> DynamicalSystem
  {
    let rates = [first, second].map { text in
      guard let law = try? Formula(parsing: text, features: ["x", "y"]) else {
        preconditionFailure("unreadable rate: \(text)")
      }
      return law
    }
    return DynamicalSystem(name: name, rates: rates, start: start)
  }
}
