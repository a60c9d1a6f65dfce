import Foundation
import SymbolicRegression
import Testing

@Suite struct RegressorTests {
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

  @Test("the program of the README compiles and finds Hubble's constant")
  func readme() async throws {
    let data = try Dataset(contentsOf: root + "/Datasets/hubble.csv", target: "velocity")
    var search = SymbolicRegressor(operators: "+ - * / exp", timeLimit: .seconds(2), seed: 1)
    search.options.maximumSize = 4
    let run = try await search.fit(data)
    let predicted = try run.best.predict(data)
    #expect(predicted.count == 24)
    #expect("\(run.best)".hasPrefix("velocity = "))
    #expect("\(run.best)".contains("complexity 3"))
    #expect(abs((run.best.formula.constants.first ?? 0) - 424) < 1)
  }

  @Test("an exact law is found, and the run says what it is")
  func exactLaw() async throws {
    let search = SymbolicRegressor(operators: "+ *", timeLimit: .seconds(10), seed: 3)
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
    let search = SymbolicRegressor(operators: "+ *", timeLimit: .seconds(5), seed: 1)
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
    let fitting = Task { try await search.fit(data) }
    for await event in events {
      if case .progress = event { break }
    }
    let cancelled = ContinuousClock.now
    fitting.cancel()
    let run = try await fitting.value
    #expect(run.stopReason == .interrupted)
    #expect(!run.front.isEmpty)
    #expect(ContinuousClock.now - cancelled < .seconds(3))
  }
}
