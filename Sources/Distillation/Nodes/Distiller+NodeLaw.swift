import Expressions
import Networks
import Search

extension Distiller {
  /// The law by which the bodies of a network move under forces of a distilled law: what its node function does.
  ///
  /// The forces are summed for each body, and one law is searched for all components of the network's
  /// accelerations, in the same component of the sum and of the body's vectors, and in its other states. Factors
  /// that messages leave open end in it. Where no such law is found, it may differ between the axes of space.
  ///
  /// - Parameters:
  ///   - network: whose accelerations are explained.
  ///   - law: the law of pairs.
  ///   - member: index in the law's front; nil for the chosen one.
  ///   - set: bodies the search looks at, as many as ``DistillerOptions/maximumEdges`` allows.
  /// - Throws: ``DistillationError``, ``SymbolicModelError`` or ``NetworkError``.
  public func nodeLaw(
    of network: Network, law: DistilledLaw, member: Int? = nil, on set: GraphSet
  ) async throws -> DistilledNodeLaw {
    let index = member ?? law.best
    guard law.front.indices.contains(index) else {
      throw SymbolicModelError.setting("the front has \(law.front.count) laws; there is no number \(index)")
    }
    guard network.logarithmsOfMasses == nil else { throw SymbolicModelError.learnedMasses }
    let pair = law.front[index]
    func found(tellsAxes: Bool) async throws -> DistilledNodeLaw {
      try await nodeLaw(
        NodeProblem(
          network, law: pair.formula, features: pair.features, set: set, tellsAxes: tellsAxes, options))
    }
    let isotropic = try await found(tellsAxes: false)
    guard isotropic.agreement.robust < options.leastAgreement else { return isotropic }
    // Something may pull all bodies one way.
    let other = try await found(tellsAxes: true)
    return other.agreement.robust > isotropic.agreement.robust ? other : isotropic
  }

  private func nodeLaw(_ problem: NodeProblem) async throws -> DistilledNodeLaw {
    var options = self.options.search
    options.startedAt = .now
    let search: Search
    do { search = try Search(problem.dataset, options: options) } catch {
      throw DistillationError.search("\(error)")
    }
    let result = await search.run()
    guard !result.front.isEmpty else {
      throw DistillationError.search("no law has a finite value for every body: check the law of pairs")
    }
    let best = LawSelection.choose(result.front)
    let values = try result.front[best].predict(problem.dataset)
    let dimensions = problem.accelerations.count
    let predictions = (0..<dimensions).map { axis in
      stride(from: axis, to: values.count, by: dimensions).map { values[$0] }
    }
    return DistilledNodeLaw(
      problem, front: result.front, best: best,
      agreement: RobustAgreement(problem.accelerations, predictions), search: result)
  }
}
