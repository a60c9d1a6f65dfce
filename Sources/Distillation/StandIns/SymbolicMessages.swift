import Expressions

/// Formulas that stand in a graph network for components of its messages: for some, while others stay the
/// network's own, or for all.
///
/// ```swift
/// let law = try await Distiller().law(recording)
/// var formulas = try SymbolicMessages(law, stateNames: data.featureNames)
/// formulas.isTrainable[0] = false
/// let symbolic = try network.replacingMessages(with: formulas)
/// _ = try Trainer(symbolic, data: data, options: options).run(threads: 2)
/// try symbolic.symbolicMessages?.write(to: "messages.json")
/// ```
///
/// Constants are trained like any parameter; components may share some, as those of one law do.
public struct SymbolicMessages: Hashable, Sendable {
  /// Names of a body's states, the position's coordinates first.
  public let stateNames: [String]
  /// Dimensions of space, 2 or 3.
  public let dimensions: Int
  /// Numbers of the components that are given.
  public let components: [Int]
  /// Values of the constants that occur in the formulas.
  public var constants: [Double]
  /// For each of ``constants``, whether it is trained. At first all are but whole exponents.
  public var isTrainable: [Bool]
  /// Factor of the learning rate for constants, which are trained in units of what they are.
  public var constantRate = 1.0
  /// Factor of the learning rate for the network's own parameters; 0 leaves them as they are.
  public var networkRate = 1.0
  let columns: EdgeColumns
  /// A formula for each of ``components``; what it has for constants means nothing.
  let formulas: [Formula]
  /// For each constant of each formula, its number in ``constants``.
  let slots: [[Int]]

  /// Formulas of texts in the project's grammar.
  ///
  /// - Parameters:
  ///   - components: numbers of components of the message, each with an expression in `r`, `dx`, `dy` (`dz`) and
  ///     both bodies' states: `m1` is the receiver's, `m2` the sender's.
  ///   - stateNames: names of a body's states, coordinates first.
  /// - Throws: ``SymbolicModelError`` for a text that is no expression in these.
  public init(
    _ components: [(output: Int, expression: String)], stateNames: [String], dimensions: Int
  ) throws(SymbolicModelError) {
    let columns = try EdgeColumns(stateNames: stateNames, dimensions: dimensions)
    var formulas: [Formula] = []
    for component in components { formulas.append(try columns.formula(component.expression)) }
    var slots: [[Int]] = []
    for formula in formulas {
      let first = slots.joined().count
      slots.append(Array(first..<first + formula.constants.count))
    }
    self.init(columns: columns, components: components.map(\.output), formulas: formulas, slots: slots)
  }

  /// Formulas whose constants have these numbers; the first that has a number gives its value.
  init(columns: EdgeColumns, components: [Int], formulas: [Formula], slots: [[Int]]) {
    self.columns = columns
    self.components = components
    self.formulas = formulas.map { $0.withConstants($0.constants.map { _ in 0 }) }
    self.slots = slots
    stateNames = columns.stateNames
    dimensions = columns.dimensions
    let count = (slots.joined().max() ?? -1) + 1
    constants = Array(repeating: 0, count: count)
    isTrainable = Array(repeating: true, count: count)
    for (formula, slots) in zip(formulas, slots).reversed() {
      let exponents = SymbolicMessages.wholeExponents(formula)
      for (index, slot) in slots.enumerated() {
        constants[slot] = formula.constants[index]
        if exponents.contains(index) { isTrainable[slot] = false }
      }
    }
  }

  /// The formula of a component in the project's grammar, with the present constants.
  public func expression(_ component: Int) -> String? {
    components.firstIndex(of: component).map { formula($0, constants).description(features: columns.names) }
  }

  /// For each component the numbers of its constants in ``constants``, in the order of its expression.
  public func constantNumbers(_ component: Int) -> [Int]? {
    components.firstIndex(of: component).map { slots[$0] }
  }

  /// Formula number `index` with values of ``constants``.
  func formula(_ index: Int, _ constants: [Double]) -> Formula {
    formulas[index].withConstants(slots[index].map { constants[$0] })
  }

  /// Which constants of a formula are exponents and whole.
  private static func wholeExponents(_ formula: Formula) -> Set<Int> {
    var found: Set<Int> = []
    for (index, node) in formula.nodes.enumerated() where node.operation == .power {
      let exponent = formula.nodes[index - 1]
      if exponent.isConstant, exponent.value == exponent.value.rounded() {
        found.insert(formula.nodes[..<(index - 1)].count { $0.isConstant })
      }
    }
    return found
  }
}
