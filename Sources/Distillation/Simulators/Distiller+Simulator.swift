import Expressions
import Foundation
import Networks
import Search

/// Two laws in a network's place, and how they were arrived at.
public struct DistilledSimulator: Sendable {
  /// The law of bodies.
  public let node: DistilledNodeLaw
  /// Index, in the front of the laws of pairs, of the one that is used.
  public let member: Int
  /// Index, in the front of ``node``, of the law of bodies that is used.
  public let nodeMember: Int
  /// Both laws as they were distilled from the network.
  public let distilled: SymbolicSimulator
  /// Both laws with constants fitted to the motions; nil where what was distilled is not a law.
  public let refitted: SymbolicSimulator?

  /// The better of the two.
  public var simulator: SymbolicSimulator { refitted ?? distilled }
}

extension Distiller {
  /// A law of bodies for a law of pairs, and both fitted to motions.
  ///
  /// A network's errors may hide a part of its law, such as a small length added to distances, or seem to be one.
  /// Motions do not: all laws of pairs on the front from the chosen one on, and then all laws of bodies, are fitted to
  /// them, and each is chosen by what it leaves of them.
  ///
  /// - Parameters:
  ///   - network: whose laws these are.
  ///   - law: the law of pairs distilled from it.
  ///   - set: bodies with their accelerations.
  /// - Throws: ``DistillationError``, ``SymbolicModelError`` or ``NetworkError``.
  public func simulator(
    of network: Network, law: DistilledLaw, on set: GraphSet
  ) async throws -> DistilledSimulator {
    let node = try await nodeLaw(of: network, law: law, on: set)
    let distilled = try node.simulator()
    let sample = try set.spread(rows: SimulatorRefit.rows)
    guard law.isAligned, node.agreement.robust >= options.leastAgreement,
      let first = Fit(distilled, sample, member: law.best, complexity: law.law.complexity)
    else {
      return DistilledSimulator(
        node: node, member: law.best, nodeMember: node.best, distilled: distilled, refitted: nil)
    }
    let pairs =
      try [first]
      + law.front.indices.dropFirst(law.best + 1).compactMap { member in
        let equation = law.front[member]
        var candidate = distilled
        candidate.edgeFormula = try distilled.edges.formula(
          equation.formula, features: equation.features, derived: options.derived)
        // Another member has another factor, for which there must be a place.
        if FactoredFormula(distilled.nodeFormula).factor == 1 {
          candidate.edgeFormula = .apply(.multiply, .constant(1), candidate.edgeFormula)
        }
        return Fit(candidate, sample, member: member, complexity: equation.complexity)
      }
    let pair = pairs[LawSelection.choose(pairs.map(\.squares), pairs.map(\.complexity), from: 0)]
    let bodies = try node.front.indices.compactMap { member in
      var candidate = pair.simulator
      candidate.nodeFormula = try node.simulator(member: member).nodeFormula
      return Fit(candidate, sample, member: member, complexity: node.front[member].complexity)
    }
    guard !bodies.isEmpty else {
      return DistilledSimulator(
        node: node, member: pair.member, nodeMember: node.best, distilled: distilled, refitted: pair.simulator
      )
    }
    let body = bodies[LawSelection.choose(bodies.map(\.squares), bodies.map(\.complexity))]
    // What the network has more may be its own error.
    let isBetter =
      log(body.squares) <= log(pair.squares)
      + LawSelection.leastSlope * Double(node.law.complexity - body.complexity)
    return DistilledSimulator(
      node: node, member: pair.member, nodeMember: isBetter ? body.member : node.best, distilled: distilled,
      refitted: isBetter ? body.simulator : pair.simulator)
  }

  /// A simulator fitted to motions, and how well.
  private struct Fit {
    let simulator: SymbolicSimulator
    let member: Int
    let complexity: Int
    let squares: Double

    /// Nil where there is nothing to fit, or no finite value.
    init?(_ candidate: SymbolicSimulator, _ sample: GraphSet, member: Int, complexity: Int) {
      guard let refit = SimulatorRefit(candidate, sample) else { return nil }
      let fit = refit.run()
      guard fit.squares.isFinite else { return nil }
      simulator = fit.simulator
      squares = max(fit.squares, refit.floor)
      self.member = member
      self.complexity = complexity
    }
  }
}
