/// How the messages of a graph network are kept few, so that they align with forces (Cranmer et al. 2020,
/// "Discovering Symbolic Models from Deep Learning with Inductive Biases").
public enum MessageKind: String, CaseIterable, Codable, Sendable {
  /// Many components, and nothing keeps them few.
  case standard
  /// As many components as space has dimensions.
  case bottleneck
  /// Many components, whose magnitudes are penalised.
  case l1
  /// Each component is a normal distribution, kept near the standard one by its Kullback-Leibler divergence;
  /// a message is drawn from it in training, and is its mean otherwise.
  case kl
  /// Many components at first, of which the least important are switched off one after the other until there
  /// are as many as space has dimensions (Tan, Soubki and Cranmer 2026).
  case pruning

  /// Components of a message in `dimensions` dimensions, unless other numbers are asked for.
  public func width(dimensions: Int) -> Int { self == .bottleneck ? dimensions : 100 }

  /// The published weight of the penalty on messages.
  public var penalty: Double {
    switch self {
    case .l1: 1e-2
    case .kl: 1
    case .standard, .bottleneck, .pruning: 0
    }
  }
}
