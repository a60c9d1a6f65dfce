/// Why no law can be distilled.
public enum DistillationError: Error, Sendable, CustomStringConvertible {
  /// The recording cannot be used.
  case recording(RecordingError)
  /// A derived column, and what is wrong with it.
  case derivation(String, String)
  /// The search cannot be run, with its own words.
  case search(String)

  /// What is wrong and what to do about it.
  public var description: String {
    switch self {
    case .recording(let error): error.description
    case .derivation(let text, let reason): "--derive \"\(text)\": \(reason)"
    case .search(let reason): reason
    }
  }
}
