import Foundation
import Networks
import Reports

/// A distilled law as it is written to `run.json` and printed by `--format json`: everything of `symreg.run/1`
/// under the schema `symreg.law/1`, and what is known of the messages.
public struct LawDocument: Encodable, Sendable {
  /// The search for the law; its front is the law's.
  public var run: RunDocument
  /// Whether the messages are a force, and the law is theirs.
  public var aligned: Bool
  /// The components of the message in terms of the law.
  public var components: [Component]
  /// The chosen law; nil where messages are no force, or the law does not explain them.
  public var law: Law?
  /// Why there is no law.
  public var reason: String?
  /// R² of the best linear map from the true forces to the messages; nil where these are not known.
  public var messageForce: Agreement?
  /// How much of the messages any force along the displacements explains, and how much the law.
  public var direction: RobustAgreement
  /// See ``direction``.
  public var agreement: RobustAgreement
  /// Masses of the bodies, refitted to their motions with the law; nil where none were.
  public var bodies: [BodyMass]?
  /// The law with the constants of that refit.
  public var refitted: Refitted?

  /// A law whose constants were fitted to motions.
  public struct Refitted: Encodable, Sendable {
    /// In the project's grammar.
    public var expression: String
    /// Its constants, as they occur.
    public var constants: [Constant]

    /// A constant.
    public struct Constant: Encodable, Sendable {
      /// Its value.
      public var value: Double
      /// Its standard error; nil where the motions do not tell it.
      public var standardError: Double?

      enum CodingKeys: String, CodingKey {
        case value
        case standardError = "standard_error"
      }
    }
  }

  /// A component of the message.
  public struct Component: Encodable, Sendable {
    /// Its number.
    public var output: Int
    /// Direction in space whose force it carries, of length 1.
    public var direction: [Double]
    /// The message as an equation, for each law of the front.
    public var front: [RunMember]
    /// Index into ``front``.
    public var best: Int
  }

  /// The chosen law.
  public struct Law: Encodable, Sendable {
    /// In the project's grammar.
    public var expression: String
    /// For `sympy.sympify`.
    public var sympy: String
    /// For LaTeX's math mode.
    public var latex: String
    /// Number of nodes.
    public var complexity: Int
    /// Root of the part of the messages' squares that the law leaves, worst tenth of the edges aside.
    public var relativeError: Double
    /// Along which displacement the force acts.
    public var along: [String]

    enum CodingKeys: String, CodingKey {
      case expression, sympy, latex, complexity
      case relativeError = "relative_error"
      case along
    }
  }

  /// Agreement with a known force.
  public struct Agreement: Encodable, Sendable {
    /// Over all edges.
    public var plain: Double
    /// Over the nine tenths that are predicted best.
    public var robust: Double
    /// The force's law.
    public var reference: String?
  }

  enum CodingKeys: String, CodingKey {
    case aligned, components, law, reason, bodies, refitted
    case messageForce = "message_force_r2"
    case direction = "direction_r2"
    case agreement = "law_r2"
  }

  /// The document of a law.
  ///
  /// - Parameter masses: what a refit to motions found; nil where there was none.
  public init(_ law: DistilledLaw, source: DataSource, masses: MassRefit? = nil) {
    run = RunDocument(RunHeading(law.dataset, options: law.search.options, source: source), law.search)
    run.schema = RunDocument.lawSchema
    run.front = law.front.map(RunMember.init)
    run.best = law.best
    aligned = law.isAligned
    components = law.components.enumerated().map { index, output in
      let row = law.matrix[index]
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return Component(
        output: output, direction: row.map { length > 0 ? $0 / length : 0 },
        front: law.componentFronts[index].map(RunMember.init), best: law.best)
    }
    let member = RunMember(law.law)
    reason = law.reason
    self.law =
      law.isAligned
      ? Law(
        expression: member.expression, sympy: member.sympy, latex: member.latex,
        complexity: member.complexity, relativeError: max(0, 1 - law.agreement.robust).squareRoot(),
        along: law.axes) : nil
    messageForce = law.messageForce.map {
      Agreement(plain: $0.plain, robust: $0.robust, reference: law.reference)
    }
    direction = law.direction
    agreement = law.agreement
    bodies = masses?.bodies
    refitted = masses.map { masses in
      Refitted(
        expression: masses.law.description(features: law.law.features),
        constants: zip(masses.law.constants, masses.constantErrors).map {
          Refitted.Constant(value: $0, standardError: $1)
        })
    }
  }

  /// Writes the run's fields with the law's own beside them.
  public func encode(to encoder: any Encoder) throws {
    try run.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(aligned, forKey: .aligned)
    try container.encode(components, forKey: .components)
    try container.encode(law, forKey: .law)
    try container.encodeIfPresent(reason, forKey: .reason)
    try container.encodeIfPresent(messageForce, forKey: .messageForce)
    try container.encode(direction, forKey: .direction)
    try container.encode(agreement, forKey: .agreement)
    try container.encodeIfPresent(bodies, forKey: .bodies)
    try container.encodeIfPresent(refitted, forKey: .refitted)
  }

  /// The document as JSON, keys sorted, with a line break at the end.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

extension RunFolder {
  /// Writes a law as the folder's run.
  ///
  /// - Throws: `RunFolderError`.
  public func write(law: LawDocument) throws(RunFolderError) {
    // The tables first: who finds run.json finds everything.
    try write(law.run)
    try write(json: "run.json") { try law.json() }
  }
}
