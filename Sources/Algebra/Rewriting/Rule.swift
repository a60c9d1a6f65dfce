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

  /// Both sides as formulas in the variables.
  let sides: (left: Formula, right: Formula)
  let left: Pattern
  let right: Pattern
  /// The operator at the root of the left side.
  let rootOpcode: UInt8
  let conditions: [Condition]

  /// Variables of rules.
  static let variables = ["a", "b", "c"]

  /// A rule from its two sides in the grammar of formulas; nil when one cannot be read.
  init?(_ left: String, _ right: String, _ conditions: [Condition] = []) {
    guard let from = try? Formula(parsing: left, features: Rule.variables),
      let to = try? Formula(parsing: right, features: Rule.variables)
    else { return nil }
    sides = (from, to)
    self.left = Pattern(from)
    rootOpcode = from.nodes.last?.opcode ?? 0
    self.right = Pattern(to)
    self.conditions = conditions
  }

  /// Whether the conditions hold for what the variables match.
  func holds(_ classes: Binding, in graph: EqualityGraph) -> Bool {
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

extension Rule {
  /// The classes that variables stand for, -1 for none.
  struct Binding {
    var first = -1
    var second = -1
    var third = -1

    subscript(variable: Int) -> Int {
      get { variable == 0 ? first : variable == 1 ? second : third }
      set {
        switch variable {
        case 0: first = newValue
        case 1: second = newValue
        default: third = newValue
        }
      }
    }
  }
}

extension EqualityGraph {
  /// Calls `found` with every way in which the pattern's variables can be chosen for a class.
  func match(
    _ pattern: Rule.Pattern, _ index: Int, _ bound: Rule.Binding, _ found: (Rule.Binding) -> Void
  ) {
    let leader = find(index)
    switch pattern {
    case .variable(let variable):
      let known = bound[variable]
      if known < 0 {
        var bound = bound
        bound[variable] = leader
        found(bound)
      } else if find(known) == leader {
        found(bound)
      }
    case .number(let value):
      if knowledge[leader].constant == value { found(bound) }
    case .apply(let opcode, let arguments):
      for node in nodes[leader] where node.opcode == opcode {
        match(arguments[0], node.first, bound) { bound in
          if arguments.count == 1 { return found(bound) }
          match(arguments[1], node.second, bound) { bound in
            if arguments.count == 2 { return found(bound) }
            match(arguments[2], node.third, bound, found)
          }
        }
      }
    }
  }

  /// Adds the pattern with its variables replaced.
  func instantiate(_ pattern: Rule.Pattern, _ classes: Rule.Binding) -> Int {
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
