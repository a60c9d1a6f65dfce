import Arrays

/// The product of two matrices. Sums are taken in 64 bits in the order of the summands, so a row of the result
/// does not depend on the other rows.
enum MatrixProduct {
  /// How many columns are computed at a time.
  private static let width = 8

  /// `left` (rows × inner, row-major) times `right` (inner × columns), plus `addend` to each row's columns.
  static func values<Real: BinaryFloatingPoint>(
    _ left: ArraySlice<Real>, _ right: ArraySlice<Real>, rows: Int, inner: Int, columns: Int
  ) -> [Real] {
    let panels = packed(right, inner: inner, columns: columns)
    let panelCount = (columns + width - 1) / width
    return [Real](unsafeUninitializedCapacity: rows * columns) { results, count in
      left.withUnsafeBufferPointer { left in
        panels.withUnsafeBufferPointer { panels in
          for panel in 0..<panelCount {
            let first = panel * width
            let used = min(width, columns - first)
            var row = 0
            while row < rows {
              let second = min(row + 1, rows - 1)
              var sum = SIMD8<Double>()
              var secondSum = SIMD8<Double>()
              for index in 0..<inner {
                let weights = panels[panel * inner + index]
                sum += weights * Double(left[row * inner + index])
                secondSum += weights * Double(left[second * inner + index])
              }
              for column in 0..<used {
                results[row * columns + first + column] = Real(sum[column])
                results[second * columns + first + column] = Real(secondSum[column])
              }
              row += 2
            }
          }
        }
      }
      count = rows * columns
    }
  }

  /// The columns in groups of eight, each group's rows one after the other, zeros where there is no column.
  private static func packed<Real: BinaryFloatingPoint>(
    _ right: ArraySlice<Real>, inner: Int, columns: Int
  ) -> [SIMD8<Double>] {
    var panels: [SIMD8<Double>] = []
    panels.reserveCapacity((columns + width - 1) / width * inner)
    for first in stride(from: 0, to: columns, by: width) {
      for index in 0..<inner {
        var group = SIMD8<Double>()
        for column in first..<min(first + width, columns) {
          group[column - first] = Double(right[right.startIndex + index * columns + column])
        }
        panels.append(group)
      }
    }
    return panels
  }
}

/// A product of matrices, or of stacks of them, as `numpy.matmul` has it.
struct MatrixMultiplication: Operation {
  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    var left = try inputs[0]
    var right = try inputs[1]
    guard left.rank > 0, right.rank > 0 else { throw OperationFault("a single number is no matrix") }
    let leftIsVector = left.rank == 1
    let rightIsVector = right.rank == 1
    if leftIsVector { left = left.reshaped([1] + left.shape) }
    if rightIsVector { right = right.reshaped(right.shape + [1]) }
    let (rows, inner) = (left.shape[left.rank - 2], left.shape[left.rank - 1])
    let columns = right.shape[right.rank - 1]
    guard right.shape[right.rank - 2] == inner else {
      throw OperationFault("matrices of \(written(left.shape)) and \(written(right.shape)) do not fit")
    }
    let result = try product(left, right, rows: rows, inner: inner, columns: columns)
    var shape = Array(result.shape.dropLast(2))
    if !leftIsVector { shape.append(rows) }
    if !rightIsVector { shape.append(columns) }
    return [result.reshaped(shape)]
  }

  private func product(
    _ left: NumericArray, _ right: NumericArray, rows: Int, inner: Int, columns: Int
  ) throws(OperationFault) -> NumericArray {
    let stack = try commonShape([Array(left.shape.dropLast(2)), Array(right.shape.dropLast(2))])
    let shape = stack + [rows, columns]
    let count = try GraphLimits.count(shape)
    let work = count.multipliedReportingOverflow(by: inner)
    guard !work.overflow, work.partialValue <= GraphLimits.mostMultiplications else {
      throw OperationFault("the product of \(written(left.shape)) and \(written(right.shape)) is too large")
    }
    // One matrix on the right serves all on the left as one tall matrix.
    if right.rank == 2 {
      return try stacked(
        left, right, shape: shape, copies: 1, rows: left.count / max(1, inner), inner: inner,
        columns: columns)
    }
    return try stacked(
      left.expanded(to: stack + [rows, inner]), right.expanded(to: stack + [inner, columns]), shape: shape,
      copies: stack.reduce(1, *), rows: rows, inner: inner, columns: columns)
  }

  private func stacked(
    _ left: NumericArray, _ right: NumericArray, shape: [Int], copies: Int, rows: Int, inner: Int,
    columns: Int
  ) throws(OperationFault) -> NumericArray {
    // Nothing summed up is zero, however many rows there are.
    if inner == 0 { return try NumericArray.filled(0, like: left, shape: shape) }
    func all<Real: BinaryFloatingPoint>(_ left: [Real], _ right: [Real]) -> [Real] {
      var results: [Real] = []
      for copy in 0..<copies {
        results += MatrixProduct.values(
          left[(copy * rows * inner)..<((copy + 1) * rows * inner)],
          right[(copy * inner * columns)..<((copy + 1) * inner * columns)], rows: rows, inner: inner,
          columns: columns)
      }
      return results
    }
    switch (left.elements, right.elements) {
    case (.float32(let left), .float32(let right)):
      return NumericArray(shape: shape, elements: .float32(all(left, right)))
    case (.float64(let left), .float64(let right)):
      return NumericArray(shape: shape, elements: .float64(all(left, right)))
    default:
      throw OperationFault(
        "it does not take elements of the types \(left.elements.typeName) and \(right.elements.typeName)")
    }
  }
}

/// `alpha · A · B + beta · C`, A and B transposed if need be.
struct GeneralMatrixProduct: Operation {
  let alpha: Double
  let beta: Double
  let transposesLeft: Bool
  let transposesRight: Bool

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let left = try matrix(inputs[0], transposed: transposesLeft)
    let right = try matrix(inputs[1], transposed: transposesRight)
    var result = try MatrixMultiplication().evaluate(Operands([left, right]))[0]
    if alpha != 1 { result = try scaled(result, by: alpha) }
    guard let addend = inputs.optional(2), beta != 0 else { return [result] }
    // C may be repeated to the product's shape, not the product to C's.
    let repeated = try addend.expanded(to: result.shape)
    let added = beta == 1 ? repeated : try scaled(repeated, by: beta)
    return try BinaryOperation(function: .add).evaluate(Operands([result, added]))
  }

  private func matrix(_ array: NumericArray, transposed: Bool) throws(OperationFault) -> NumericArray {
    guard array.rank == 2 else {
      throw OperationFault("it takes matrices, not an array of \(written(array.shape))")
    }
    guard transposed else { return array }
    return array.strided(shape: [array.shape[1], array.shape[0]], strides: [1, array.shape[1]])
  }

  private func scaled(_ array: NumericArray, by factor: Double) throws(OperationFault) -> NumericArray {
    let factors = try NumericArray.filled(factor, like: array, shape: [])
    return try BinaryOperation(function: .multiply).evaluate(Operands([array, factors]))[0]
  }
}

extension NumericArray {
  /// An array of one value, in the type of the elements of `other`.
  static func filled(
    _ value: Double, like other: NumericArray, shape: [Int]
  ) throws(OperationFault) -> NumericArray {
    guard let type = other.elementType else { throw OperationFault("it does not take texts") }
    let count = try GraphLimits.count(shape)
    return NumericArray(shape: shape, elements: .float64([Double](repeating: value, count: count)))
      .converted(to: type)
  }
}
