import Evaluation
import Expressions
import Sweeps

/// Runs the closed-form sweeps before evolution, and looks, between epochs, for better subtrees of what is new
/// in the hall of fame.
final class Sweeping {
  private unowned let engine: SearchEngine
  private let operators: OperatorSet
  private let library: ValueLibrary
  private let logarithms: LogarithmLibrary
  private let terms: LinearLibrary
  private let backsolver: Backsolver
  private var backsolved: Set<UInt64> = []

  /// Candidates of one sweep that are fitted in full.
  private static let mostCandidates = 1500
  /// Members of the hall of fame whose subtrees are looked at after an epoch.
  private static let backsolvedPerEpoch = 4

  init(_ engine: SearchEngine) {
    self.engine = engine
    operators = engine.options.operators
    library = ValueLibrary.standard(SweepSample(engine.full, seed: engine.options.seed), operators)
    logarithms = LogarithmLibrary(library, limit: 2500)
    terms = LinearLibrary(library, limit: 3000)
    backsolver = Backsolver(
      terms, logarithms, operators: operators, maximumSize: engine.options.maximumSize)
  }

  /// Runs all sweeps; the islands consider what they find on `data`.
  func run(on data: EvaluationData) {
    let (operators, logarithms, terms) = (self.operators, self.logarithms, self.terms)
    for target in LogarithmTarget.all(of: library.sample, operators) {
      let power = PowerSweep(logarithms, operators: operators)
      engine.consider(power.candidates(target), on: data)
      let index = SingleIndexSweep(logarithms, target, operators: operators)
      consider(index.taskCount, on: data) { index.candidates($0) }
    }
    let polynomial = PolynomialSweep(logarithms, operators: operators)
    consider(polynomial.taskCount, on: data) { polynomial.candidates($0) }
    let linear = LinearSweep(terms, operators: operators)
    let tasks = linear.tasks(factors: logarithms)
    consider(tasks.count, on: data) { linear.candidates(tasks[$0], factors: logarithms) }
    let sparse = SparseSweep(terms, logarithms: logarithms, operators: operators)
    consider(sparse.taskCount, on: data) { sparse.candidates($0) }
  }

  /// Lets the islands consider the best of what the tasks propose, judged by their linear fits.
  private func consider(_ tasks: Int, on data: EvaluationData, _ task: (Int) -> [SweepCandidate]) {
    let stop = engine.stop
    let candidates = engine.pool.map(tasks) { index, _ in stop.isDue() ? [] : task(index) }.flatMap(\.self)
    let order = candidates.indices.sorted {
      (candidates[$0].residualShare, $0) < (candidates[$1].residualShare, $1)
    }
    engine.consider(order.prefix(Sweeping.mostCandidates).map { candidates[$0] }, on: data)
  }

  /// Lets the islands consider what would improve the newest members of the hall of fame.
  func backsolve(on data: EvaluationData) {
    var chosen: [Formula] = []
    engine.hall.forEachMember { complexity in
      let formula = engine.hall.member(at: complexity).formula
      if complexity > 2, !backsolved.contains(formula.canonicalHash(abstractingConstants: true)) {
        chosen.append(formula)
      }
    }
    // The most accurate are the closest to the law.
    chosen = Array(chosen.suffix(Sweeping.backsolvedPerEpoch))
    for formula in chosen { backsolved.insert(formula.canonicalHash(abstractingConstants: true)) }
    let (backsolver, stop, formulas) = (self.backsolver, engine.stop, chosen)
    let found = engine.pool.map(formulas.count) { index, evaluator in
      stop.isDue() ? [] : backsolver.candidates(formulas[index].nodes, with: evaluator)
    }
    engine.consider(found.flatMap(\.self), on: data)
  }
}

extension SearchEngine {
  /// Lets each island consider its share of the candidates.
  func consider(_ candidates: [SweepCandidate], on data: EvaluationData) {
    let islands = UncheckedArray(self.islands)
    let stop = self.stop
    pool.forEach(islands.values.count) { number, evaluator in
      for index in stride(from: number, to: candidates.count, by: islands.values.count) {
        if stop.isDue() { return }
        islands.values[number].consider(candidates[index].nodes, on: data, with: evaluator)
      }
    }
    if !stop.isDue() { mergeArchives(from: data) }
  }
}
