/// `architecture.json`: what a file of weights does not say.
///
/// ```json
/// { "inputs": [{"name": "x_i", "dim": 6}, {"name": "x_j", "dim": 6}], "concat": ["x_i", "x_j"],
///   "input_norm": {"mean": [0.1, 0.2], "std": [1, 2]},
///   "layers": [{"type": "linear", "weight": "0.weight", "bias": "0.bias", "layout": "out_in"}, {"type": "relu"}],
///   "output": {"kind": "deterministic"}, "weights": "message.safetensors" }
/// ```
struct ArchitectureDocument: Decodable {
  /// What the network is given.
  let inputs: [Input]
  /// The inputs side by side in this order; all of them in theirs if it is left out.
  let concat: Names?
  /// What is subtracted from the inputs, side by side, and what they are then divided by.
  let inputNorm: Normalization?
  /// The layers, from the inputs on.
  let layers: [Layer]
  /// What the last layer's numbers mean.
  let output: Output?
  /// The file of weights beside this one; if left out, the only one there is.
  let weights: String?

  enum CodingKeys: String, CodingKey {
    case inputs, concat, layers, output, weights
    case inputNorm = "input_norm"
  }

  struct Input: Decodable {
    let name: String
    let dim: Int
  }

  struct Normalization: Decodable {
    let mean: [Double]
    let std: [Double]
  }

  struct Output: Decodable {
    let kind: Kind
  }

  /// What the last layer's numbers mean.
  enum Kind: String, Decodable {
    /// They are the answer.
    case deterministic
    /// Means and logarithms of variances take turns.
    case interleaved = "mu_logvar_interleaved"
    /// All means come first, then all logarithms of variances.
    case split = "mu_logvar_split"
  }

  /// The sides of a matrix of weights.
  enum Layout: String, Decodable {
    /// A row for each output, as PyTorch has it.
    case outIn = "out_in"
    /// A row for each input, as JAX and Keras have it.
    case inOut = "in_out"
  }

  /// One layer; which settings it takes depends on its type.
  struct Layer: Decodable {
    let type: String
    let weight: String?
    let bias: String?
    let layout: Layout?
    let alpha: Double?
    let epsilon: Double?
    let approximate: String?
  }

  /// Names in a list, or in one text with commas.
  struct Names: Decodable {
    let names: [String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([String].self) {
        names = list
      } else {
        let text = try container.decode(String.self)
        names = text.split(separator: ",").map { part in
          String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
      }
    }
  }
}
