import Expressions
import Search

/// Turns recorded messages of a graph network into a force law.
///
/// The components that matter are chosen, the linear map between them and a force along the displacement is
/// found without knowing the force, and the strength that remains, one number for each edge and the same for
/// all components, is what the search explains. A law found this way is one for all components by
/// construction.
public struct Distiller: Sendable {
  /// What shapes the distillation.
  public var options: DistillerOptions

  /// A distiller with these options.
  public init(options: DistillerOptions = DistillerOptions()) { self.options = options }

  /// The law of these messages.
  ///
  /// - Throws: ``DistillationError``.
  public func law(_ recording: MessageRecording) async throws(DistillationError) -> DistilledLaw {
    let problem = try LawProblem(recording, options)
    let search = try LawSearch(problem, options.search)
    let (front, report) = try await search.run()
    let best = LawSelection.choose(front)
    let direction = problem.direction
    let maps = front.map { Distiller.map(problem, $0) }
    let chosen = maps[best]
    let agreement = RobustAgreement(
      problem.messages, chosen.messages(strengths: problem.values(of: front[best].formula)))
    return DistilledLaw(
      isAligned: min(direction.robust, agreement.robust) >= options.leastAgreement && recording.isLearned,
      direction: direction,
      agreement: agreement, front: front, best: best, axes: problem.geometry.axes,
      components: problem.components, matrix: chosen.matrix, additive: chosen.additive,
      additiveNames: problem.geometry.otherNames,
      componentFronts: problem.components.indices.map { component in
        zip(front, maps).map { MessageEquation.make(component, $0, $1, problem, recording.outputNames) }
      },
      messageForce: problem.messageForce, reference: recording.reference, search: report,
      dataset: search.dataset, leastAgreement: options.leastAgreement)
  }

  /// The linear map with which a law comes closest to the messages.
  private static func map(_ problem: LawProblem, _ law: Equation) -> CentralAlignment {
    let strengths = problem.values(of: law.formula)
    var map = problem.alignment
    // By the law's strengths, not the recorded ones: weights that depend on the errors would shrink the map.
    map.refit(
      strengths: strengths,
      weights: problem.hasGivenWeights ? problem.weights : LawProblem.weights(strengths))
    return map
  }
}
