import Evaluation
import Expressions
import Search
import Tables

/// Searches for the strength of a force.
struct LawSearch {
  let problem: LawProblem
  let options: SearchOptions
  /// All edges as data for the search.
  let dataset: Dataset

  /// Share of the edges on each side of a breakpoint, the nearest ones, by which the law there is not judged.
  private static let blurredShare = 0.1
  /// Part of the squares of one side that its law may leave.
  private static let mostLeft = 0.5
  /// How far, relatively, the boundary of two laws is looked for from the breakpoint.
  private static let boundaryRange = 0.1

  init(_ problem: LawProblem, _ options: SearchOptions) throws(DistillationError) {
    self.problem = problem
    var options = options
    // What a network leaves is smooth and no noise, and rows are weighed by the strength already.
    if options.noise == .auto { options.noise = .constant }
    self.options = options
    dataset = try problem.dataset()
  }

  /// Laws without their factor, from simple to complex, one with a breakpoint among them where the strengths show one, and the
  /// report of the search on all edges.
  func run() async throws(DistillationError) -> (front: [Equation], report: SearchResult) {
    let distances = problem.geometry.distances
    let breakpoint = Breakpoint(
      distances, problem.strengths, weights: problem.weights,
      others: problem.features.dropFirst().map(\.values))
    guard let breakpoint else {
      let report = try await search(dataset, share: 1)
      return (LawShape(problem, dataset).front(report.front), report)
    }
    let report = try await search(dataset, share: 1.0 / 3)
    let broken = try await self.broken(at: breakpoint)
    return (LawShape(problem, dataset).front(report.front + [broken]), report)
  }

  /// One law on each side of a breakpoint.
  private func broken(at breakpoint: Breakpoint) async throws(DistillationError) -> Equation {
    let distances = problem.geometry.distances
    var sides: [Formula] = []
    for isNear in [true, false] {
      let rows = distances.indices.filter { (distances[$0] < breakpoint.value) == isNear }
        .sorted { abs(distances[$0] - breakpoint.value) > abs(distances[$1] - breakpoint.value) }
      // Networks are continuous: what they have next to a jump is of neither side.
      let clear = rows.prefix(rows.count - Int(LawSearch.blurredShare * Double(rows.count))).sorted()
      // Nothing acts there that could be told from nothing.
      if problem.meanSquare(edges: clear) < problem.resolution {
        sides.append(.constant(0))
        continue
      }
      let dataset = try problem.dataset(edges: clear)
      let members = try await search(dataset, share: 1.0 / 3).front
      let front = LawShape(problem, dataset, edges: clear).front(members)
      let side = front[LawSelection.choose(front, floor: problem.resolution)].formula
      let fit = problem.fit(side, edges: clear)
      sides.append(
        // A law of noise: nothing acts here either.
        fit.loss > LawSearch.mostLeft * problem.meanSquare(edges: clear)
          ? .constant(0) : .apply(.multiply, .constant(fit.factor), side))
    }
    return equation(
      .apply(
        .ifElse, .apply(.less, .feature(0), .constant(boundary(sides, around: breakpoint.value))), sides[0],
        sides[1]))
  }

  /// The distance at which one side is best followed by the other.
  private func boundary(_ sides: [Formula], around middle: Double) -> Double {
    let distances = problem.geometry.distances
    let errors = sides.map { side in
      zip(zip(problem.values(of: side), problem.strengths), problem.weights).map { pair, weight in
        weight * (pair.0 - pair.1) * (pair.0 - pair.1)
      }
    }
    let order = distances.indices.filter { abs(distances[$0] / middle - 1) < LawSearch.boundaryRange }
      .sorted { distances[$0] < distances[$1] }
    // All far at first; each step moves one edge to the near side.
    var (sum, least, boundary) = (0.0, 0.0, order.first.map { distances[$0] } ?? middle)
    for (edge, next) in zip(order, order.dropFirst()) {
      let change = errors[0][edge] - errors[1][edge]
      sum += change.isFinite ? change : 0
      if sum < least { (least, boundary) = (sum, (distances[edge] + distances[next]) / 2) }
    }
    return boundary
  }

  /// - Parameter share: part of the time limit that this search may take.
  private func search(_ dataset: Dataset, share: Double) async throws(DistillationError) -> SearchResult {
    var options = self.options
    options.startedAt = .now
    options.timeLimit = options.timeLimit.map { $0 * share }
    let search: Search
    do { search = try Search(dataset, options: options) } catch { throw .search(error.description) }
    let result = await search.run()
    guard !result.front.isEmpty else {
      throw .search("no law has a finite value on every edge: check the recording")
    }
    return result
  }

  private func equation(_ formula: Formula) -> Equation {
    Equation(
      formula: formula, target: "force", features: problem.features.map(\.name), loss: .nan,
      validationLoss: nil, score: 0, r2: .nan, standardErrors: formula.constants.map { _ in nil })
  }
}
