import Arrays

extension NumericArray {
  /// An array of `shape` whose elements are taken `strides` apart in each dimension, from `offset` on: part of
  /// this array, repeated, or in another order of dimensions.
  ///
  /// Every place that is read must be in this array.
  func strided(shape: [Int], strides: [Int], offset: Int = 0) -> NumericArray {
    let elements: Elements =
      switch elements {
      case .float32(let values): .float32(copied(values, shape, strides, offset))
      case .float64(let values): .float64(copied(values, shape, strides, offset))
      case .int32(let values): .int32(copied(values, shape, strides, offset))
      case .int64(let values): .int64(copied(values, shape, strides, offset))
      case .uint8(let values): .uint8(copied(values, shape, strides, offset))
      case .bool(let values): .bool(copied(values, shape, strides, offset))
      case .text(let values): .text(copied(values, shape, strides, offset))
      }
    return NumericArray(shape: shape, elements: elements)
  }

  /// The same elements in another shape, which must have as many.
  func reshaped(_ shape: [Int]) -> NumericArray { NumericArray(shape: shape, elements: elements) }

  /// This array repeated along dimensions of length 1 until it has `shape`.
  func expanded(to target: [Int]) throws(OperationFault) -> NumericArray {
    if shape == target { return self }
    _ = try GraphLimits.count(target)
    let missing = target.count - rank
    var strides = [Int](repeating: 0, count: target.count)
    let own = rowMajorStrides(shape)
    for (index, length) in shape.enumerated() where length != 1 {
      guard missing >= 0, target[index + missing] == length else {
        throw OperationFault("an array of \(written(shape)) cannot be repeated to \(written(target))")
      }
      strides[index + missing] = own[index]
    }
    guard missing >= 0 else {
      throw OperationFault("an array of \(written(shape)) cannot be repeated to \(written(target))")
    }
    return strided(shape: target, strides: strides)
  }
}

/// How far apart neighbours in each dimension lie.
func rowMajorStrides(_ shape: [Int]) -> [Int] {
  var strides = [Int](repeating: 1, count: shape.count)
  for index in shape.indices.dropLast().reversed() { strides[index] = strides[index + 1] * shape[index + 1] }
  return strides
}

/// The shape that arrays of `shapes` have when each is repeated along its dimensions of length 1.
func commonShape(_ shapes: [[Int]]) throws(OperationFault) -> [Int] {
  let rank = shapes.map(\.count).max() ?? 0
  var common = [Int](repeating: 1, count: rank)
  for shape in shapes {
    for (index, length) in zip(rank - shape.count..<rank, shape) where length != 1 {
      guard common[index] == 1 || common[index] == length else {
        throw OperationFault("arrays of \(shapes.map { written($0) }.joined(separator: " and ")) do not fit")
      }
      common[index] = length
    }
  }
  _ = try GraphLimits.count(common)
  return common
}

private func copied<Value>(_ values: [Value], _ shape: [Int], _ strides: [Int], _ offset: Int) -> [Value] {
  let count = shape.reduce(1, *)
  var result: [Value] = []
  result.reserveCapacity(count)
  guard count > 0 else { return result }
  guard let length = shape.last, let step = strides.last else { return [values[offset]] }
  var index = [Int](repeating: 0, count: shape.count - 1)
  var start = offset
  while true {
    var place = start
    for _ in 0..<length {
      result.append(values[place])
      place += step
    }
    var dimension = index.count - 1
    while dimension >= 0 {
      index[dimension] += 1
      start += strides[dimension]
      if index[dimension] < shape[dimension] { break }
      start -= strides[dimension] * shape[dimension]
      index[dimension] = 0
      dimension -= 1
    }
    if dimension < 0 { return result }
  }
}
