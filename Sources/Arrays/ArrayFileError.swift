/// What kept arrays from being read or written.
///
/// The text of each names the file and array, the reason, and what to do about it.
public enum ArrayFileError: Error, Sendable, Equatable {
  /// There is no such file, or it cannot be read; `reason` is the system's.
  case unreadable(file: String, reason: String)
  /// The file cannot be written; `reason` is the system's.
  case unwritable(file: String, reason: String)
  /// The bytes are not what they should be, as in a file that was cut off.
  case damaged(place: ArrayPlace, reason: String)
  /// The file is, or holds, something that is not read.
  case unsupported(place: ArrayPlace, reason: String, remedy: String)
  /// The file or array is larger than ``ArrayLimits`` allow.
  case tooLarge(place: ArrayPlace, reason: String)
  /// There is no array of that name; `known` are those there are.
  case noArray(file: String, name: String, known: [String])
}

/// Where in which file something was found.
public struct ArrayPlace: Sendable, Equatable, CustomStringConvertible {
  /// The file, as it was given.
  public let file: String
  /// The array, as far as one is meant.
  public let array: String?

  /// A file as a whole, or one of its arrays.
  public init(file: String, array: String? = nil) {
    self.file = file
    self.array = array
  }

  /// `data.npz` or `data.npz: array "x"`.
  public var description: String { array.map { "\(file): array \(visible($0))" } ?? file }
}

extension ArrayFileError: CustomStringConvertible {
  /// `where: what is wrong; what to do`, on one line.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason); check the path"
    case .unwritable(let file, let reason):
      "\(file): cannot be written: \(reason); choose another place, or free some space"
    case .damaged(let place, let reason):
      "\(place): \(reason); the file is damaged or was cut off: copy or write it again"
    case .unsupported(let place, let reason, let remedy): "\(place): \(reason); \(remedy)"
    case .tooLarge(let place, let reason): "\(place): \(reason); write it in smaller parts"
    case .noArray(let file, let name, let known):
      "\(file): there is no array \(visible(name)); "
        + (known.isEmpty
          ? "there is none at all"
          : "the arrays are \(known.prefix(12).map(visible).joined(separator: ", "))")
        + (known.count > 12 ? " and \(known.count - 12) more" : "")
    }
  }

  /// Whether the file could not be opened or read at all, rather than not understood.
  public var isUnreadable: Bool {
    if case .unreadable = self { true } else { false }
  }

  /// Whether a file could not be written.
  public var isUnwritable: Bool {
    if case .unwritable = self { true } else { false }
  }
}

/// A name in double quotes, cut to a bearable length, its control characters made visible.
func visible(_ text: String) -> String {
  let scalars = text.unicodeScalars
  let shown = scalars.prefix(60).map { scalar in
    scalar.value < 0x20 || scalar.value == 0x7F ? scalar.escaped(asASCII: true) : String(scalar)
  }
  return "\"" + shown.joined() + (scalars.dropFirst(60).isEmpty ? "" : "…") + "\""
}
