import Arrays

/// Another shape for the same elements.
enum ShapeOperation: Operation {
  /// To the shape in the second input, or as set; -1 is what is left over, 0 the length there was.
  case reshape(shape: [Int]?, zeroIsLength: Bool)
  /// To a matrix, split before the axis.
  case flatten(axis: Int)
  /// Without dimensions of length 1: those in the second input, as set, or all of them.
  case squeeze(axes: [Int]?)
  /// With dimensions of length 1: those in the second input, or as set.
  case unsqueeze(axes: [Int]?)
  /// As it is.
  case identity

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    switch self {
    case .identity: return [input]
    case .reshape(let set, let zeroIsLength):
      guard let shape = try inputs.integers(1) ?? set else { throw OperationFault("its shape is missing") }
      return [try reshape(input, to: shape, zeroIsLength: zeroIsLength)]
    case .flatten(let axis):
      let split = axis == input.rank ? axis : try dimension(axis, rank: input.rank)
      return [
        input.reshaped([input.shape[..<split].reduce(1, *), input.shape[split...].reduce(1, *)])
      ]
    case .squeeze(let set):
      let axes: [Int]
      if let given = try inputs.integers(1) ?? set {
        axes = try dimensions(given, rank: input.rank)
      } else {
        axes = input.shape.indices.filter { input.shape[$0] == 1 }
      }
      if let wrong = axes.first(where: { input.shape[$0] != 1 }) {
        throw OperationFault("the axis \(wrong) of an array of \(written(input.shape)) has not the length 1")
      }
      return [input.reshaped(input.shape.indices.filter { !axes.contains($0) }.map { input.shape[$0] })]
    case .unsqueeze(let set):
      guard let given = try inputs.integers(1) ?? set else { throw OperationFault("its axes are missing") }
      let rank = input.rank + given.count
      guard rank <= GraphLimits.mostDimensions else {
        throw OperationFault("\(rank) dimensions are too many")
      }
      let axes = try dimensions(given, rank: rank)
      var lengths = input.shape[...]
      return [input.reshaped((0..<rank).map { axes.contains($0) ? 1 : lengths.removeFirst() })]
    }
  }

  private func reshape(
    _ input: NumericArray, to wanted: [Int], zeroIsLength: Bool
  ) throws(OperationFault) -> NumericArray {
    var shape = wanted
    for (index, length) in wanted.enumerated() where length == 0 && !zeroIsLength {
      guard index < input.rank else {
        throw OperationFault("there is no dimension \(index) to keep in an array of \(written(input.shape))")
      }
      shape[index] = input.shape[index]
    }
    let free = shape.indices.filter { shape[$0] == -1 }
    guard free.count <= 1 else { throw OperationFault("its shape has more than one length left open") }
    if let open = free.first {
      shape[open] = 1
      let rest = try GraphLimits.count(shape)
      guard rest > 0, input.count % rest == 0 else {
        throw OperationFault("\(input.count) elements cannot have the shape \(written(wanted))")
      }
      shape[open] = input.count / rest
    }
    guard try GraphLimits.count(shape) == input.count else {
      throw OperationFault("\(input.count) elements cannot have the shape \(written(shape))")
    }
    return input.reshaped(shape)
  }
}

/// Dimensions in another order; reversed unless told otherwise.
struct TransposeOperation: Operation {
  let order: [Int]?

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let order = order ?? input.shape.indices.reversed()
    guard order.sorted() == Array(input.shape.indices) else {
      throw OperationFault("\(order) is no order of \(input.rank) dimensions")
    }
    let strides = rowMajorStrides(input.shape)
    return [input.strided(shape: order.map { input.shape[$0] }, strides: order.map { strides[$0] })]
  }
}

/// An array repeated along dimensions of length 1.
struct ExpandOperation: Operation {
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    guard let shape = try inputs.integers(1) else { throw OperationFault("its shape is missing") }
    _ = try GraphLimits.count(shape)
    return [try input.expanded(to: commonShape([input.shape, shape]))]
  }
}

/// The lengths of an array's dimensions, or of some of them.
struct LengthsOperation: Operation {
  let start: Int
  let end: Int?

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let shape = try inputs[0].shape
    func clamped(_ axis: Int) -> Int { max(0, min(shape.count, axis < 0 ? axis + shape.count : axis)) }
    let first = clamped(start)
    let last = max(first, clamped(end ?? shape.count))
    let lengths = shape[first..<last].map { Int64($0) }
    return [NumericArray(shape: [lengths.count], elements: .int64(lengths))]
  }
}
