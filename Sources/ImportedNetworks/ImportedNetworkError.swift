import Arrays

/// Why a network cannot be imported, or does not answer.
///
/// The text of each names the file and the place in it, the reason, and what to do about it.
public enum ImportedNetworkError: Error, Sendable, Equatable {
  /// The file cannot be opened; `reason` is the system's.
  case unreadable(file: String, reason: String)
  /// The bytes are not what they should be, as in a file that was cut off.
  case damaged(file: String, reason: String)
  /// A kind of file that is not read.
  case unsupportedFile(file: String, reason: String, remedy: String)
  /// An operator that is not known; `operation` has its domain in front unless it is ONNX's own.
  case unsupportedOperator(file: String, node: String, operation: String)
  /// The file contradicts itself; `place` is the node or value.
  case invalid(file: String, place: String?, reason: String, remedy: String)
  /// What the network is given does not fit it.
  case badInput(file: String, reason: String, remedy: String)
  /// An external process failed.
  case process(command: String, reason: String, remedy: String)
  /// A file of arrays, weights for example, cannot be read or written.
  case arrays(ArrayFileError)
}

extension ImportedNetworkError: CustomStringConvertible {
  /// `where: what is wrong; what to do`.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(shown(file)): cannot be read: \(reason); check the path"
    case .damaged(let file, let reason):
      "\(shown(file)): \(reason); the file is damaged or was cut off: copy or export it again"
    case .unsupportedFile(let file, let reason, let remedy): "\(shown(file)): \(reason); \(remedy)"
    case .unsupportedOperator(let file, let node, let operation):
      "\(shown(file)): \(node): the operator \(printable(operation)) is not known; export the network "
        + "without it, or record its inputs and outputs in an npz file instead"
    case .invalid(let file, let place, let reason, let remedy):
      "\(shown(file)): \(place.map { $0 + ": " } ?? "")\(reason); \(remedy)"
    case .badInput(let file, let reason, let remedy): "\(shown(file)): \(reason); \(remedy)"
    case .process(let command, let reason, let remedy): "\(shown(command)): \(reason); \(remedy)"
    case .arrays(let error): error.description
    }
  }

  /// Whether a file could not be opened or read at all, rather than not understood.
  public var isUnreadable: Bool {
    switch self {
    case .unreadable: true
    case .arrays(let error): error.isUnreadable
    default: false
    }
  }
}
