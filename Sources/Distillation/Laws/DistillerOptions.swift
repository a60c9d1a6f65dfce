import Search

/// Everything that shapes the distillation of a law from recorded messages.
public struct DistillerOptions: Sendable {
  /// Options of the search for the law; ``SearchOptions/seed`` also draws the edges that are used.
  public var search: SearchOptions
  /// Names of the receiver's coordinates; nil for `x1`, `y1` and perhaps `z1`.
  public var receiver: [String]?
  /// Names of the sender's coordinates; nil for `x2`, `y2` and perhaps `z2`.
  public var sender: [String]?
  /// Further columns for the law, as text: `s = q1 * q2`.
  public var derived: [String] = []
  /// Inputs the law may depend on beside the distance; nil for all that are no positions.
  public var features: [String]?
  /// By what the components are chosen; nil for divergences where these are recorded, else spread.
  public var ranking: ComponentRanking?
  /// Most edges that are used, drawn at random.
  public var maximumEdges = 4000
  /// Robust R² from which messages count as a central force, and a law as their law.
  public var leastAgreement = 0.99

  /// Options with those of a search; by default up to 20 nodes of `+ - * / ^ exp log sqrt square`, 60 s.
  public init(search: SearchOptions? = nil, seed: UInt64? = nil) {
    if let search {
      self.search = search
    } else {
      var search = SearchOptions(seed: seed)
      search.maximumSize = 20
      search.timeLimit = .seconds(60)
      self.search = search
    }
  }

  /// By what the components of a recording are chosen.
  func ranking(of recording: MessageRecording) -> ComponentRanking {
    ranking ?? (recording.divergences == nil ? .spread : .divergence)
  }
}
