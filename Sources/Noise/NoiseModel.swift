/// How the errors of a target behave: how large they are from row to row, and how far out they reach.
public struct NoiseModel: Sendable, Hashable, Codable {
  /// What the size of an error goes with.
  public enum Spread: String, Sendable, Hashable, Codable, CaseIterable {
    /// The same for all rows, but for their weights.
    case constant
    /// In proportion to the prediction.
    case proportional
    /// In proportion to the root of the prediction, as counts have it (Poisson).
    case counts
    /// Errors of the columns in proportion to their values, carried to the target by the derivatives.
    case proportionalColumns = "proportional in columns"
    /// Errors of the columns in proportion to their standard deviations, carried to the target likewise.
    case constantColumns = "constant in columns"
    /// Standard errors that the user has given.
    case known
  }

  /// How far out errors reach.
  public enum Tails: String, Sendable, Hashable, Codable, CaseIterable {
    /// Normal.
    case gaussian
    /// Student's t with three degrees of freedom: a few rows may be far off without moving the others' fit
    /// (Lange, Little and Taylor 1989).
    case student
  }

  /// Which rounding is counted besides.
  public enum Rounding: String, Sendable, Hashable, Codable, CaseIterable {
    /// That of floating point numbers.
    case machine
    /// That of the target's printed digits.
    case target
    /// That of the target's and the columns' printed digits.
    case columns
  }

  /// What the size of an error goes with.
  public var spread: Spread
  /// How far out errors reach.
  public var tails: Tails
  /// Which rounding is counted besides.
  public var rounding: Rounding
  /// Whether values beyond a limit were cut off there, as a sensor's are (Tobin 1958).
  public var isCutOff: Bool

  /// A model of these parts.
  public init(
    spread: Spread = .constant, tails: Tails = .gaussian, rounding: Rounding = .machine,
    isCutOff: Bool = false
  ) {
    self.spread = spread
    self.tails = tails
    self.rounding = rounding
    self.isCutOff = isCutOff
  }

  /// Nats by which a model has to explain the data better than normal errors of constant size: what is unusual
  /// needs evidence.
  var price: Double {
    let ofSpread: Double =
      switch spread {
      case .constant, .known: 0
      case .proportional: 1.5
      case .counts: 2
      case .proportionalColumns, .constantColumns: 4
      }
    return ofSpread + (tails == .student ? 2 : 0) + (isCutOff ? 4 : 0)
  }
}

/// What a user knows of the errors of the target.
public enum NoiseSetting: String, Sendable, Hashable, Codable, CaseIterable {
  /// Nothing: the model is chosen together with the equation.
  case auto
  /// Normal, of one size.
  case constant
  /// Normal, in proportion to the prediction.
  case proportional
  /// Normal, in proportion to the prediction's root.
  case counts
  /// With heavy tails: some rows may be far off.
  case robust

  /// The models to choose from.
  ///
  /// - Parameters:
  ///   - rows: rows of the data; few of them do not tell unusual models from chance.
  ///   - isNonnegative: whether the target may be counts.
  package func models(rows: Int, isNonnegative: Bool) -> [(NoiseModel.Spread, NoiseModel.Tails)] {
    switch self {
    case .constant: return [(.constant, .gaussian)]
    case .proportional: return [(.proportional, .gaussian)]
    case .counts: return [(.counts, .gaussian)]
    case .robust: return [(.constant, .student), (.proportional, .student)]
    case .auto:
      guard rows >= 10 else { return [(.constant, .gaussian)] }
      var spreads: [NoiseModel.Spread] = [.constant, .proportional]
      if rows >= 20 {
        if isNonnegative { spreads.append(.counts) }
        spreads += [.proportionalColumns, .constantColumns]
      }
      let tails: [NoiseModel.Tails] = rows >= 20 ? [.gaussian, .student] : [.gaussian]
      return tails.flatMap { tail in spreads.map { ($0, tail) } }
    }
  }
}
