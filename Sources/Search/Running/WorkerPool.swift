import Dispatch
import Evaluation
import Synchronization

/// A fixed number of Dispatch workers, each with scratch memory of its own.
///
/// Items are claimed one at a time, so an island that takes long does not hold up the others' worker. Which
/// worker takes which item depends on the clock; what is done with an item must not.
final class WorkerPool: @unchecked Sendable {
  let threads: Int
  private let evaluators: [Evaluator]

  init(threads: Int, makeEvaluator: () -> Evaluator) {
    self.threads = threads
    evaluators = (0..<threads).map { _ in makeEvaluator() }
  }

  /// The evaluator for work on the calling thread, while no ``forEach(_:_:)`` runs.
  var first: Evaluator { evaluators[0] }

  /// Calls `body` once for each number below `count`, on all workers; returns when all are done.
  func forEach(_ count: Int, _ body: @Sendable (Int, Evaluator) -> Void) {
    let next = Atomic<Int>(0)
    @Sendable func work(_ worker: Int) {
      while true {
        let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item, evaluators[worker])
      }
    }
    if threads == 1 || count <= 1 { return work(0) }
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { work($0) }
  }

  /// The results of `body` for each number below `count`, worked out on all workers.
  func map<Result>(_ count: Int, _ body: (Int, Evaluator) -> Result) -> [Result] {
    let slots = UnsafeMutableBufferPointer<Result?>.allocate(capacity: count)
    slots.initialize(repeating: nil)
    defer {
      slots.deinitialize()
      slots.deallocate()
    }
    let results = UncheckedArray([slots])
    withoutActuallyEscaping(body) { body in
      let work = UncheckedArray([body])
      forEach(count) { item, evaluator in results.values[0][item] = work.values[0](item, evaluator) }
    }
    return slots.compactMap(\.self)
  }
}
