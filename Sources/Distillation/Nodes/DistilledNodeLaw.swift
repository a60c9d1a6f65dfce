import Expressions
import Search
import Tables

/// A law of bodies: a component of the acceleration in that of the summed force, vectors and other states of the
/// body, one for all axes.
public struct DistilledNodeLaw: Sendable {
  /// Laws from simple to complex, in `force`, vectors (`v`), other states and, where axes differ, `along_x` and so on.
  public let front: [Equation]
  /// Index in ``front`` of the chosen law.
  public let best: Int
  /// How much of the network's accelerations the chosen law explains.
  public let agreement: RobustAgreement
  /// The search's own report.
  public let search: SearchResult
  /// What was searched.
  public let dataset: Dataset
  private let pairs: PairRule
  private let vectors: [Int]
  private let edges: EdgeColumns
  private let bodies: BodyColumns
  private let edgeFormula: Formula

  init(
    _ problem: NodeProblem, front: [Equation], best: Int, agreement: RobustAgreement, search: SearchResult
  ) {
    self.front = front
    self.best = best
    self.agreement = agreement
    self.search = search
    dataset = problem.dataset
    pairs = problem.pairs
    vectors = problem.vectors
    edges = problem.edges
    bodies = problem.bodies
    edgeFormula = problem.edgeFormula
  }

  /// The chosen law.
  public var law: Equation { front[best] }

  /// The law of pairs that the forces follow, and a law of bodies, put together.
  ///
  /// - Parameter member: index in ``front``; nil for the chosen one.
  /// - Throws: ``SymbolicModelError`` when there is no such member.
  public func simulator(member: Int? = nil) throws(SymbolicModelError) -> SymbolicSimulator {
    let index = member ?? best
    guard front.indices.contains(index) else {
      throw .setting("the front has \(front.count) laws, counted from 0; there is no number \(index)")
    }
    let places = front[index].features.map { bodies.names.firstIndex(of: $0) ?? 0 }
    return SymbolicSimulator(
      edges: edges, bodies: bodies, vectors: vectors, pairs: pairs, edgeFormula: edgeFormula,
      nodeFormula: front[index].formula.withFeatures(places))
  }
}
