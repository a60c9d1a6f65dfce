import Foundation
import Networks
import Randomness
import Testing

@Suite struct PairForceTests {
  /// Decimal logarithms of the masses of three bodies that attract each other.
  private static let masses = [0.0, -1.0, -0.5]

  /// Random moments of three such bodies in space, whose accelerations follow from m₁m₂/r².
  private func gravitation(graphs: Int, seed: UInt64) throws -> GraphSet {
    var stream = RandomStream(seed: seed)
    var states: [Float] = []
    var accelerations: [Float] = []
    for _ in 0..<graphs {
      let positions = (0..<3).map { body in (0..<3).map { _ in stream.normal() + Double(body) } }
      for body in 0..<3 {
        states += positions[body].map { Float($0) }
        var sum = [0.0, 0.0, 0.0]
        for other in 0..<3 where other != body {
          let delta = (0..<3).map { positions[body][$0] - positions[other][$0] }
          let square = delta.reduce(0.3) { $0 + $1 * $1 }
          for axis in 0..<3 {
            sum[axis] -= pow(10, PairForceTests.masses[other]) * delta[axis] / pow(square, 1.5)
          }
        }
        accelerations += sum.map { Float($0) }
      }
    }
    return try GraphSet(
      topology: .complete(bodies: 3), dimensions: 3, featureNames: ["x", "y", "z"], states: states,
      accelerations: accelerations)
  }

  @Test func `the gradient is that of difference quotients, masses included`() throws {
    let set = try gravitation(graphs: 4, seed: 1)
    let architecture = PairForceNetwork(for: set, hidden: [5, 4])
    let network = try Network(.pairForce(architecture), seed: 2)
    let pass = network.makePass(topology: set.topology, graphs: 4)
    pass.states.base.update(from: set.states.base, count: set.states.count)
    pass.targets.base.update(from: set.accelerations.base, count: set.accelerations.count)
    let loss = pass.train(graphs: 4, batch: 4, stream: RandomStream(seed: 1))
    let reference = ReferencePerceptron(perceptron: architecture.forceFunction)
    func wanted(_ parameters: [Double]) -> Double {
      let given = Array(parameters[architecture.massRange])
      let masses = given.map { $0 - given.reduce(0, +) / 3 }
      return (0..<4).reduce(0) { total, graph in
        let x = Array(set.states.doubles[graph * 9..<graph * 9 + 9])
        var found = [Double](repeating: 0, count: 9)
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
          let delta = (0..<3).map { x[one * 3 + $0] - x[other * 3 + $0] }
          let distance = delta.reduce(0) { $0 + $1 * $1 }.squareRoot()
          let input = [
            (log10(distance) - architecture.distance.center) / architecture.distance.spread,
            0.25 * (masses[one] + masses[other]),
            0.25 * ((1 + pow(masses[one] - masses[other], 2)).squareRoot() - 1),
          ]
          let output = reference.output(parameters, input)
          let linear = zip(parameters[architecture.slopeRange], input).reduce(0) { $0 + $1.0 * $1.1 }
          let strength = pow(10, output[0] + 4 * linear) * tanh(output[1]) * architecture.acceleration
          for axis in 0..<3 {
            found[one * 3 + axis] += strength * delta[axis] / distance / pow(10, masses[one])
            found[other * 3 + axis] -= strength * delta[axis] / distance / pow(10, masses[other])
          }
        }
        let errors = (0..<3).map { body in
          (0..<3).reduce(0) { sum, axis in
            let difference = found[body * 3 + axis] - set.accelerations.doubles[graph * 9 + body * 3 + axis]
            return sum + difference * difference / architecture.meanSquares[body]
          }
        }
        return total + errors.reduce(0) { $0 + log1p($1) } / 4
      }
    }
    let parameters = network.parameters.doubles
    #expect(abs(loss.error / 4 - wanted(parameters)) < 1e-5 * wanted(parameters))
    #expect(relativeError(pass.gradient.values, differences(parameters, wanted)) < 3e-5)
  }

  @Test func `masses are learned up to a common factor`() throws {
    let set = try gravitation(graphs: 3000, seed: 3)
    var options = TrainingOptions()
    options.steps = 4000
    options.rate = 3e-3
    options.translation = 0
    options.rotates = true
    let architecture = PairForceNetwork(for: set, hidden: [24, 24])
    let trainer = try Trainer(Network(.pairForce(architecture), seed: 3), data: set, options: options)
    _ = try trainer.run(threads: 2)
    let learned = try #require(trainer.network.logarithmsOfMasses)
    for body in 1..<3 {
      let ratio =
        Double(learned[body] - learned[0]) - (PairForceTests.masses[body] - PairForceTests.masses[0])
      #expect(abs(ratio) < 0.05, "\(learned)")
    }
    #expect(try #require(trainer.history.last?.validation) < 0.05)
  }
}
