import Expressions

extension SymbolicMessages: Codable {
  private static let currentSchema = "symreg.messages/1"

  private enum CodingKeys: String, CodingKey {
    case schema, dimensions, components, constants
    case stateNames = "state_names"
    case constantRate = "constant_rate"
    case networkRate = "network_rate"
  }

  /// A component as it is written: the expression with its constants, and their numbers.
  private struct ComponentDocument: Codable {
    let output: Int
    let expression: String
    let constants: [Int]
  }

  private struct ConstantDocument: Codable {
    let value: Double
    let trainable: Bool
  }

  /// Reads what ``encode(to:)`` writes.
  ///
  /// - Throws: `DecodingError`, or ``SymbolicModelError`` for expressions in what is not known, or constants that
  ///   do not fit them.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard schema == SymbolicMessages.currentSchema else {
      throw SymbolicModelError.setting(
        "the schema is \"\(schema)\", this program reads \(SymbolicMessages.currentSchema)")
    }
    let columns = try EdgeColumns(
      stateNames: container.decode([String].self, forKey: .stateNames),
      dimensions: container.decode(Int.self, forKey: .dimensions))
    let components = try container.decode([ComponentDocument].self, forKey: .components)
    let constants = try container.decode([ConstantDocument].self, forKey: .constants)
    let formulas = try components.map { try columns.formula($0.expression) }
    for (component, formula) in zip(components, formulas) {
      guard component.constants.count == formula.constants.count else {
        throw SymbolicModelError.setting(
          "component \(component.output) has \(formula.constants.count) constants, of which "
            + "\(component.constants.count) are numbered")
      }
    }
    guard Set(components.flatMap(\.constants)) == Set(constants.indices) else {
      throw SymbolicModelError.setting(
        "the components name other constants than the \(constants.count) there are")
    }
    self.init(
      columns: columns, components: components.map(\.output), formulas: formulas,
      slots: components.map(\.constants))
    self.constants = constants.map(\.value)
    isTrainable = constants.map(\.trainable)
    constantRate = try container.decode(Double.self, forKey: .constantRate)
    networkRate = try container.decode(Double.self, forKey: .networkRate)
  }

  /// Writes expressions in the project's grammar, constants in full precision, and no code.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(SymbolicMessages.currentSchema, forKey: .schema)
    try container.encode(stateNames, forKey: .stateNames)
    try container.encode(dimensions, forKey: .dimensions)
    let documents = components.indices.map {
      ComponentDocument(
        output: components[$0],
        expression: formula($0, constants).description(features: columns.names), constants: slots[$0])
    }
    try container.encode(documents, forKey: .components)
    try container.encode(
      zip(constants, isTrainable).map { ConstantDocument(value: $0, trainable: $1) }, forKey: .constants)
    try container.encode(constantRate, forKey: .constantRate)
    try container.encode(networkRate, forKey: .networkRate)
  }

  /// Writes the formulas to a JSON file.
  public func write(to path: String) throws { try LawFile.write(self, to: path) }

  /// Reads formulas that ``write(to:)`` wrote.
  public init(contentsOf path: String) throws { self = try LawFile.read(path) }
}
