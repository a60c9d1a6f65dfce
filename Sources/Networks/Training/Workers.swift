import Dispatch
import Synchronization

/// Work shared among Dispatch threads.
enum Workers {
  /// Calls `body` once for each number below `count` on up to `threads` threads; which of them takes which
  /// number depends on the clock, and must not matter.
  static func forEach(_ count: Int, threads: Int, _ body: @Sendable (Int) -> Void) {
    let workers = min(threads, count)
    if workers <= 1 {
      for item in 0..<count { body(item) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let item = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if item >= count { return }
        body(item)
      }
    }
  }
}
