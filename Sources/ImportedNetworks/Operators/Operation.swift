import Arrays

/// What a node does: arrays in, arrays out.
package protocol Operation: Sendable {
  /// The values of the node's outputs.
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray]
}

/// Why an operation cannot be done with the settings or arrays it is given.
package struct OperationFault: Error, Sendable, Equatable {
  /// What is wrong.
  package let reason: String

  /// A fault with its reason.
  package init(_ reason: String) { self.reason = reason }
}

/// What a node is given, in the order of its inputs.
package struct Operands: Sendable {
  /// The arrays; nil for an input that is left out.
  package let arrays: [NumericArray?]

  /// Operands in their order.
  package init(_ arrays: [NumericArray?]) { self.arrays = arrays }

  /// The input at `position`, which must not be left out.
  subscript(position: Int) -> NumericArray {
    get throws(OperationFault) {
      guard let array = optional(position) else { throw OperationFault("its input \(position) is missing") }
      return array
    }
  }

  /// The input at `position`, if it is there.
  func optional(_ position: Int) -> NumericArray? {
    position < arrays.count ? arrays[position] : nil
  }

  /// The whole numbers of the input at `position`, nil when it is left out.
  func integers(_ position: Int) throws(OperationFault) -> [Int]? {
    guard let array = optional(position) else { return nil }
    guard let values = array.integers else {
      throw OperationFault("its input \(position) must hold whole numbers")
    }
    return values
  }
}

/// The bounds of what is computed.
package enum GraphLimits {
  /// The most elements that one array may have while a graph is evaluated.
  package static let mostElements = 1 << 26
  /// The most multiplications of one matrix product.
  package static let mostMultiplications = 1 << 36
  /// The most dimensions of an array.
  package static let mostDimensions = 16

  /// How many elements an array of `shape` has, if that is within bounds.
  static func count(_ shape: [Int]) throws(OperationFault) -> Int {
    guard shape.count <= mostDimensions else {
      throw OperationFault("an array of \(shape.count) dimensions; at most \(mostDimensions) are computed")
    }
    var product = 1
    for length in shape {
      guard length >= 0 else { throw OperationFault("the shape \(written(shape)) has a negative length") }
      let (next, overflows) = product.multipliedReportingOverflow(by: length)
      guard !overflows, next <= mostElements else {
        throw OperationFault("an array of \(written(shape)) elements is larger than any that is computed")
      }
      product = next
    }
    return product
  }
}

/// The dimension that `axis` means, counted from the end when it is negative.
func dimension(_ axis: Int, rank: Int) throws(OperationFault) -> Int {
  guard axis >= -rank, axis < rank else {
    throw OperationFault("there is no axis \(axis) in an array of \(rank) dimensions")
  }
  return axis < 0 ? axis + rank : axis
}

/// The dimensions that `axes` mean, each of them once.
func dimensions(_ axes: [Int], rank: Int) throws(OperationFault) -> [Int] {
  var found: [Int] = []
  for axis in axes {
    let index = try dimension(axis, rank: rank)
    guard !found.contains(index) else { throw OperationFault("the axis \(axis) is named twice") }
    found.append(index)
  }
  return found
}
