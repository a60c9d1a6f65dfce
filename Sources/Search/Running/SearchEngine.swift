import Evaluation
import Expressions
import Foundation
import Noise
import Randomness
import Sweeps
import Tables

/// One run of a search, from enumeration to the polished front. Used from one thread, which sets the workers
/// to work.
final class SearchEngine {
  let options: SearchOptions
  let training: Dataset
  /// What was taken off the columns.
  let centring: Centring
  /// All rows, as the user weighs them.
  let plain: EvaluationData
  /// All rows, as the search weighs them.
  private(set) var full: EvaluationData
  let validation: EvaluationData?
  let stop: StopSignal
  let pool: WorkerPool
  let hall: Archive
  /// Which losses on ``full`` are rounding error.
  private(set) var rounding: RoundingError
  /// How the columns were sampled: which periods the rows can show. Empty where no operator has a period.
  let samplings: [ColumnSampling?]
  /// By which members of the front are weighed against each other.
  let descriptionLength: DescriptionLength
  /// The rows on which noise models are chosen, and those on which members are then weighed.
  let noiseRows: NoiseRows
  let judgingRows: NoiseRows
  /// How many these are at most.
  private static let mostRows = (choosing: 1_000, judging: 4_000)
  let box: BoxBehaviour
  /// What was on the front before rows were weighed otherwise.
  var earlierFront: [Formula] = []
  private(set) var islands: [Island] = []
  private(set) var epoch = 0
  private let clock: SearchClock
  private var batches: BatchSource
  private let emit: (SearchEvent) -> Void
  private let keep: (SearchCheckpoint) -> Void
  private var lastCheckpoint = StopSignal.now()
  private var convergence: Convergence
  private var reporter = ProgressReporter()
  private let settings: IslandSettings
  private var sweeping: Sweeping?
  private let hintSource: HintSource?

  init(
    dataset: Dataset, options: SearchOptions, stop: StopSignal, checkpoint: SearchCheckpoint?,
    centring: Centring,
    emit: @escaping (SearchEvent) -> Void, keep: @escaping (SearchCheckpoint) -> Void
  ) {
    self.options = options
    self.centring = centring
    self.stop = stop
    self.emit = emit
    self.keep = keep
    clock = SearchClock(options: options)
    let parts = dataset.split(validation: options.validationFraction, seed: options.seed)
    if let parts {
      training = parts.training
      validation = EvaluationData(parts.validation, precision: .double)
    } else {
      training = dataset
      validation = nil
    }
    plain = EvaluationData(training, precision: options.precision)
    judgingRows = NoiseRows(training, most: SearchEngine.mostRows.judging)
    noiseRows =
      training.rowCount <= SearchEngine.mostRows.choosing
      ? judgingRows
      : NoiseRows(training, most: SearchEngine.mostRows.choosing, frame: judgingRows.frame)
    full =
      SearchEngine.withoutCutOff(training, plain, rows: judgingRows, options: options) ?? plain
    box = BoxBehaviour(training, seed: options.seed)
    let nodes = 2 * options.maximumSize + 16
    let loss = options.loss
    let affine = AffineForm(options.operators).mode
    pool = WorkerPool(threads: options.threads) { Evaluator(capacity: nodes, loss: loss, affine: affine) }
    hall = Archive(maximumSize: options.maximumSize)
    batches = BatchSource(full, batchSize: options.batchSize, seed: options.seed)
    rounding = RoundingError(full)
    samplings =
      options.operators.all.contains(where: \.isPeriodic)
      ? ColumnSampling.all(full, seed: options.seed) : []
    descriptionLength = DescriptionLength(
      rows: full.rowCount, symbols: options.operators.all.count + full.featureCount + 1,
      isSquared: options.loss == .meanSquaredError)
    convergence = Convergence(
      isOn: options.stopsWhenConverged, data: full, measure: descriptionLength, rounding: rounding,
      noiseRows: noiseRows)
    settings = IslandSettings(
      populationSize: options.populations > 0 ? options.populationSize : 1, maximumSize: options.maximumSize,
      maximumDepth: options.maximumDepth, parsimony: options.parsimony, fitsConstants: options.fitsConstants)
    hintSource =
      options.usesStructureHints && full.featureCount > 1 ? HintSource(full, seed: options.seed) : nil
    makeIslands(checkpoint)
  }

  private func makeIslands(_ checkpoint: SearchCheckpoint?) {
    let table = OperatorTable(options.operators)
    var random = RandomStream(seed: options.seed, 1)
    let rows = (0..<min(32, full.rowCount)).map { _ in random.index(full.rowCount) }
    let constants = ConstantSource(
      features: (0..<full.featureCount).map { index in { self.full.feature(index, row: $0) } }, rows: rows,
      samplings: samplings)
    islands = (0..<options.populations).map {
      Island(
        number: $0, settings: settings, table: table, constants: constants, featureCount: full.featureCount)
    }
    guard let checkpoint else { return }
    epoch = checkpoint.epoch
    earlier.evaluations = checkpoint.evaluations
    for (island, saved) in zip(islands, checkpoint.islands) {
      island.restore(saved, featureCount: full.featureCount)
    }
    for text in checkpoint.hallOfFame {
      if let formula = SearchCheckpoint.formula(text, featureCount: full.featureCount) {
        offer(formula, fits: false)
      }
    }
  }

  /// Offers a formula to the hall of fame.
  ///
  /// - Parameter fits: whether its constants are fitted first.
  func offer(_ formula: Formula, fits: Bool) {
    guard formula.complexity <= options.maximumSize else { return }
    var nodes = formula.nodes
    nodes.withUnsafeMutableBufferPointer {
      let genome = Genome(nodes: $0.baseAddress!, count: $0.count)
      if fits { pool.first.polish(genome.nodes, genome.count, on: full, steps: 20) }
      hall.offer(genome, loss: pool.first.loss(genome.nodes, genome.count, on: full))
    }
  }

  /// What everyone has done so far.
  var work: SearchWork {
    var total = earlier
    for island in islands { total += island.work }
    return total
  }
  /// What was done before the islands began: in the run that is continued.
  private var earlier = SearchWork()

  // MARK: - The run

  /// Runs to the end; every stop rule is looked at between epochs, the clock and requests between candidates.
  func run() -> SearchResult {
    stop.setDeadline(clock.searchDeadline(rows: full.rowCount))
    emit(.started(rows: full.rowCount, seed: options.seed))
    offerConstants()
    let sweeping = Sweeping(self)
    self.sweeping = sweeping
    if epoch == 0 { begin(sweeping) }
    report(force: true)
    var reason = stopReason()
    if reason == nil, epoch == 0 { followNoise() }
    while reason == nil {
      runEpoch()
      reason = stopReason()
      if reason == nil, SearchEngine.noiseEpochs.contains(epoch) { followNoise() }
      report(force: false)
      saveCheckpoint(force: reason != nil)
    }
    clock.beginFinishing(stop)
    let result = FrontBuilder(engine: self, clock: clock).finish(reason ?? .interrupted)
    emit(.finished(result.stopReason))
    return result
  }

  /// Whether the hall of fame holds an expression that leaves only rounding error.
  var isExact: Bool {
    convergence.isExact || hall.best(upTo: hall.maximumSize) < 1e-24 * full.costUnit
  }

  /// Why the search ends that has converged, in a sentence.
  var convergenceReason: String { convergence.reason }

  /// Looks whether a new member of the hall of fame leaves only rounding error.
  func lookForExactFit() { convergence.look(at: hall, epoch: epoch, with: pool.first) }

  private func stopReason() -> StopReason? {
    if stop.isRequested { return .interrupted }
    if stop.isPastDeadline { return .timeout }
    if let limit = options.iterations, epoch >= limit { return .iterations }
    if let limit = options.maximumEvaluations, work.evaluations >= limit { return .evaluations }
    if convergence.holds(hall, epoch: epoch, with: pool.first) { return .converged }
    return nil
  }

  /// The simplest members: the best constant, and each loss's own constants come from polishing.
  private func offerConstants() {
    var node = Node.constant(full.targetMean)
    withUnsafeMutablePointer(to: &node) { pointer in
      let genome = Genome(nodes: pointer, count: 1)
      if options.fitsConstants || options.loss != .meanSquaredError {
        pool.first.polish(genome.nodes, 1, on: full, steps: 40)
      }
      let loss = pool.first.loss(genome.nodes, 1, on: full)
      if loss.isFinite { hall.offer(genome, loss: loss) }
    }
  }

  /// First populations and first members of the hall of fame, from the library and the sweeps over it.
  private func begin(_ sweeping: Sweeping) {
    let data = batches.batch(epoch: 0)
    let founders = Founders(
      library: sweeping.library, islands: islands, hall: hall, pool: pool, stop: stop)
    founders.scoreLibrary(on: data)
    mergeArchives(from: data)
    guard !stop.isDue() else { return }
    founders.settle(on: data, seed: options.seed)
    // The library has the most relevant of many columns only.
    let others = Set(0..<full.featureCount).subtracting(sweeping.library.sample.selected).sorted()
    consider(others.map { [.feature($0)] }, on: data)
    report(force: true)
    guard full.featureCount > 0 else { return }
    // Sweeps take long, and on wrong weights find little.
    if !followNoise(isEarly: true) { sweeping.run(on: data) }
  }

  /// Weighs rows as errors behave; what was found in closed form is then looked for again.
  ///
  /// - Returns: whether rows weigh otherwise now.
  @discardableResult
  private func followNoise(isEarly: Bool = false) -> Bool {
    guard adaptToNoise(isEarly: isEarly) else { return false }
    let sweeping = Sweeping(self)
    self.sweeping = sweeping
    if full.featureCount > 0, epoch == 0 { sweeping.run(on: batches.batch(epoch: epoch)) }
    return true
  }

  /// Takes over rows that weigh otherwise: whatever was measured on the others is measured again.
  func weigh(_ view: EvaluationData) {
    full = view
    batches = BatchSource(full, batchSize: options.batchSize, seed: options.seed)
    rounding = RoundingError(full)
    convergence = Convergence(
      isOn: options.stopsWhenConverged, data: full, measure: descriptionLength, rounding: rounding,
      noiseRows: noiseRows, from: epoch)
    hall.clear()
    offerConstants()
    let islands = UncheckedArray(self.islands)
    let (data, stop) = (batches.batch(epoch: epoch), self.stop)
    pool.forEach(islands.values.count) { number, evaluator in
      islands.values[number].archive.clear()
      islands.values[number].rescore(on: data, with: evaluator, stop: stop)
    }
  }

  private func runEpoch() {
    epoch += 1
    let epoch = self.epoch
    // Which forms are exact some rows tell as well.
    let data = batches.batch(epoch: epoch, atMost: isExact ? SearchEngine.exactRows : nil)
    let isBatched = data !== full
    let seed = options.seed
    let stop = self.stop
    let islands = UncheckedArray(self.islands)
    let children = childrenThisEpoch()
    hintSource?.update(self.islands, from: hall, with: pool.first)
    pool.forEach(islands.values.count) { number, evaluator in
      var random = RandomStream(seed: seed, 2, UInt64(number), UInt64(epoch))
      let island = islands.values[number]
      if isBatched {
        island.archive.clear()
        island.rescore(on: data, with: evaluator, stop: stop)
      }
      island.evolve(children: children, on: data, with: evaluator, stop: stop, &random)
    }
    mergeArchives(from: data)
    if !stop.isDue() { sweeping?.backsolve(on: data) }
    if !stop.isDue() { Migration(engine: self, data: data).run() }
  }

  /// Children of each island, and rows, once an exact expression is known.
  private static let exactChildren = 100
  private static let exactRows = 200
  /// Children of each island while nothing but noise seems to be left.
  private static let noiseChildren = 400

  /// Children of each island. The first epochs are short: an exact law, found before evolution, should not
  /// wait long for its confirmation.
  private func childrenThisEpoch() -> Int {
    // Nothing but a simpler form is left to find.
    if isExact { return SearchEngine.exactChildren }
    let most = convergence.looksDone ? SearchEngine.noiseChildren : settings.childrenPerEpoch
    let usual = min(most, settings.childrenPerEpoch >> max(0, 5 - epoch))
    guard let limit = options.maximumEvaluations else { return usual }
    let left = max(0, limit - work.evaluations)
    return max(1, min(usual, (left + islands.count - 1) / islands.count))
  }

  // MARK: - What the islands found

  /// Takes each island's improvements, in the islands' order, polishes them and offers them to the hall of
  /// fame.
  func mergeArchives(from data: EvaluationData) {
    let candidates = Archive(maximumSize: options.maximumSize)
    for island in islands {
      island.archive.takeChanges { complexity in
        let loss = island.archive.loss(at: complexity)
        if data !== full || loss < hall.best(upTo: complexity) {
          candidates.offer(island.archive.member(at: complexity), loss: loss)
        }
      }
    }
    var complexities: [Int] = []
    candidates.forEachMember { complexities.append($0) }
    HallPolish(hall: hall, pool: pool, full: full, fits: options.fitsConstants, stop: stop)
      .offer(candidates, complexities, from: data)
  }

  // MARK: - Telling

  private func saveCheckpoint(force: Bool) {
    guard force || StopSignal.now() - lastCheckpoint > 3_000_000_000 else { return }
    lastCheckpoint = StopSignal.now()
    var members: [String] = []
    hall.forEachMember { members.append(SearchCheckpoint.text(hall.member(at: $0).formula)) }
    keep(
      SearchCheckpoint(
        seed: options.seed, epoch: epoch, evaluations: work.evaluations, islands: islands.map(\.saved),
        hallOfFame: members))
  }

  func report(force: Bool) {
    let work = self.work
    guard
      let pace = reporter.next(evaluations: work.evaluations, hallVolume: hall.volume(floor: 0), force: force)
    else {
      return
    }
    let front = FrontBuilder(engine: self, clock: clock).snapshot()
    emit(
      .progress(
        SearchProgress(
          elapsed: clock.elapsed, evaluations: work.evaluations, evaluationsPerSecond: pace,
          iterations: epoch,
          fractionDone: clock.fractionDone(epoch: epoch, evaluations: work.evaluations, options: options),
          secondsLeft: clock.secondsLeft, front: front.equations, best: front.best)))
  }
}

/// Lets workers share what they use one item at a time.
struct UncheckedArray<Element>: @unchecked Sendable {
  let values: [Element]
  init(_ values: [Element]) { self.values = values }
}
