import Expressions
import Search

extension SymbolicMessages {
  /// The formulas of a distilled law for components of the message. Constants of the law itself are shared by
  /// all components; each has its part of the linear map for itself.
  ///
  /// - Parameters:
  ///   - law: the law.
  ///   - member: index in its front; nil for the chosen one.
  ///   - components: numbers of the components to give, of those that the law explains; nil for all of them.
  ///   - stateNames: names of a body's states, coordinates first.
  ///   - derived: the columns that the law was given beside, as text: `s = q1 * q2`.
  /// - Throws: ``SymbolicModelError`` when there is no such member or component, or the law uses columns that
  ///   are not known.
  public init(
    _ law: DistilledLaw, member: Int? = nil, components: [Int]? = nil, stateNames: [String],
    derived: [String] = []
  ) throws(SymbolicModelError) {
    let member = member ?? law.best
    guard law.front.indices.contains(member) else {
      throw .setting("the front has \(law.front.count) laws, counted from 0; there is no number \(member)")
    }
    let columns = try EdgeColumns(stateNames: stateNames, dimensions: law.axes.count)
    let core = law.front[member].formula
    let given = components ?? law.components
    var formulas: [Formula] = []
    var slots: [[Int]] = []
    var next = core.constants.count
    for component in given {
      guard let place = law.components.firstIndex(of: component) else {
        throw .setting("the law explains the components \(law.components), not \(component)")
      }
      let equation = law.componentFronts[place][member]
      let formula = try columns.formula(equation.formula, features: equation.features, derived: derived)
      // Where derived columns bring constants along, none is shared.
      let isSame = formula.constants.count == equation.formula.constants.count
      let shared = isSame ? SymbolicMessages.constants(of: core, in: equation.formula) : nil
      let first = shared?.lowerBound ?? 0
      slots.append(
        formula.constants.indices.map { index in
          if let shared, shared.contains(index) { return index - first }
          defer { next += 1 }
          return next
        })
      formulas.append(formula)
    }
    self.init(
      columns: columns, components: given, formulas: formulas, slots: SymbolicMessages.numbered(slots))
  }

  /// Which constants of a formula are those of a part of it; nil where the part does not stand in it.
  private static func constants(of part: Formula, in whole: Formula) -> Range<Int>? {
    guard whole.nodes.count >= part.nodes.count else { return nil }
    for start in 0...(whole.nodes.count - part.nodes.count)
    where whole.nodes[start..<start + part.nodes.count].elementsEqual(part.nodes) {
      let first = whole.nodes[..<start].count { $0.isConstant }
      return first..<first + part.constants.count
    }
    return nil
  }

  /// The same numbers without gaps.
  private static func numbered(_ slots: [[Int]]) -> [[Int]] {
    let used = Set(slots.joined()).sorted()
    return slots.map { $0.map { used.firstIndex(of: $0) ?? 0 } }
  }
}
