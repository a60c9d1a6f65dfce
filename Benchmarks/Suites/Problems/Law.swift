/// A law of nature as a family of functions: its shape is known, some of its constants are fitted.
public struct Law: Sendable {
  /// One of the constants that data decide.
  public struct Constant: Sendable, Hashable {
    /// Name, as in ``Law/text``.
    public let name: String
    /// The accepted value in the units of the data: where fits start.
    public let value: Double

    /// A constant with its accepted value.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// The law for people, in the names of the columns and of the constants.
  public let text: String
  /// Its shortest form in `+ - * / ^ exp log square cube`, with the accepted constants, in the project's
  /// grammar.
  public let simplestForm: String
  /// The free constants.
  public let constants: [Constant]
  /// The target for one row (features in the problem's order) at given constants (in the order of
  /// ``constants``).
  ///
  /// Written so that it neither overflows nor cancels where the law itself is tame.
  public let value: @Sendable (_ row: [Double], _ constants: [Double]) -> Double

  /// A law from its parts.
  public init(
    text: String, simplestForm: String, constants: [Constant],
    value: @escaping @Sendable (_ row: [Double], _ constants: [Double]) -> Double
  ) {
    self.text = text
    self.simplestForm = simplestForm
    self.constants = constants
    self.value = value
  }
}
