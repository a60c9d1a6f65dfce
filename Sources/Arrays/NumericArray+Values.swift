extension NumericArray {
  /// How many elements there are: the product of ``shape``.
  public var count: Int { elements.count }

  /// How many dimensions there are.
  public var rank: Int { shape.count }

  /// Whether the elements are texts, not numbers.
  public var isText: Bool {
    if case .text = elements { true } else { false }
  }

  /// The elements as 64-bit numbers in row-major order, truth values as 0 and 1; nil when they are texts.
  /// Integers beyond 2⁵³ are rounded.
  public var doubles: [Double]? {
    switch elements {
    case .float32(let values): values.map { Double($0) }
    case .float64(let values): values
    case .int32(let values): values.map { Double($0) }
    case .int64(let values): values.map { Double($0) }
    case .uint8(let values): values.map { Double($0) }
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  /// The elements as 32-bit numbers in row-major order, rounded if need be; nil when they are texts.
  public var floats: [Float]? {
    switch elements {
    case .float32(let values): values
    case .float64(let values): values.map { Float($0) }
    case .int32(let values): values.map { Float($0) }
    case .int64(let values): values.map { Float($0) }
    case .uint8(let values): values.map { Float($0) }
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  /// The elements as integers in row-major order; nil when they are texts, or floating-point numbers of
  /// which one is not whole.
  public var integers: [Int]? {
    switch elements {
    case .float32(let values): whole(values.map { Int(exactly: $0) })
    case .float64(let values): whole(values.map { Int(exactly: $0) })
    case .int32(let values): values.map { Int($0) }
    case .int64(let values): whole(values.map { Int(exactly: $0) })
    case .uint8(let values): values.map { Int($0) }
    case .bool(let values): values.map { $0 ? 1 : 0 }
    case .text: nil
    }
  }

  /// The elements as texts in row-major order; nil when they are numbers.
  public var texts: [String]? {
    if case .text(let values) = elements { values } else { nil }
  }

  private func whole(_ values: [Int?]) -> [Int]? {
    let found = values.compactMap(\.self)
    return found.count == values.count ? found : nil
  }
}
