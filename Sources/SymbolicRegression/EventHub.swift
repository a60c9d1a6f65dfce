import Search
import Synchronization

/// Hands the events of a search to every stream that was asked for.
final class EventHub: Sendable {
  private let readers = Mutex<[AsyncStream<SearchEvent>.Continuation]>([])

  /// A new stream of all that is sent from now on.
  func stream() -> AsyncStream<SearchEvent> {
    let (stream, continuation) = AsyncStream<SearchEvent>.makeStream(bufferingPolicy: .bufferingNewest(64))
    readers.withLock { $0.append(continuation) }
    return stream
  }

  func send(_ event: SearchEvent) {
    for reader in readers.withLock({ $0 }) { reader.yield(event) }
  }

  /// Ends all streams; later ones belong to the next fit.
  func finish() {
    let ending = readers.withLock { readers in
      defer { readers = [] }
      return readers
    }
    for reader in ending { reader.finish() }
  }
}
