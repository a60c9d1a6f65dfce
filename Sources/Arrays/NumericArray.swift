/// Numbers, truth values or texts in a grid of any number of dimensions.
///
/// Elements lie in row-major order: the last index runs fastest. An array without dimensions has one element.
public struct NumericArray: Sendable, Equatable {
  /// The elements, in the type they are kept in. Types that are not here are converted when they are read:
  /// half precision to `float32`, short integers to `int32`, unsigned ones to the next that holds them.
  public enum Elements: Sendable, Equatable {
    /// 32-bit floating-point numbers.
    case float32([Float])
    /// 64-bit floating-point numbers.
    case float64([Double])
    /// 32-bit integers.
    case int32([Int32])
    /// 64-bit integers.
    case int64([Int64])
    /// Bytes.
    case uint8([UInt8])
    /// Truth values.
    case bool([Bool])
    /// Texts, names for example.
    case text([String])
  }

  /// The length of each dimension; empty for a single element.
  public let shape: [Int]
  /// The elements in row-major order, as many as the product of ``shape``.
  public let elements: Elements

  /// An array of the given shape. `elements` must be as many as the product of `shape`.
  public init(shape: [Int], elements: Elements) {
    precondition(
      NumericArray.elementCount(of: shape) == elements.count, "shape and number of elements differ")
    self.shape = shape
    self.elements = elements
  }

  /// A one-dimensional array of 64-bit numbers.
  public init(_ values: [Double]) { self.init(shape: [values.count], elements: .float64(values)) }

  /// A one-dimensional array of 32-bit numbers.
  public init(float32 values: [Float]) { self.init(shape: [values.count], elements: .float32(values)) }

  /// A one-dimensional array of texts.
  public init(_ texts: [String]) { self.init(shape: [texts.count], elements: .text(texts)) }

  /// A single number, without dimensions.
  public init(_ value: Double) { self.init(shape: [], elements: .float64([value])) }

  /// A single text, without dimensions.
  public init(_ text: String) { self.init(shape: [], elements: .text([text])) }

  /// How many elements an array of `shape` has; nil when a length is negative or the product of those that
  /// are not zero leaves the range of `Int`, which no product of some of the lengths then does.
  static func elementCount(of shape: [Int]) -> Int? {
    var product = 1
    for length in shape {
      if length < 0 { return nil }
      let (next, overflows) = product.multipliedReportingOverflow(by: max(1, length))
      if overflows { return nil }
      product = next
    }
    return shape.contains(0) ? 0 : product
  }
}

extension NumericArray.Elements {
  /// How many there are.
  public var count: Int {
    switch self {
    case .float32(let values): values.count
    case .float64(let values): values.count
    case .int32(let values): values.count
    case .int64(let values): values.count
    case .uint8(let values): values.count
    case .bool(let values): values.count
    case .text(let values): values.count
    }
  }

  /// The name that NumPy has for the type: `float64`, `str`.
  public var typeName: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int32: "int32"
    case .int64: "int64"
    case .uint8: "uint8"
    case .bool: "bool"
    case .text: "str"
    }
  }
}
