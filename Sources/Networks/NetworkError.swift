/// Why a network cannot be made, trained or read.
public enum NetworkError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An edge names a body that there is not, or joins a body with itself.
  case badEdge(receiver: Int, sender: Int, bodies: Int)
  /// Arrays whose sizes do not fit.
  case badShape(String)
  /// Data that hold an infinity or no number.
  case notFiniteData(array: String, graph: Int)
  /// A setting that cannot be.
  case badSetting(String)
  /// The loss was no longer a number after this many steps.
  case diverged(step: Int)
  /// A file of a model that cannot be read or does not fit.
  case badModel(path: String, reason: String)
  /// A checkpoint that belongs to another training.
  case otherTraining(path: String, reason: String)

  /// What is wrong, where, and the remedy.
  public var description: String {
    switch self {
    case .badEdge(let receiver, let sender, let bodies):
      "the edge from body \(sender) to body \(receiver) cannot be: an edge joins two different bodies, numbered "
        + "from 0 to \(bodies - 1)"
    case .badShape(let reason): "\(reason); check the shapes of the arrays"
    case .notFiniteData(let array, let graph):
      "\(array), graph \(graph) (counted from 0): a value is infinite or no number; leave out such graphs"
    case .badSetting(let reason): reason
    case .diverged(let step):
      "the loss is no longer a number after \(step) steps; use a smaller learning rate, or scale the data "
        + "so that values are near 1"
    case .badModel(let path, let reason): "\(path): \(reason)"
    case .otherTraining(let path, let reason):
      "\(path): belongs to another training (\(reason)); train into another folder, or remove it"
    }
  }
}
