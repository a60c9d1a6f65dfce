import Expressions
import Networks
import Search

/// Two laws in a network's place, and how they were arrived at.
public struct DistilledSimulator: Sendable {
  /// The law of bodies.
  public let node: DistilledNodeLaw
  /// Index, in the front of the laws of pairs, of the one that is used.
  public let member: Int
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
  /// A network's errors may hide a part of its law, such as a small length added to distances. Motions do not: larger
  /// members of the law's front are fitted to them as well, and one of these is taken where each of its further nodes
  /// gains as much as nodes of laws do.
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
    guard law.isAligned, node.agreement.robust >= options.leastAgreement else {
      return DistilledSimulator(node: node, member: law.best, distilled: distilled, refitted: nil)
    }
    let sample = try set.spread(rows: SimulatorRefit.rows)
    var fits: [(member: Int, simulator: SymbolicSimulator, squares: Double)] = []
    for member in law.front.indices[law.best...] {
      let equation = law.front[member]
      var formula = try distilled.edges.formula(
        equation.formula, features: equation.features, derived: options.derived)
      // Another member has another factor, for which there must be a place.
      if member != law.best, FactoredFormula(distilled.nodeFormula).factor == 1 {
        formula = .apply(.multiply, .constant(1), formula)
      }
      var candidate = distilled
      candidate.edgeFormula = formula
      guard let refit = SimulatorRefit(candidate, sample) else { continue }
      let fit = refit.run()
      if fit.squares.isFinite { fits.append((member, fit.simulator, max(fit.squares, refit.floor))) }
    }
    guard fits.first?.member == law.best else {
      return DistilledSimulator(node: node, member: law.best, distilled: distilled, refitted: nil)
    }
    let complexities = fits.map { law.front[$0.member].complexity }
    let chosen = fits[LawSelection.choose(fits.map(\.squares), complexities, from: 0)]
    return DistilledSimulator(
      node: node, member: chosen.member, distilled: distilled, refitted: chosen.simulator)
  }
}
