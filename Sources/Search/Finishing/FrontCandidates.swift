import Algebra
import Expressions

/// What may stand on the front: members of the hall of fame and, beside each, others of its complexity that are
/// about as good. Which of them is the law, the loss alone need not tell.
struct FrontCandidates {
  /// Others of each complexity, at most.
  private static let rivals = 2
  /// Lines, at most.
  private static let mostLines = 8
  /// How much larger the loss of a rival may be.
  private static let margin = 1.15

  /// Formulas with their losses on the rows of the search, from simple to complex.
  let members: [(formula: Formula, loss: Double)]

  init(_ engine: SearchEngine) {
    var members: [(formula: Formula, loss: Double)] = []
    var known: Set<UInt64> = []
    func add(_ formula: Formula, _ loss: Double) -> Bool {
      let tidied = formula.tidied(allowed: engine.options.operators)
      guard known.insert(tidied.canonicalHash(abstractingConstants: true)).inserted else { return false }
      members.append((tidied, loss))
      return true
    }
    engine.hall.forEachMember { complexity in
      _ = add(engine.hall.member(at: complexity).formula, engine.hall.loss(at: complexity))
    }
    engine.hall.forEachMember { complexity in
      let rivals = engine.rivals(of: complexity, within: FrontCandidates.margin)
      var left = FrontCandidates.rivals
      for rival in rivals where left > 0 {
        if add(rival.formula, rival.loss) { left -= 1 }
      }
    }
    for formula in engine.earlierFront { _ = add(formula, .infinity) }
    for formula in FrontCandidates.lines(engine) { _ = add(formula, .infinity) }
    self.members = members.enumerated().sorted {
      ($0.element.formula.complexity, $0.offset) < ($1.element.formula.complexity, $1.offset)
    }.map(\.element)
  }
}

extension FrontCandidates {
  /// Straight lines of the columns that occur: what anyone would try first, and what looks bent only by chance.
  private static func lines(_ engine: SearchEngine) -> [Formula] {
    let needed: [Operator] = [.multiply, .add]
    guard engine.options.maximumSize >= 5, needed.allSatisfy(engine.options.operators.contains) else {
      return []
    }
    var columns: Set<Int> = []
    engine.hall.forEachMember { columns.formUnion(engine.hall.member(at: $0).formula.featureIndices) }
    return columns.sorted().prefix(mostLines).compactMap { column in
      Formula([
        .constant(1), .feature(column), .operation(.multiply, argumentLength: 2),
        .constant(engine.full.targetMean),
        .operation(.add, argumentLength: 4),
      ])
    }
  }
}

extension SearchEngine {
  /// What the islands have of a complexity whose loss is within a factor of the hall's, the best first.
  func rivals(of complexity: Int, within factor: Double) -> [(formula: Formula, loss: Double)] {
    let limit = hall.loss(at: complexity) * factor
    return islands.compactMap { island in
      let loss = island.archive.loss(at: complexity)
      return loss <= limit ? (island.archive.member(at: complexity).formula, loss) : nil
    }.enumerated().sorted { ($0.element.loss, $0.offset) < ($1.element.loss, $1.offset) }.map(\.element)
  }
}
