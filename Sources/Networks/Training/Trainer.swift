import Foundation
import Randomness
import Synchronization

/// Trains a network to predict accelerations.
///
/// Each batch is divided into a fixed number of shards, which threads take one at a time and whose gradients
/// are summed in a fixed order. So the same seed gives the same bits at any number of threads, and a training
/// that was interrupted goes on to the same bits as one that was not.
public final class Trainer: @unchecked Sendable {
  /// The network; its parameters change while ``run(threads:timeLimit:report:)`` runs.
  public let network: Network
  /// How it is trained.
  public let options: TrainingOptions
  /// What validations found so far.
  public private(set) var history: [ValidationRecord] = []
  /// Steps done.
  public private(set) var step = 0

  private let set: GraphSet
  private let training: [Int]
  private let validation: [Int]
  private let batch: Int
  private let passes: [any GraphPass]
  private let adam: Adam
  private let losses: UnsafeMutablePointer<BatchLoss>
  private var order: [Int] = []
  private var orderedEpoch = -1
  private var recentLoss = 0.0
  private let stopped = Atomic<Bool>(false)

  /// A training that begins with the network as it is.
  ///
  /// - Throws: ``NetworkError`` when data and network do not fit, or options make no sense.
  public init(_ network: Network, data: GraphSet, options: TrainingOptions) throws(NetworkError) {
    try options.validate()
    try network.architecture.check(data)
    self.network = network
    self.options = options
    set = data
    var stream = RandomStream(seed: options.seed, 2)
    var graphs = Array(0..<data.count)
    stream.shuffle(&graphs)
    let kept = min(data.count - 1, Int(Double(data.count) * options.validation))
    validation = Array(graphs[..<kept])
    training = graphs[kept...].sorted()
    batch = min(options.batch, training.count)
    let shards = min(options.shards, batch)
    let share = (batch + shards - 1) / shards
    passes = (0..<shards).map { _ in network.makePass(topology: data.topology, graphs: share) }
    if options.isRelative {
      for pass in passes { pass.typicalAcceleration = Float(data.typicalAcceleration) }
    }
    adam = Adam(
      count: network.parameters.count, ranges: network.rateFactors,
      gradients: passes.map(\.gradient))
    losses = .allocate(capacity: shards)
    losses.initialize(repeating: BatchLoss(), count: shards)
  }

  deinit { losses.deallocate() }

  /// Asks a running training to end after the step it is at.
  public func stop() { stopped.store(true, ordering: .relaxed) }

  /// Trains until all steps are done, the time is up or somebody asks to stop. May be called again to go on.
  ///
  /// - Parameters:
  ///   - threads: how many threads share the work.
  ///   - timeLimit: after how long to end; nil for no limit.
  ///   - interval: seconds between two reports.
  ///   - report: told now and then where the training stands, on the calling thread.
  /// - Throws: ``NetworkError/diverged(step:)`` when the loss is no longer a number.
  public func run(
    threads: Int, timeLimit: Duration? = nil, reportInterval interval: Double = 0.5,
    report: (TrainingProgress) throws -> Void = { _ in }
  ) throws -> TrainingEnd {
    let start = ContinuousClock.now
    var lastReport = start
    var sum = 0.0
    var count = 0
    func tell() throws {
      try report(
        progress(loss: count > 0 ? sum / Double(count) : 0, seconds: (.now - start) / .seconds(1)))
      (sum, count) = (0, 0)
    }
    while step < options.steps {
      if stopped.load(ordering: .relaxed) { return .stopped }
      if let timeLimit, .now - start >= timeLimit { return .timeLimit }
      let loss = try takeStep(threads: max(1, threads))
      sum += loss
      count += 1
      if .now - lastReport >= .seconds(interval) || step == options.steps {
        lastReport = .now
        try tell()
      }
    }
    return .finished
  }

  /// One step: gradients of all shards, then the optimiser. Returns the loss of the batch, a graph.
  private func takeStep(threads: Int) throws(NetworkError) -> Double {
    prepareOrder()
    let shards = passes.count
    Workers.forEach(shards, threads: threads) { self.work($0) }
    var total = BatchLoss()
    for shard in 0..<shards { total += losses[shard] }
    let loss = (total.error + total.penalty) / Double(batch)
    guard loss.isFinite else { throw .diverged(step: step) }
    let (rate, momentum) = options.schedule.at(step, of: options.steps, maximum: options.rate)
    let parameters = network.parameters
    // Small networks are not worth waking the others.
    let parts = parameters.count < 65_536 ? 1 : threads
    Workers.forEach(parts, threads: threads) { part in
      let range = part * parameters.count / parts..<(part + 1) * parameters.count / parts
      self.adam.step(
        self.step, rate: rate, momentum: momentum, decay: self.options.weightDecay, parameters: parameters,
        part: range)
    }
    step += 1
    recentLoss += loss
    if step % options.interval == 0 || step == options.steps { validate() }
    return loss
  }

  /// The order of the training graphs in the present epoch.
  private func prepareOrder() {
    let epoch = step / (training.count / batch)
    guard epoch != orderedEpoch else { return }
    orderedEpoch = epoch
    order = training
    var stream = RandomStream(seed: options.seed, 4, UInt64(epoch))
    stream.shuffle(&order)
  }

  /// The graphs of one shard: gathered, moved, evaluated and differentiated.
  private func work(_ shard: Int) {
    let pass = passes[shard]
    let first = shard * batch / passes.count
    let count = (shard + 1) * batch / passes.count - first
    let begin = step % (training.count / batch) * batch + first
    let augmentation = Augmentation(options, set: set, step: step)
    for index in 0..<count {
      let graph = order[begin + index]
      let states = pass.states.base + index * set.stateStride
      let targets = pass.targets.base + index * set.accelerationStride
      states.update(from: set.states.base + graph * set.stateStride, count: set.stateStride)
      targets.update(
        from: set.accelerations.base + graph * set.accelerationStride, count: set.accelerationStride)
      augmentation.apply(
        states: states, accelerations: targets, bodies: set.topology.bodies, features: set.features,
        stream: RandomStream(seed: options.seed, 5, UInt64(step), UInt64(first + index)))
    }
    if let pass = pass as? PairForcePass {
      let left = 1 - Double(step) / Double(options.steps)
      pass.massNoise = Float(options.massNoise * left * left)
    }
    losses[shard] = pass.train(
      graphs: count, batch: batch, stream: RandomStream(seed: options.seed, 6, UInt64(step), UInt64(shard)))
  }
}

// MARK: - Validation and state

extension Trainer {
  /// Measures the validation graphs, prunes messages that are due, and writes the history.
  private func validate() {
    let graphs = Array(validation.prefix(512))
    let since = step % options.interval == 0 ? options.interval : step % options.interval
    history.append(
      ValidationRecord(
        step: step, loss: recentLoss / Double(since), validation: graphs.isEmpty ? nil : error(on: graphs)))
    recentLoss = 0
    // A network in which formulas stand for messages has been pruned already.
    guard case .graphNetwork(let architecture) = network.architecture, architecture.messages == .pruning,
      network.formulas == nil
    else { return }
    let active = options.pruning.active(
      done: Double(step) / Double(options.steps), first: architecture.messageWidth,
      last: architecture.dimensions)
    let measured = graphs.isEmpty ? Array(training.prefix(512)) : graphs
    // The passes hold one share of a batch each.
    guard let pass = passes[0] as? GraphNetworkPass else { return }
    var messages: [Float] = []
    forEachShare(measured) { count in
      messages += UnsafeBufferPointer(
        start: pass.messages(graphs: count),
        count: count * set.topology.edges * architecture.messageWidth)
    }
    network.prune(to: active, messages: messages)
  }

  /// The error of some graphs, a graph.
  private func error(on graphs: [Int]) -> Double {
    var sum = 0.0
    forEachShare(graphs) { count in
      let predicted = passes[0].predict(graphs: count)
      for index in 0..<count * set.accelerationStride {
        sum += Double(abs(predicted[index] - passes[0].targets.base[index]))
      }
    }
    return sum / Double(graphs.count)
  }

  /// Gathers graphs into the first pass, as many as it holds, and calls `body` with how many they are.
  private func forEachShare(_ graphs: [Int], _ body: (Int) -> Void) {
    let pass = passes[0]
    let share = (batch + passes.count - 1) / passes.count
    for start in stride(from: 0, to: graphs.count, by: share) {
      let part = graphs[start..<min(start + share, graphs.count)]
      for (index, graph) in part.enumerated() {
        (pass.states.base + index * set.stateStride).update(
          from: set.states.base + graph * set.stateStride, count: set.stateStride)
        (pass.targets.base + index * set.accelerationStride).update(
          from: set.accelerations.base + graph * set.accelerationStride, count: set.accelerationStride)
      }
      body(part.count)
    }
  }

  private func progress(loss: Double, seconds: Double) -> TrainingProgress {
    TrainingProgress(
      step: step, steps: options.steps, epoch: Double(step) / Double(training.count / batch), loss: loss,
      validation: history.last?.validation,
      rate: options.schedule.at(max(0, step - 1), of: options.steps, maximum: options.rate).rate,
      activeMessages: network.mask.count > 0 ? network.mask.values.count { $0 != 0 } : nil, seconds: seconds)
  }

  /// What is needed to go on later; not while ``run(threads:timeLimit:reportInterval:report:)`` takes a step.
  public var state: TrainingState {
    TrainingState(
      step: step, parameters: network.parameters.values, mask: network.mask.values, mean: adam.mean.values,
      square: adam.square.values, history: history, recentLoss: recentLoss)
  }

  /// Takes a training up where it was left, with the same data and options.
  ///
  /// - Throws: ``NetworkError`` when the state is of another network.
  public func resume(from state: TrainingState) throws(NetworkError) {
    let count = network.parameters.count
    guard state.parameters.count == count, state.mean.count == count, state.square.count == count,
      state.mask.count == network.mask.count, (0...options.steps).contains(state.step)
    else { throw .badShape("the state of the training is that of another network or of more steps") }
    network.parameters.copy(state.parameters)
    network.mask.copy(state.mask)
    adam.mean.copy(state.mean)
    adam.square.copy(state.square)
    history = state.history
    step = state.step
    recentLoss = state.recentLoss
    orderedEpoch = -1
  }
}
