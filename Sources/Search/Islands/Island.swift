import Algebra
import Evaluation
import Expressions
import Foundation
import Randomness

/// One population with everything it needs to evolve on its own for an epoch.
///
/// What an island does depends on its seed, its number, the epoch and what migrated in, never on the clock
/// (but for being stopped) or on how far other islands are: that is why results do not depend on the number
/// of threads. All memory is taken at the start; the inner loop allocates nothing.
final class Island {
  let number: Int
  var population: Population
  var frequencies: SizeFrequencies
  /// The best of each complexity on the current epoch's rows, written out in full.
  let archive: Archive
  /// What the island has done since it began.
  var work = SearchWork()
  /// Epochs since the island's own best improved.
  var staleEpochs = 0
  var bestCost = Double.infinity

  let settings: IslandSettings
  let breeder: Breeder
  private let simplifier: UnsafeMutablePointer<Node>
  private let allowed: OperatorMask
  private let affine: AffineForm
  private let hashStack: UnsafeMutablePointer<CanonicalHash.Entry>
  private let seen: SeenTable
  private var child: Genome
  private var second: Genome
  private var written: Genome

  init(
    number: Int, settings: IslandSettings, table: OperatorTable, constants: ConstantSource, featureCount: Int
  ) {
    self.number = number
    self.settings = settings
    breeder = Breeder(
      table: table, constants: constants, featureCount: featureCount, maximumSize: settings.maximumSize,
      maximumDepth: settings.maximumDepth)
    population = Population(size: settings.populationSize, capacity: breeder.capacity)
    frequencies = SizeFrequencies(sizes: settings.maximumSize, window: 20 * Double(settings.populationSize))
    archive = Archive(maximumSize: settings.maximumSize)
    seen = SeenTable(bits: 16)
    let room = breeder.capacity + AffineForm.extraNodes
    child = Genome(nodes: .allocate(capacity: room), count: 0)
    second = Genome(nodes: .allocate(capacity: room), count: 0)
    written = Genome(nodes: .allocate(capacity: room), count: 0)
    simplifier = .allocate(capacity: room)
    allowed = OperatorMask(table.set)
    affine = AffineForm(table.set)
    hashStack = .allocate(capacity: room)
    hashStack.initialize(repeating: CanonicalHash.Entry(), count: room)
  }

  deinit {
    population.deallocate()
    frequencies.deallocate()
    seen.deallocate()
    child.nodes.deallocate()
    second.nodes.deallocate()
    written.nodes.deallocate()
    simplifier.deallocate()
    hashStack.deallocate()
  }

  // MARK: - One epoch

  /// Tries children until the epoch's number of candidates is evaluated.
  ///
  /// - Returns: false when `stop` ended it early.
  @discardableResult
  func evolve(
    children wanted: Int, on data: EvaluationData, with evaluator: Evaluator, stop: StopSignal,
    _ random: inout RandomStream
  ) -> Bool {
    // A population that has tried everything near it finds little that is new: attempts are bounded, too.
    let attempts = 4 * wanted
    var tried = 0
    let before = work.evaluations
    while tried < attempts, work.evaluations - before < wanted {
      if tried & 7 == 0, stop.isDue() { return false }
      tried += 1
      let temperature = 1 - Double(work.evaluations - before) / Double(wanted)
      step(data, evaluator, temperature: temperature, &random)
    }
    staleEpochs += 1
    var best = Double.infinity
    for index in 0..<population.size { best = min(best, population.members[index].cost) }
    if best < bestCost - 1e-3 {
      bestCost = best
      staleEpochs = 0
    }
    return true
  }

  private func step(
    _ data: EvaluationData, _ evaluator: Evaluator, temperature: Double, _ random: inout RandomStream
  ) {
    let parent = breed(&random)
    guard parent >= 0, let hasConstants = prepare(&random) else { return }
    let parentCost = population.members[parent].cost
    let size = child.count
    let ratio = frequencies.share(population.members[parent].count) / frequencies.share(size)
    // Drawing the acceptance before the loss is known tells how large it may be, and evaluation stops there.
    let draw = -Foundation.log(1 - random.uniform()) + Foundation.log(ratio)
    let allowed = parentCost + settings.annealing * temperature * draw
    guard
      let cost = evaluate(
        on: data, with: evaluator, allowed: allowed, fits: hasConstants && settings.fitsConstants, &random)
    else { return }
    guard cost <= allowed || cost < parentCost else { return }
    frequencies.visit(size)
    admit(cost: cost)
  }

  /// Puts the child in the oldest member's place; a member that none as simple beats is spared now and then,
  /// for age alone should not lose what is known.
  private func admit(cost: Double) {
    var victim = population.oldest
    for _ in 0..<2 {
      guard isBestOfItsSize(victim) else { break }
      population.rejuvenate(victim)
      victim = population.oldest
    }
    population.replace(victim, with: child, cost: cost)
  }

  private func isBestOfItsSize(_ member: Int) -> Bool {
    let (cost, count) = (population.members[member].cost, population.members[member].count)
    for index in 0..<population.size where population.members[index].cost < cost {
      if population.members[index].count <= count { return false }
    }
    return true
  }

  // MARK: - From parents to a child worth evaluating

  /// Writes a child of one or two parents.
  ///
  /// - Returns: the index of the (first) parent, or -1 when the mutation did not apply.
  private func breed(_ random: inout RandomStream) -> Int {
    let parent = select(&random)
    let genome = population.genome(parent)
    if breeder.hints.rewrites, random.chance(settings.rewritingProbability) {
      return breeder.rewrite(genome, into: &child, &random) ? parent : -1
    }
    if breeder.hints.separates, random.chance(settings.joiningProbability) {
      return breeder.join(genome, population.genome(select(&random)), into: &child, &random) ? parent : -1
    }
    if random.chance(settings.crossoverProbability) {
      breeder.cross(genome, population.genome(select(&random)), into: &child, &random)
      return parent
    }
    guard breeder.mutate(genome, Mutation.draw(&random), into: &child, &random) else { return -1 }
    if child.count <= settings.maximumSize, random.chance(settings.secondMutationProbability) {
      if breeder.mutate(child, Mutation.draw(&random), into: &second, &random) { swap(&child, &second) }
    }
    return parent
  }

  /// A parent, or an emigrant.
  func select(_ random: inout RandomStream) -> Int {
    population.tournament(
      rounds: settings.tournamentRounds, frequencies: frequencies, price: settings.sizePrice,
      parsimony: settings.parsimony, &random)
  }

  /// Simplifies the child and looks it up.
  ///
  /// - Returns: nil for a child that is too large, a bare constant, or was seen before; otherwise whether it
  ///   has constants to be fitted.
  private func prepare(_ random: inout RandomStream) -> Bool? {
    guard child.count <= 2 * settings.maximumSize else { return nil }
    child.count = Simplifier.simplify(child.nodes, count: child.count, allowed: allowed, scratch: simplifier)
    affine.strip(&child)
    guard breeder.fits(child), !(child.count == 1 && child.nodes[0].isConstant) else { return nil }
    let hasConstants = child.constantCount > 0
    let abstracts = hasConstants && settings.fitsConstants
    let hash = CanonicalHash.hash(
      child.nodes, count: child.count, abstractingConstants: abstracts, stack: hashStack)
    if seen.insert(hash) {
      // Other starts may lead a structure's constants to another minimum: a few are tried.
      guard abstracts, random.chance(settings.refitProbability) else {
        work.duplicates += 1
        return nil
      }
    }
    return hasConstants
  }

  // MARK: - Evaluation

  /// Scores the child, fits its constants if it deserves it, and offers it to the archive.
  ///
  /// - Returns: its cost, or nil when it is not finite or is known to be above `allowed`.
  private func evaluate(
    on data: EvaluationData, with evaluator: Evaluator, allowed: Double, fits: Bool,
    _ random: inout RandomStream
  ) -> Double? {
    let unit = data.costUnit
    let wanted = max(Foundation.exp(min(allowed, 700)) * unit, archive.best(upTo: settings.maximumSize))
    work.evaluations += 1
    work.nodes += child.count
    let passesBefore = evaluator.fittingPasses
    defer { work.fittingPasses += evaluator.fittingPasses - passesBefore }
    var score = AffineScore.invalid
    if fits {
      score = fitted(on: data, with: evaluator, wanted: wanted, &random)
    } else {
      score = evaluator.score(child.nodes, child.count, on: data, limit: wanted)
    }
    guard score.loss.isFinite, breeder.resolves(child) else { return nil }
    offer(score, on: data, with: evaluator)
    return score.cost(unit: unit)
  }

  /// The child's score after its constants are fitted from the start it came with, and from others if that
  /// leads nowhere.
  ///
  /// A structure is tried once, so a bad start would lose it for good; short ones, which laws are, get more.
  private func fitted(
    on data: EvaluationData, with evaluator: Evaluator, wanted: Double, _ random: inout RandomStream
  ) -> AffineScore {
    let starts = child.count <= settings.shortSize ? settings.startsOfShort : 2
    var best = AffineScore.invalid
    for start in 0..<starts {
      if start > 0 {
        // A start that was no use is replaced; one that was finite is worth a second only for a short
        // expression.
        if best.loss <= wanted || (best.loss.isFinite && child.count > settings.shortSize) { break }
        written.copy(child)
        breeder.redrawConstants(&child, &random)
      }
      var score = evaluator.score(child.nodes, child.count, on: data, limit: .infinity)
      if score.loss.isFinite {
        // Two steps show where a fit is going; only one that gets near what is wanted is worth the others.
        score = fit(on: data, with: evaluator, from: score, steps: settings.firstFittingSteps)
        if score.loss <= max(2.7 * wanted, archive.best(upTo: child.count)) {
          score = fit(on: data, with: evaluator, from: score, steps: settings.fittingSteps)
        }
      }
      if score.loss < best.loss {
        best = score
      } else if start > 0 {
        child.copy(written)
      }
    }
    return best
  }

  private func fit(
    on data: EvaluationData, with evaluator: Evaluator, from score: AffineScore, steps: Int
  ) -> AffineScore {
    evaluator.fit(child.nodes, child.count, on: data, from: score, steps: steps)
  }

  /// Writes the child out with its factor and term, and without one or the other where that costs little, for
  /// the archive.
  private func offer(_ score: AffineScore, on data: EvaluationData, with evaluator: Evaluator) {
    let added = affine.addedNodes(child, scale: score.scale, shift: score.shift)
    if score.loss < archive.best(upTo: child.count + added) {
      offer(scale: score.scale, shift: score.shift, refits: false, on: data, with: evaluator)
    }
    guard added > 0, score.loss < archive.best(upTo: child.count) else { return }
    let refits = settings.fitsConstants && child.constantCount > 0
    offer(scale: 1, shift: 0, refits: refits, on: data, with: evaluator)
    guard added > 2, score.loss < archive.best(upTo: child.count + 2) else { return }
    let partial = evaluator.partialFits(of: child.nodes, child.count, on: data)
    offer(scale: partial.scaleOnly, shift: 0, refits: refits, on: data, with: evaluator)
    offer(scale: 1, shift: partial.shiftOnly, refits: refits, on: data, with: evaluator)
  }

  private func offer(
    scale: Double, shift: Double, refits: Bool, on data: EvaluationData, with evaluator: Evaluator
  ) {
    guard scale.isFinite, shift.isFinite, scale != 0 else { return }
    let size = child.count + affine.addedNodes(child, scale: scale, shift: shift)
    guard size <= settings.maximumSize else { return }
    written.copy(child)
    affine.finish(&written, scale: scale, shift: shift)
    written.relength()
    guard breeder.fits(written) else { return }
    // The constants were fitted with both a factor and a term around them; without one, others are best.
    if refits {
      evaluator.polish(written.nodes, written.count, on: data, steps: settings.fittingSteps)
    }
    let loss = evaluator.loss(written.nodes, written.count, on: data)
    guard loss < archive.best(upTo: written.count),
      !evaluator.dependsOnRounding(written.nodes, written.count, on: data, loss: loss)
    else { return }
    archive.offer(written, loss: loss)
  }

  // MARK: - Members from elsewhere

  /// Scores an expression of the library and offers it to the archive.
  ///
  /// - Returns: its cost; infinite when it is not finite.
  func enlist(_ nodes: UnsafeBufferPointer<Node>, on data: EvaluationData, with evaluator: Evaluator)
    -> Double
  {
    guard nodes.count <= settings.maximumSize, nodes.count > 1 || nodes[0].isFeature else { return .infinity }
    child.nodes.update(from: nodes.baseAddress!, count: nodes.count)
    child.count = nodes.count
    let score = evaluator.score(child.nodes, child.count, on: data, limit: .infinity)
    work.evaluations += 1
    work.nodes += child.count
    guard score.loss.isFinite, breeder.resolves(child) else { return .infinity }
    offer(score, on: data, with: evaluator)
    return score.cost(unit: data.costUnit)
  }

  /// Fits an expression that was proposed from outside, offers it to the archive, and puts it in the oldest
  /// member's place.
  func consider(_ nodes: [Node], on data: EvaluationData, with evaluator: Evaluator) {
    guard nodes.count <= 2 * settings.maximumSize else { return }
    for index in nodes.indices { child.nodes[index] = nodes[index] }
    child.count = nodes.count
    child.relength()
    child.count = Simplifier.simplify(child.nodes, count: child.count, allowed: allowed, scratch: simplifier)
    affine.strip(&child)
    guard breeder.fits(child), !(child.count == 1 && child.nodes[0].isConstant) else { return }
    var score = evaluator.score(child.nodes, child.count, on: data, limit: .infinity)
    work.evaluations += 1
    work.nodes += child.count
    guard score.loss.isFinite else { return }
    if settings.fitsConstants, child.constantCount > 0 {
      score = fit(on: data, with: evaluator, from: score, steps: settings.fittingSteps)
    }
    guard breeder.resolves(child) else { return }
    offer(score, on: data, with: evaluator)
    let cost = score.cost(unit: data.costUnit)
    let oldest = population.oldest
    if cost < population.members[oldest].cost { admit(cost: cost) }
  }

  /// Scores `genome`, an expression from the library, another island or the hall of fame, and puts it in the
  /// place of `index`.
  func settle(
    _ genome: Genome, at index: Int, on data: EvaluationData, with evaluator: Evaluator
  ) {
    child.copy(genome)
    affine.strip(&child)
    let score = evaluator.score(child.nodes, child.count, on: data, limit: .infinity)
    population.replace(index, with: child, cost: score.cost(unit: data.costUnit))
  }

  /// Fills the population with random expressions.
  func populate(
    on data: EvaluationData, with evaluator: Evaluator, stop: StopSignal, _ random: inout RandomStream
  ) {
    seen.clear()
    bestCost = .infinity
    staleEpochs = 0
    for index in 0..<population.size {
      // Whatever becomes of it, a member is an expression.
      child.count = 0
      child.append(.feature(0))
      population.replace(index, with: child, cost: .infinity)
      if stop.isDue() { continue }
      for _ in 0..<20 {
        breeder.randomise(&child, size: 1 + random.index(min(9, settings.maximumSize)), &random)
        affine.strip(&child)
        guard breeder.fits(child) else { continue }
        let score = evaluator.score(child.nodes, child.count, on: data, limit: .infinity)
        work.evaluations += 1
        work.nodes += child.count
        guard score.loss.isFinite else { continue }
        population.replace(index, with: child, cost: score.cost(unit: data.costUnit))
        break
      }
    }
  }

  /// Scores every member again, after the rows have changed.
  func rescore(on data: EvaluationData, with evaluator: Evaluator, stop: StopSignal) {
    for index in 0..<population.size {
      if stop.isDue() { return }
      let genome = population.genome(index)
      guard genome.count > 0 else { continue }
      let score = evaluator.score(genome.nodes, genome.count, on: data, limit: .infinity)
      population.members[index].cost = score.cost(unit: data.costUnit)
    }
  }
}
