import Arrays

/// Part of an array: from starts to ends along axes, in steps.
struct SliceOperation: Operation {
  /// What was set rather than given as inputs, as up to version 9 of the operators.
  let starts: [Int]?
  let ends: [Int]?
  let axes: [Int]?

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    guard let starts = try inputs.integers(1) ?? starts, let ends = try inputs.integers(2) ?? ends else {
      throw OperationFault("its starts and ends are missing")
    }
    let named = try inputs.integers(3) ?? axes ?? Array(starts.indices)
    let steps = try inputs.integers(4) ?? starts.map { _ in 1 }
    let axes = try dimensions(named, rank: input.rank)
    guard starts.count == axes.count, ends.count == axes.count, steps.count == axes.count else {
      throw OperationFault("its starts, ends, axes and steps are not of one length")
    }
    var shape = input.shape
    var strides = rowMajorStrides(input.shape)
    var offset = 0
    for (index, axis) in axes.enumerated() {
      let step = steps[index]
      guard step != 0, step != .min else { throw OperationFault("a step of \(step) leads nowhere") }
      let length = shape[axis]
      let range = step > 0 ? 0...length : -1...(length - 1)
      let start = place(starts[index], length: length, within: step > 0 ? range : 0...max(0, length - 1))
      let end = place(ends[index], length: length, within: range)
      let distance = step > 0 ? end - start : start - end
      let count = distance <= 0 || length == 0 ? 0 : (distance - 1) / abs(step) + 1
      if count > 0 { offset += start * strides[axis] }
      // One element needs no step, which may be as large as numbers are.
      strides[axis] = count > 1 ? strides[axis] * step : 0
      shape[axis] = count
    }
    return [input.strided(shape: shape, strides: strides, offset: shape.contains(0) ? 0 : offset)]
  }

  private func place(_ index: Int, length: Int, within range: ClosedRange<Int>) -> Int {
    let counted = index < 0 ? index + length : index
    return max(range.lowerBound, min(range.upperBound, counted))
  }
}

/// Elements along one axis, in the order that the second input names.
struct GatherOperation: Operation {
  let axis: Int

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let axis = try dimension(axis, rank: input.rank)
    guard let indices = try inputs.integers(1) else { throw OperationFault("its indices are missing") }
    let length = input.shape[axis]
    let outer = input.shape[..<axis].reduce(1, *)
    let inner = input.shape[(axis + 1)...].reduce(1, *)
    let shape = try Array(input.shape[..<axis]) + inputs[1].shape + Array(input.shape[(axis + 1)...])
    _ = try GraphLimits.count(shape)
    var places: [Int] = []
    for index in indices {
      guard index >= -length, index < length else {
        throw OperationFault("the index \(index) is not in an axis of \(length) elements")
      }
      places.append(index < 0 ? index + length : index)
    }
    func gathered<Value>(_ values: [Value]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(outer * places.count * inner)
      for block in 0..<outer {
        for place in places {
          let start = (block * length + place) * inner
          result += values[start..<(start + inner)]
        }
      }
      return result
    }
    let elements: NumericArray.Elements =
      switch input.elements {
      case .float32(let values): .float32(gathered(values))
      case .float64(let values): .float64(gathered(values))
      case .int32(let values): .int32(gathered(values))
      case .int64(let values): .int64(gathered(values))
      case .uint8(let values): .uint8(gathered(values))
      case .bool(let values): .bool(gathered(values))
      case .text(let values): .text(gathered(values))
      }
    return [NumericArray(shape: shape, elements: elements)]
  }
}

/// Arrays one after the other along an axis.
struct ConcatOperation: Operation {
  let axis: Int

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    var arrays: [NumericArray] = []
    for position in inputs.arrays.indices { arrays.append(try inputs[position]) }
    guard let first = arrays.first else { throw OperationFault("it has no input") }
    let axis = try dimension(axis, rank: first.rank)
    var shape = first.shape
    shape[axis] = 0
    for array in arrays {
      guard array.rank == first.rank, array.elementType == first.elementType,
        array.shape.indices.allSatisfy({ $0 == axis || array.shape[$0] == first.shape[$0] })
      else {
        throw OperationFault(
          "arrays of \(arrays.map { written($0.shape) }.joined(separator: " and ")) cannot be joined along "
            + "axis \(axis)")
      }
      shape[axis] += array.shape[axis]
    }
    _ = try GraphLimits.count(shape)
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let lengths = arrays.map { $0.shape[axis] * inner }
    func joined<Value>(_ parts: [[Value]]) -> [Value] {
      var result: [Value] = []
      result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
      for block in 0..<outer {
        for (part, length) in zip(parts, lengths) {
          result += part[(block * length)..<((block + 1) * length)]
        }
      }
      return result
    }
    let elements: NumericArray.Elements =
      switch first.elements {
      case .float32: .float32(joined(arrays.map { $0.floats ?? [] }))
      case .float64: .float64(joined(arrays.map { $0.doubles ?? [] }))
      case .int64: .int64(joined(arrays.map { ($0.integers ?? []).map { Int64($0) } }))
      case .int32: .int32(joined(arrays.map { ($0.integers ?? []).map { Int32($0) } }))
      case .uint8: .uint8(joined(arrays.map { ($0.integers ?? []).map { UInt8($0) } }))
      case .bool: .bool(joined(arrays.map { ($0.integers ?? []).map { $0 != 0 } }))
      case .text: throw OperationFault("it does not take texts")
      }
    return [NumericArray(shape: shape, elements: elements)]
  }
}

/// An array cut along an axis into parts, of the lengths in the second input or as set, else equal ones.
struct SplitOperation: Operation {
  let axis: Int
  let lengths: [Int]?
  let parts: Int

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let axis = try dimension(axis, rank: input.rank)
    let length = input.shape[axis]
    let equal = (length + parts - 1) / max(1, parts)
    let lengths =
      try inputs.integers(1) ?? lengths
      ?? (0..<parts).map { max(0, min(equal, length - $0 * equal)) }
    guard lengths.allSatisfy({ (0...length).contains($0) }), lengths.count <= 1_000,
      lengths.reduce(0, +) == length
    else {
      throw OperationFault("an axis of \(length) elements cannot be split into parts of \(lengths)")
    }
    let strides = rowMajorStrides(input.shape)
    var start = 0
    var results: [NumericArray] = []
    for part in lengths {
      var shape = input.shape
      shape[axis] = part
      results.append(input.strided(shape: shape, strides: strides, offset: start * strides[axis]))
      start += part
    }
    return results
  }
}
