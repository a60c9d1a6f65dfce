import Algebra
import Dispatch
import Expressions
import Randomness

/// Whether simplification keeps values and domains, and what it costs.
public struct SimplificationCheck: Sendable, Codable {
  /// What is measured.
  public struct Settings: Sendable {
    /// Expressions for the rewriting inside a search.
    public var count = 100_000
    /// Expressions for exact shortening, the first of the same.
    public var exactCount = 2_000
    /// Nodes of an expression.
    public var size = 15
    /// Operators of the expressions.
    public var operators = RandomExpressions.Operators.all
    /// Points at which values are compared.
    public var points = 12
    /// Which expressions and points.
    public var seed: UInt64 = 1

    /// The usual settings.
    public init() {}
  }

  /// One kind of simplification.
  public struct Figures: Sendable, Codable {
    /// Expressions simplified.
    public var count = 0
    /// Expressions without a point at which the value, or whether there is one, was shown to have changed.
    public var preserved = 0
    /// Of those, the ones for which bounds or exact arithmetic decided one point at least.
    public var decided = 0
    /// Points at which exact fractions were compared, besides bounds.
    public var exactPoints = 0
    /// Median time of one simplification, in microseconds.
    public var medianMicroseconds = 0.0
    /// The time that 95 of 100 stay below.
    public var percentile95Microseconds = 0.0
    /// Mean number of nodes before.
    public var meanNodesBefore = 0.0
    /// Mean number of nodes after.
    public var meanNodesAfter = 0.0
    /// The first expressions that changed their value, with what became of them.
    public var violations: [String] = []

    enum CodingKeys: String, CodingKey {
      case count, preserved, decided, violations
      case exactPoints = "exact_points"
      case medianMicroseconds = "median_microseconds"
      case percentile95Microseconds = "percentile_95_microseconds"
      case meanNodesBefore = "mean_nodes_before"
      case meanNodesAfter = "mean_nodes_after"
    }
  }

  /// The rewriting that a search applies to every candidate, in place.
  public let search: Figures
  /// Exact shortening, for what people are shown.
  public let exact: Figures
  /// Nodes of an expression.
  public let size: Int
  /// Operators of the expressions.
  public let operators: RandomExpressions.Operators
  /// Seed of expressions and points.
  public let seed: UInt64
  /// The machine.
  public let machine: String

  /// Simplifies and compares.
  public init(measuring settings: Settings) {
    size = settings.size
    operators = settings.operators
    seed = settings.seed
    machine = Machine.name
    let expressions = RandomExpressions(settings.operators)
    let all = OperatorSet(Operator.allCases)
    var search = Tally()
    var exact = Tally()
    let buffer = UnsafeMutablePointer<Node>.allocate(capacity: 2 * settings.size)
    defer { buffer.deallocate() }
    for index in 0..<settings.count {
      var random = RandomStream(seed: settings.seed, UInt64(index))
      let formula = expressions.formula(size: settings.size, &random)
      search.measure {
        let (simplified, time) = SimplificationCheck.inSearch(formula, buffer)
        return (formula, simplified, time)
      }
      search.compare(settings, UInt64(index), isExact: false)
      if index < settings.exactCount {
        exact.measure {
          let start = DispatchTime.now().uptimeNanoseconds
          let simplified = formula.shortest(allowed: all)
          return (formula, simplified, Double(DispatchTime.now().uptimeNanoseconds - start) / 1000)
        }
        exact.compare(settings, UInt64(index), isExact: true)
      }
    }
    self.search = search.figures
    self.exact = exact.figures
  }

  /// Simplifies as an island does, in memory that is there; the time is the mean of several repetitions.
  private static func inSearch(_ formula: Formula, _ buffer: UnsafeMutablePointer<Node>) -> (Formula, Double)
  {
    let repetitions = 8
    let count = formula.nodes.count
    var length = 0
    let start = DispatchTime.now().uptimeNanoseconds
    formula.nodes.withUnsafeBufferPointer { nodes in
      guard let source = nodes.baseAddress else { return }
      for _ in 0..<repetitions {
        buffer.update(from: source, count: count)
        length = Simplifier.simplify(buffer, count: count, allowed: .all, scratch: buffer + count)
      }
    }
    let time = Double(DispatchTime.now().uptimeNanoseconds - start) / 1000 / Double(repetitions)
    return (Formula(unchecked: Array(UnsafeBufferPointer(start: buffer, count: length))), time)
  }
}

/// Gathers the figures of one kind of simplification.
private struct Tally {
  private(set) var partial = SimplificationCheck.Figures()
  private var times: [Double] = []
  private var pair: (Formula, Formula)?

  mutating func measure(_ body: () -> (Formula, Formula, Double)) {
    let (before, after, time) = body()
    times.append(time)
    partial.count += 1
    partial.meanNodesBefore += Double(before.complexity)
    partial.meanNodesAfter += Double(after.complexity)
    pair = (before, after)
  }

  mutating func compare(_ settings: SimplificationCheck.Settings, _ index: UInt64, isExact: Bool) {
    guard let (before, after) = pair else { return }
    // A search folds constants in 64 bits, each time with a relative error of 2⁻⁵³.
    let verdict = Preservation(
      of: before, by: after, points: settings.points, tolerance: isExact ? 0 : 1e-12,
      seed: settings.seed &+ index)
    var isKept = verdict != .violated
    if isExact, isKept {
      var random = RandomStream(seed: settings.seed, index, 1)
      for _ in 0..<4 {
        let values = (0..<RandomExpressions.featureCount).map { _ in
          Rational(random.index(199) - 99, over: 1 + random.index(97))
        }
        guard let old = before.exactValue(values), let new = after.exactValue(values) else { continue }
        partial.exactPoints += 1
        isKept = isKept && old == new
      }
    }
    if verdict == .kept { partial.decided += 1 }
    if isKept {
      partial.preserved += 1
    } else if partial.violations.count < 20 {
      partial.violations.append("\(before.description(features: [])) -> \(after.description(features: []))")
    }
  }

  var figures: SimplificationCheck.Figures {
    var result = partial
    let sorted = times.sorted()
    guard !sorted.isEmpty else { return result }
    result.medianMicroseconds = sorted[sorted.count / 2]
    result.percentile95Microseconds = sorted[min(sorted.count - 1, sorted.count * 95 / 100)]
    result.meanNodesBefore /= Double(sorted.count)
    result.meanNodesAfter /= Double(sorted.count)
    return result
  }
}
