import Foundation
import SymbolicRegression
import Testing

/// One after the other: each search wants all cores.
@Suite(.serialized) struct RegressorTests {
  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  private func line() throws -> Dataset {
    let x = (0..<30).map { Double($0) / 3 }
    return try Dataset(features: [("x", x)], target: ("y", x.map { 2.5 * $0 + 1 }))
  }

  private func noise() throws -> Dataset {
    let x = (0..<60).map { Double($0) / 7 }
    return try Dataset(
      features: [("x", x)], target: ("y", (0..<60).map { Double($0 * 7919 % 101) / 10 }))
  }

  // The README's program, word for word but for the folder and for whoever watches it.
  private func program(watched: (SymbolicRegressor) -> Void) async throws -> (Run, [Double]) {
    let data = try Dataset(contentsOf: root + "/Datasets/hubble.csv", target: "velocity")
    let search = SymbolicRegressor(operators: "+ - * / exp", timeLimit: .seconds(20), seed: 1)
    watched(search)
    let run = try await search.fit(data)
    print(run.best)
    let predicted = try run.best.predict(data)
    return (run, predicted)
  }

  @Test("the README's program finds Hubble's constant")
  func readme() async throws {
    // Cancelled when it is there: the noise keeps a search busy for as long as it may run.
    let (searches, watcher) = AsyncStream.makeStream(of: AsyncStream<SearchEvent>.self)
    let running = Task { try await program { watcher.yield($0.events) } }
    watching: for await events in searches {
      for await case .progress(let progress) in events
      where progress.front.contains(where: { $0.complexity == 3 && $0.r2 > 0.6 }) {
        break watching
      }
      break
    }
    running.cancel()
    let (run, predicted) = try await running.value
    #expect(predicted.count == 24 && predicted.allSatisfy(\.isFinite))
    #expect(run.best.description.hasPrefix("velocity = "))
    let law = try #require(run.front.first { $0.complexity == 3 })
    #expect(law.description.contains("(complexity 3, loss 5.03"))
    #expect(abs((law.formula.constants.first ?? 0) - 423.937) < 0.001)
  }

  @Test("an exact law is found, and the run says what it is")
  func exactLaw() async throws {
    var search = SymbolicRegressor(operators: "+ *", timeLimit: .seconds(10), seed: 3)
    search.options.maximumSize = 5
    let run = try await search.fit(try line())
    #expect(run.best.loss < 1e-20)
    #expect(run.stopReason == .converged)
    #expect(run.seed == 3)
    #expect(run.document.front.count == run.front.count)
    #expect(run.document.front[run.document.best].expression == run.best.expression)
    #expect(run.description.contains("> "))
  }

  @Test("operators that cannot be read are told by fit")
  func operators() async throws {
    let search = SymbolicRegressor(operators: "+ nope")
    let data = try line()
    await #expect(throws: OperatorError.self) { () async throws -> Void in
      _ = try await search.fit(data)
    }
  }

  @Test("options out of range are told by fit")
  func options() async throws {
    var options = SearchOptions(seed: 1)
    options.maximumSize = 0
    let search = SymbolicRegressor(options: options)
    let data = try line()
    await #expect(throws: SearchOptionsError.self) { () async throws -> Void in
      _ = try await search.fit(data)
    }
  }

  @Test("events can be asked for before the fit; every reader gets them, and the stream ends")
  func events() async throws {
    let search = SymbolicRegressor(operators: "+ *", timeLimit: .seconds(1), seed: 1)
    let readers = [search.events, search.events]
    let counts = readers.map { events in
      Task {
        var last: SearchEvent?
        for await event in events { last = event }
        return last
      }
    }
    let run = try await search.fit(try line())
    for count in counts {
      guard case .finished(let reason) = await count.value else {
        Issue.record("the last event is not the end")
        continue
      }
      #expect(reason == run.stopReason)
    }
  }

  @Test("a cancelled fit returns what it found")
  func cancellation() async throws {
    let data = try noise()
    let search = SymbolicRegressor(timeLimit: .seconds(60), seed: 1)
    let events = search.events
    let began = ContinuousClock.now
    let fitting = Task { try await search.fit(data) }
    for await event in events {
      if case .progress = event { break }
    }
    let waited = ContinuousClock.now - began
    fitting.cancel()
    let run = try await fitting.value
    #expect(run.stopReason == .interrupted)
    #expect(!run.front.isEmpty)
    #expect(run.elapsed < waited / .seconds(1) + 2)
  }
}
