import Expressions
import Search

/// The fronts a search told of while it ran.
struct FrontWatch: Sendable {
  /// A front and when it was told of.
  struct Moment: Sendable {
    /// Seconds since the start of the search.
    let elapsed: Double
    /// The members, from simple to complex.
    let front: [Formula]
  }

  /// The fronts, first to last, repeats left out.
  private(set) var moments: [Moment] = []

  /// Watches `search` to its end.
  ///
  /// Fronts are only noted, so that judging them takes nothing from the search; with `stopping` they are
  /// judged at once, and the search is stopped when a member is the law. Judging then takes at most a tenth
  /// of the time.
  static func watch(_ search: Search, stopping judge: (any FormulaJudge)?) async -> FrontWatch {
    var watch = FrontWatch()
    var judging = judge.map { FrontJudge($0) }
    let clock = ContinuousClock()
    let start = clock.now
    var spent = Duration.zero
    for await event in search.events {
      guard case .progress(let progress) = event else { continue }
      let front = progress.front.map(\.formula)
      if watch.moments.last?.front == front { continue }
      watch.moments.append(Moment(elapsed: progress.elapsed, front: front))
      guard judging != nil, spent * 10 <= clock.now - start else { continue }
      var isSolved = false
      spent += clock.measure { isSolved = judging?.isSolved(front) ?? false }
      if isSolved {
        search.stop()
        judging = nil
      }
    }
    return watch
  }

  /// Seconds until the first front with a member that is the law; nil where no front had one.
  func secondsToSolution(_ judge: inout FrontJudge) -> Double? {
    for moment in moments where judge.isSolved(moment.front) { return moment.elapsed }
    return nil
  }
}
