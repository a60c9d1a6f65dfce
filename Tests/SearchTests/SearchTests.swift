import Evaluation
import Expressions
import Foundation
import Randomness
import Search
import Tables
import Testing

/// One after the other: every search takes the cores for itself.
@Suite(.serialized) struct SearchTests {
  private func dataset(rows: Int = 60, _ law: (Double, Double) -> Double) throws -> Dataset {
    var random = RandomStream(seed: 11)
    let x = (0..<rows).map { _ in random.uniform(0.5, 4) }
    let z = (0..<rows).map { _ in random.uniform(0.5, 4) }
    return try Dataset(
      features: [("x", x), ("z", z)], target: ("y", zip(x, z).map(law)), weights: nil)
  }

  private func options(_ change: (inout SearchOptions) -> Void = { _ in }) -> SearchOptions {
    var options = SearchOptions(seed: 3)
    options.threads = 2
    options.iterations = 4
    options.stopsWhenConverged = false
    options.populations = 4
    options.populationSize = 40
    change(&options)
    return options
  }

  private func front(_ data: Dataset, _ options: SearchOptions) throws -> [Equation] {
    try Search(data, options: options).runBlocking().front
  }

  private static let laws: [@Sendable (Double, Double) -> Double] = [
    { x, _ in (x * x * x).squareRoot() * 365 }, { x, z in x * z / 2 + 3 }, { x, z in exp(-1.7 * x) * z },
    { x, z in log(x + 2.5) / z },
  ]

  @Test(arguments: laws.indices)
  func `exact laws are found exactly`(index: Int) throws {
    let law = SearchTests.laws[index]
    let data = try dataset(law)
    let result = try Search(
      data,
      options: options {
        $0.iterations = 60; $0.stopsWhenConverged = true
      }
    ).runBlocking()
    let last = try #require(result.front.last)
    #expect(last.r2 > 1 - 1e-12, "\(last)")
    #expect(result.front[result.best].r2 > 1 - 1e-9, "\(result.front[result.best])")
  }

  @Test func `a front runs from simple to complex with falling losses that its formulas have`() throws {
    let data = try dataset { sin(3 * $0) + $1 }
    let front = try front(data, options())
    #expect(front.count > 3)
    for (a, b) in zip(front, front.dropFirst()) {
      #expect(a.complexity < b.complexity)
      #expect(a.loss > b.loss)
    }
    for equation in front {
      let predicted = try equation.predict(data)
      let loss =
        zip(predicted, data.target.array).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / Double(data.rowCount)
      #expect(abs(equation.loss - loss) <= 1e-9 * (loss + 1e-12))
      #expect(equation.standardErrors.count == equation.formula.constants.count)
      #expect(try Formula(parsing: equation.expression, features: equation.features) == equation.formula)
    }
  }

  @Test(arguments: [Precision.double, .single])
  func `the same seed gives the same bits at any number of threads`(precision: Precision) throws {
    let data = try dataset { $0 * exp(-$1) + 0.3 * $1 }
    let fronts = try [1, 2, 7].map { threads in
      try front(
        data,
        options {
          $0.threads = threads; $0.precision = precision
        })
    }
    for other in fronts.dropFirst() {
      #expect(other.map(\.formula) == fronts[0].map(\.formula))
      #expect(other.map { $0.loss.bitPattern } == fronts[0].map { $0.loss.bitPattern })
    }
  }

  @Test func `another seed gives another front where nothing is exact`() throws {
    let data = try dataset { $0 * exp(-$1) + 0.3 * sin(40 * $0 * $1) }
    let fronts = try [3, 4].map { seed in try front(data, options { $0.seed = seed }) }
    #expect(fronts[0].map(\.formula) != fronts[1].map(\.formula))
  }

  @Test func `hints guide a search the same way at any number of threads`() throws {
    let data = try dataset { sin($0 / $1) * exp($0 / $1 - 1) + 0.1 * $0 }
    let fronts = try [(1, true), (2, true), (1, false)].map { threads, follows in
      try front(
        data,
        options {
          $0.threads = threads; $0.usesStructureHints = follows
        })
    }
    #expect(fronts[0].map(\.formula) == fronts[1].map(\.formula))
    #expect(fronts[0].map { $0.loss.bitPattern } == fronts[1].map { $0.loss.bitPattern })
    #expect(fronts[0].map(\.formula) != fronts[2].map(\.formula))
  }

  @Test func `batches are the same at any number of threads, and losses are those of all rows`() throws {
    let data = try dataset(rows: 3_000) { $0 * $1 + log($0) }
    let fronts = try [1, 2].map { threads in
      try front(
        data,
        options {
          $0.threads = threads; $0.batchSize = 200
        })
    }
    #expect(fronts[0].map(\.formula) == fronts[1].map(\.formula))
    let best = try #require(fronts[0].last)
    let predicted = try best.predict(data)
    let loss = zip(predicted, data.target.array).map { ($0 - $1) * ($0 - $1) }.reduce(0, +) / 3_000
    #expect(abs(best.loss - loss) <= 1e-9 * (loss + 1e-12))
  }

  @Test(arguments: ["+ - * /", "* exp", "/ log", "sin cos", "+ square", "if - max"])
  func `only the allowed operators occur, within size and depth`(list: String) throws {
    let operators = try OperatorSet(parsing: list)
    let data = try dataset { sin($0) * $1 + 2 }
    for equation in try front(
      data,
      options {
        $0.operators = operators; $0.maximumSize = 11; $0.maximumDepth = 4; $0.iterations = 2
      })
    {
      #expect(equation.formula.operators.all.allSatisfy(operators.contains))
      #expect(equation.complexity <= 11)
      #expect(equation.formula.depth <= 4)
    }
  }

  @Test func `the stop rules hold and say so`() throws {
    let data = try dataset { sin(3 * $0) + cos(5 * $1) }
    #expect(try Search(data, options: options()).runBlocking().stopReason == .iterations)
    let counted = try Search(
      data,
      options: options {
        $0.iterations = nil; $0.maximumEvaluations = 20_000
      }
    ).runBlocking()
    #expect(counted.stopReason == .evaluations)
    #expect(counted.evaluations >= 20_000 && counted.evaluations < 25_000)
    let timed = try Search(
      data,
      options: options {
        $0.iterations = nil; $0.timeLimit = .milliseconds(700); $0.startedAt = .now
      }
    ).runBlocking()
    #expect(timed.stopReason == .timeout)
    #expect(timed.elapsed < 3 && timed.elapsed > 0.4)
    let none = try Search(data, options: options { $0.iterations = 0 }).runBlocking()
    #expect(none.iterations == 0 && !none.front.isEmpty)
  }

  @Test func `an exact fit ends the search`() throws {
    let data = try dataset { 3 * $0 / $1 }
    let result = try Search(
      data,
      options: options {
        $0.iterations = nil; $0.stopsWhenConverged = true; $0.timeLimit = .seconds(60)
      }
    ).runBlocking()
    #expect(result.stopReason == .converged)
    #expect(result.front[result.best].complexity == 5)
  }

  @Test(.timeLimit(.minutes(1))) func `a cancelled task gets what was found so far`() async throws {
    let data = try dataset { sin(3 * $0) + cos(5 * $1) }
    let search = try Search(data, options: options { $0.iterations = nil })
    let task = Task { await search.run() }
    try await Task.sleep(for: .milliseconds(300))
    let asked = ContinuousClock.now
    task.cancel()
    let result = await task.value
    #expect(ContinuousClock.now - asked < .seconds(10))
    #expect(result.stopReason == .interrupted)
    #expect(!result.front.isEmpty)
  }

  @Test func `events begin with the start, end with the finish, and carry fronts`() async throws {
    let data = try dataset { $0 + sin($1) }
    let search = try Search(data, options: options())
    let result = search.runBlocking()
    var events: [SearchEvent] = []
    for await event in search.events { events.append(event) }
    guard case .started(rows: 60, seed: 3)? = events.first, case .finished(.iterations)? = events.last else {
      Issue.record("\(events.count) events")
      return
    }
    let fronts = events.compactMap { if case .progress(let progress) = $0 { progress.front } else { nil } }
    #expect(!fronts.isEmpty && fronts.allSatisfy { !$0.isEmpty })
    #expect(result.front.count >= fronts[0].count / 2)
  }

  @Test func `a checkpoint goes on where the search stopped`() throws {
    let data = try dataset { sin(3 * $0) * $1 + 0.1 * $0 }
    let first = try Search(data, options: options())
    let before = first.runBlocking()
    let saved = try #require(first.checkpoint)
    let coded = try JSONDecoder().decode(SearchCheckpoint.self, from: JSONEncoder().encode(saved))
    let second = try Search(data, options: options { $0.iterations = 8 }, resuming: coded).runBlocking()
    #expect(second.iterations == 8)
    #expect(second.evaluations > before.evaluations)
    #expect(second.front.last!.loss <= before.front.last!.loss * (1 + 1e-9))
  }

  @Test func `held-out rows are not learned from`() throws {
    let data = try dataset(rows: 100) { $0 * $0 + $1 }
    let result = try Search(data, options: options { $0.validationFraction = 0.3 }).runBlocking()
    #expect(result.rows == 70)
    #expect(result.front.allSatisfy { $0.validationLoss != nil })
  }

  @Test(arguments: ["mae", "huber(0.2)", "logcosh", "abs(prediction - y)^1.5"])
  func `other losses are minimised`(text: String) throws {
    let data = try dataset { 2 * log($0) - $1 }
    let result = try Search(
      data,
      options: options {
        $0.loss = try! Loss(parsing: text); $0.iterations = 8
      }
    ).runBlocking()
    #expect(result.front.last!.loss < 1e-3)
  }

  @Test func `one row, a constant target and more columns than rows end well`() throws {
    let wide = (0..<8).map { [Double($0), Double($0 * $0)] }
    let cases: [([[Double]], [Double])] = [([[1]], [2]), ([[1, 2, 3]], [5, 5, 5]), (wide, [1, 2])]
    for (features, target) in cases {
      let data = try Dataset(
        features: features.enumerated().map { ("c\($0)", $1) }, target: ("y", target), weights: nil)
      let result = try Search(data, options: options { $0.iterations = 2 }).runBlocking()
      #expect(!result.front.isEmpty)
      #expect(result.front.last!.loss < 1e-9)
    }
  }

  @Test(arguments: [Precision.double, .single], ["mse", "mae"])
  func `one row is explained by a constant, whatever the settings`(precision: Precision, loss: String) throws
  {
    for (features, target) in [([1.0], [2.0]), ([0], [0]), ([1e300], [-1e300]), ([1e-300], [1e-300])] {
      let data = try Dataset(features: [("x", features)], target: ("y", target), weights: nil)
      let result = try Search(
        data,
        options: options {
          $0.precision = precision; $0.loss = try! Loss(parsing: loss); $0.iterations = 1
          $0.validationFraction = 0.5; $0.batchSize = 2
        }
      ).runBlocking()
      let simplest = try #require(result.front.first)
      #expect(simplest.complexity == 1 && simplest.loss == 0, "\(simplest)")
      #expect(try simplest.predict(data) == target)
    }
  }

  @Test(arguments: ["log(-1 - abs(prediction))", "log(-1 - abs(y)) + 0 * prediction", "prediction / (y - y)"])
  func `a loss that is never finite leaves nothing on the front`(text: String) throws {
    let data = try dataset { $0 + $1 }
    for validation in [0, 0.25] {
      let result = try Search(
        data,
        options: options {
          $0.loss = try! Loss(parsing: text); $0.validationFraction = validation
        }
      ).runBlocking()
      #expect(result.front.isEmpty)
      #expect(result.best == 0 && result.stopReason == .iterations)
    }
  }

  @Test(arguments: ["max-size", "threads", "populations", "validation", "batch-size", "timeout"])
  func `options out of range are refused by name`(name: String) throws {
    let data = try dataset { $0 + $1 }
    let wrong = options {
      switch name {
      case "max-size": $0.maximumSize = 0
      case "threads": $0.threads = 0
      case "populations": $0.populations = 0
      case "validation": $0.validationFraction = 1
      case "batch-size": $0.batchSize = 1
      default: $0.timeLimit = .seconds(-1)
      }
    }
    #expect { try Search(data, options: wrong) } throws: { "\($0)".contains("--\(name)") }
  }
}
