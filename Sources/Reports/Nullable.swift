/// A value that JSON shows as `null` when there is none, or when it is a number that JSON cannot hold (NaN,
/// infinite).
///
/// A key is written in every case, so that readers need not tell a missing key from a missing value.
@propertyWrapper
public struct Nullable<Value: Codable & Sendable & Hashable>: Codable, Sendable, Hashable {
  /// The value, if there is one.
  public var wrappedValue: Value?

  /// Wraps `wrappedValue`.
  public init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  /// Reads the value, or nil from `null`.
  public init(from decoder: Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  /// Writes the value, or `null`.
  public func encode(to encoder: Encoder) throws {
    var container = encoder.singleValueContainer()
    guard let wrappedValue, (wrappedValue as? Double)?.isFinite ?? true else {
      return try container.encodeNil()
    }
    try container.encode(wrappedValue)
  }
}
