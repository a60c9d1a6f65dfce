import Evaluation
import Expressions
import Sweeps

/// Runs the closed-form sweeps before evolution, and looks, between epochs, for better subtrees of what is new
/// in the hall of fame.
final class Sweeping {
  private unowned let engine: SearchEngine
  private let operators: OperatorSet
  /// Small expressions and their values: what populations start from, too.
  let library: ValueLibrary
  private let logarithms: LogarithmLibrary
  private let terms: LinearLibrary
  private let backsolver: Backsolver
  private var backsolved: Set<UInt64> = []

  /// Candidates of one sweep that are fitted in full.
  private static let mostCandidates = 1500
  /// Members of the hall of fame whose subtrees are looked at after one of the first epochs, and later: what
  /// changes late is noise more often than not, and evolution should keep the processor.
  private static let backsolvedPerEpoch = (early: 4, late: 1)
  private static let earlyEpochs = 8

  init(_ engine: SearchEngine) {
    self.engine = engine
    operators = engine.options.operators
    let constants = engine.islands.first?.breeder.constants
    let sample = SweepSample(engine.full, seed: engine.options.seed)
    library = ValueLibrary.standard(
      sample, operators, units: sample.selected.map { constants?.unit(of: $0) })
    logarithms = LogarithmLibrary(library, limit: 2500)
    terms = LinearLibrary(library, limit: 3000)
    backsolver = Backsolver(
      terms, logarithms, operators: operators, maximumSize: engine.options.maximumSize)
  }

  /// Runs the sweeps that the options ask for; the islands consider what they find on `data`.
  func run(on data: EvaluationData) {
    let (operators, logarithms, terms) = (self.operators, self.logarithms, self.terms)
    let wanted = engine.options.closedForms
    if wanted.contains(.harmonics), !isDone { runHarmonics(on: data) }
    for target in LogarithmTarget.all(of: library.sample, operators) where !isDone {
      if wanted.contains(.powers) {
        let sweep = PowerSweep(logarithms, operators: operators)
        consider(sweep.candidates(target), on: data)
      }
      if wanted.contains(.groups), !isDone {
        let sweep = SingleIndexSweep(logarithms, target, operators: operators)
        consider(sweep.taskCount, on: data) { sweep.candidates($0) }
      }
    }
    if wanted.contains(.powers), !isDone {
      let sweep = OffsetSweep(logarithms, operators: operators)
      consider(sweep.taskCount, on: data) { sweep.candidates($0) }
    }
    if wanted.contains(.polynomials), !isDone {
      let sweep = PolynomialSweep(logarithms, operators: operators)
      consider(sweep.taskCount, on: data) { sweep.candidates($0) }
    }
    if wanted.contains(.pairs), !isDone {
      let sweep = LinearSweep(terms, operators: operators)
      let tasks = sweep.tasks(factors: logarithms)
      consider(tasks.count, on: data) { sweep.candidates(tasks[$0], factors: logarithms) }
    }
    if wanted.contains(.sums), !isDone {
      let sweep = SparseSweep(terms, logarithms: logarithms, operators: operators)
      consider(sweep.taskCount, on: data) { sweep.candidates($0) }
    }
  }

  /// Cheap, and nothing else finds frequencies: before the others, on more rows than they look at.
  private func runHarmonics(on data: EvaluationData) {
    let stop = engine.stop
    let sweep = HarmonicSweep(
      engine.full, features: library.sample.selected, samplings: engine.samplings, operators: operators,
      seed: engine.options.seed)
    let found = engine.pool.map(sweep.taskCount) { index, _ in stop.isDue() ? [] : sweep.candidates(index) }
    engine.consider(found.flatMap(\.self), on: data)
  }

  /// Whether the time is over, or the hall of fame holds an expression whose error is rounding error: then
  /// only simpler forms of it are wanted, which is evolution's work.
  private var isDone: Bool {
    if engine.stop.isDue() { return true }
    engine.lookForExactFit()
    return engine.isExact
  }

  /// Lets the islands consider the best of what the tasks propose, judged by their linear fits.
  private func consider(_ tasks: Int, on data: EvaluationData, _ task: (Int) -> [SweepCandidate]) {
    let stop = engine.stop
    let candidates = engine.pool.map(tasks) { index, _ in stop.isDue() ? [] : task(index) }.flatMap(\.self)
    let order = candidates.indices.sorted {
      (candidates[$0].residualShare, $0) < (candidates[$1].residualShare, $1)
    }
    consider(order.prefix(Sweeping.mostCandidates).map { candidates[$0] }, on: data)
  }

  private func consider(_ candidates: [SweepCandidate], on data: EvaluationData) {
    engine.consider(candidates.map { library.sample.restored($0.nodes) }, on: data)
  }

  /// Lets the islands consider what would improve the newest members of the hall of fame.
  func backsolve(on data: EvaluationData) {
    guard engine.options.closedForms.contains(.backsolving) else { return }
    var chosen: [Formula] = []
    engine.hall.forEachMember { complexity in
      let formula = engine.hall.member(at: complexity).formula
      if complexity > 2, !backsolved.contains(formula.canonicalHash(abstractingConstants: true)) {
        chosen.append(formula)
      }
    }
    // The most accurate are the closest to the law.
    let most = Sweeping.backsolvedPerEpoch
    chosen = Array(chosen.suffix(engine.epoch <= Sweeping.earlyEpochs ? most.early : most.late))
    for formula in chosen { backsolved.insert(formula.canonicalHash(abstractingConstants: true)) }
    let (backsolver, stop, formulas) = (self.backsolver, engine.stop, chosen)
    let sample = library.sample
    let found = engine.pool.map(formulas.count) { index, evaluator -> [SweepCandidate] in
      guard !stop.isDue(), let nodes = sample.reduced(formulas[index].nodes) else { return [] }
      return backsolver.candidates(nodes, with: evaluator)
    }
    consider(found.flatMap(\.self), on: data)
  }
}

extension SearchEngine {
  /// Lets each island consider its share of the candidates.
  func consider(_ candidates: [[Node]], on data: EvaluationData) {
    let islands = UncheckedArray(self.islands)
    let stop = self.stop
    pool.forEach(islands.values.count) { number, evaluator in
      for index in stride(from: number, to: candidates.count, by: islands.values.count) {
        if stop.isDue() { return }
        islands.values[number].consider(candidates[index], on: data, with: evaluator)
      }
    }
    if !stop.isDue() { mergeArchives(from: data) }
    report(force: false)
  }
}
