import Expressions

/// A rewriting rule: what matches the pattern equals the replacement, and both are defined at the same points.
struct Rule {
  /// What must be known of what a variable matches.
  enum Condition {
    case total(Int), nonzero(Int), nonnegative(Int), positive(Int)
    /// Between -1 and 1.
    case unit(Int)
    /// Numbers that are whole, and of one sign.
    case whole(Int), sameSign(Int, Int)
  }

  /// An expression with variables.
  indirect enum Pattern {
    case variable(Int)
    case number(Rational)
    case apply(UInt8, [Pattern])

    init(_ formula: Formula) {
      self = formula.reduce(
        leaf: { $0.isConstant ? .number(Rational(decimal: $0.value)) : .variable(Int($0.feature)) },
        branch: { .apply($0.rawValue, Array($1)) })
    }
  }

  let left: Pattern
  let right: Pattern
  let conditions: [Condition]

  /// Variables of rules.
  static let variables = ["a", "b", "c"]

  /// A rule from its two sides in the grammar of formulas; nil when one cannot be read.
  init?(_ left: String, _ right: String, _ conditions: [Condition] = []) {
    guard let from = try? Formula(parsing: left, features: Rule.variables),
      let to = try? Formula(parsing: right, features: Rule.variables)
    else { return nil }
    self.left = Pattern(from)
    self.right = Pattern(to)
    self.conditions = conditions
  }

  /// Whether the conditions hold for what the variables match.
  func holds(_ classes: [Int], in graph: EqualityGraph) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .total(let v): graph.knowledge[graph.find(classes[v])].isTotal
      case .nonzero(let v): graph.knowledge[graph.find(classes[v])].isNonzero
      case .nonnegative(let v): graph.knowledge[graph.find(classes[v])].isNonnegative
      case .positive(let v): graph.knowledge[graph.find(classes[v])].isPositive
      case .unit(let v):
        graph.knowledge[graph.find(classes[v])].enclosure.low >= -1
          && graph.knowledge[graph.find(classes[v])].enclosure.high <= 1
      case .whole(let v): graph.knowledge[graph.find(classes[v])].constant?.isInteger == true
      case .sameSign(let v, let w):
        (graph.knowledge[graph.find(classes[v])].constant?.sign ?? 2)
          == (graph.knowledge[graph.find(classes[w])].constant?.sign ?? 3)
      }
    }
  }
}

extension EqualityGraph {
  /// What the pattern's variables may stand for in a class, at most `limit` ways.
  func matches(_ pattern: Rule.Pattern, in index: Int, limit: Int) -> [[Int]] {
    var found: [[Int]] = []
    match([(pattern, index)], [-1, -1, -1], limit, &found)
    return found
  }

  private func match(
    _ open: [(Rule.Pattern, Int)], _ bound: [Int], _ limit: Int, _ found: inout [[Int]]
  ) {
    if found.count >= limit { return }
    guard let (pattern, index) = open.last else {
      found.append(bound)
      return
    }
    let rest = Array(open.dropLast())
    let leader = find(index)
    switch pattern {
    case .variable(let variable):
      if bound[variable] < 0 {
        var bound = bound
        bound[variable] = leader
        match(rest, bound, limit, &found)
      } else if find(bound[variable]) == leader {
        match(rest, bound, limit, &found)
      }
    case .number(let value):
      if knowledge[leader].constant == value { match(rest, bound, limit, &found) }
    case .apply(let opcode, let arguments):
      for node in nodes[leader] where node.opcode == opcode {
        match(rest + zip(arguments, node.children), bound, limit, &found)
      }
    }
  }

  /// Adds the pattern with its variables replaced.
  mutating func instantiate(_ pattern: Rule.Pattern, _ classes: [Int]) -> Int {
    switch pattern {
    case .variable(let variable): return find(classes[variable])
    case .number(let value): return add(.number(value))
    case .apply(let opcode, let arguments):
      var inner: [Int] = []
      for argument in arguments { inner.append(instantiate(argument, classes)) }
      return add(opcode, inner)
    }
  }
}
