import CNetworkKernels

/// What a layer does to each of its sums.
public enum Activation: String, CaseIterable, Codable, Sendable {
  /// max(z, 0)
  case relu
  /// z, or 0.01 z below 0
  case leakyReLU = "leaky_relu"
  /// z, or exp(z) - 1 below 0
  case elu
  /// The hyperbolic tangent.
  case tanh
  /// 1 / (1 + exp(-z))
  case sigmoid
  /// log(1 + exp(z))
  case softplus
  /// z / (1 + exp(-z))
  case silu
  /// z times the standard normal distribution function at z
  case gelu

  /// The number the kernels know it by.
  package var kernel: Int32 {
    let kind =
      switch self {
      case .relu: nk_relu
      case .leakyReLU: nk_leaky_relu
      case .elu: nk_elu
      case .tanh: nk_tanh
      case .sigmoid: nk_sigmoid
      case .softplus: nk_softplus
      case .silu: nk_silu
      case .gelu: nk_gelu
      }
    return Int32(kind.rawValue)
  }

  /// Whether the derivative cannot be had from the value alone.
  var needsSums: Bool { self == .silu || self == .gelu }
}
