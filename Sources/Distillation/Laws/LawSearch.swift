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

  init(_ problem: LawProblem, _ options: SearchOptions) throws(DistillationError) {
    self.problem = problem
    self.options = options
    dataset = try LawSearch.dataset(problem, Array(problem.strengths.indices))
  }

  /// Laws from simple to complex, one with a breakpoint among them where the strengths show one, and the
  /// report of the search on all edges.
  func run() async throws(DistillationError) -> (front: [Equation], report: SearchResult) {
    let distances = problem.geometry.distances
    guard let breakpoint = Breakpoint(distances, problem.strengths, weights: problem.weights) else {
      let report = try await search(dataset, share: 1)
      return (report.front, report)
    }
    let report = try await search(dataset, share: 1 / 3)
    var sides: [Formula] = []
    for isNear in [true, false] {
      let rows = distances.indices.filter { (distances[$0] < breakpoint.value) == isNear }
      let front = try await search(try LawSearch.dataset(problem, rows), share: 1 / 3).front
      sides.append(front[LawSelection.choose(front)].formula)
    }
    let broken = equation(
      .apply(.ifElse, .apply(.less, .feature(0), .constant(breakpoint.value)), sides[0], sides[1]))
    // Still from simple to complex, the loss falling.
    var front = report.front.filter { $0.complexity < broken.complexity || $0.loss < broken.loss }
    if !front.contains(where: { $0.complexity <= broken.complexity && $0.loss <= broken.loss }) {
      front.append(broken)
      front.sort { $0.complexity < $1.complexity }
    }
    return (front, report)
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

  private static func dataset(_ problem: LawProblem, _ rows: [Int]) throws(DistillationError) -> Dataset {
    do throws(DataError) {
      return try Dataset(
        features: problem.features.map { column in (column.name, rows.map { column.values[$0] }) },
        target: (name: "force", values: rows.map { problem.strengths[$0] }),
        weights: rows.map { problem.weights[$0] }, name: "messages")
    } catch {
      throw .search(error.description)
    }
  }

  private func equation(_ formula: Formula) -> Equation {
    let (strengths, weights) = (problem.strengths, problem.weights)
    let errors = zip(problem.values(of: formula), strengths).map { ($0 - $1) * ($0 - $1) }
    let whole = weights.reduce(0, +)
    func mean(_ values: [Double]) -> Double { zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / whole }
    let (loss, middle) = (mean(errors), mean(strengths))
    return Equation(
      formula: formula, target: "force", features: problem.features.map(\.name), loss: loss,
      validationLoss: nil, score: 0, r2: 1 - loss / mean(strengths.map { ($0 - middle) * ($0 - middle) }),
      standardErrors: formula.constants.map { _ in nil })
  }
}
