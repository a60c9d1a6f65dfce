import Arrays

/// An array that is always the same.
struct ConstantOperation: Operation {
  let value: NumericArray

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] { [value] }
}

/// One value throughout an array of the shape that is the input.
struct FillOperation: Operation {
  let value: NumericArray

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    guard let shape = try inputs.integers(0) else { throw OperationFault("its shape is missing") }
    guard value.count == 1 else { throw OperationFault("its value must be a single element") }
    _ = try GraphLimits.count(shape)
    return [try value.reshaped([]).expanded(to: shape)]
  }
}

/// The same numbers in another type.
struct CastOperation: Operation {
  let type: ElementType

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    guard !input.isText else { throw OperationFault("it does not take texts") }
    return [input.converted(to: type)]
  }
}

/// Numbers brought between two bounds, either of which may be left out.
struct ClipOperation: Operation {
  let lower: Double
  let upper: Double

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let lower = try bound(inputs.optional(1)) ?? lower
    let upper = try bound(inputs.optional(2)) ?? upper
    let input = try inputs[0]
    guard let type = input.elementType, type != .bool else {
      throw OperationFault("it does not take elements of the type \(input.elements.typeName)")
    }
    let wide = input.converted(to: .float64)
    let clipped = try UnaryOperation(function: .clip(lower: lower, upper: upper)).evaluate(Operands([wide]))
    return [clipped[0].converted(to: type)]
  }

  private func bound(_ array: NumericArray?) throws(OperationFault) -> Double? {
    guard let array else { return nil }
    guard let values = array.doubles, values.count == 1 else {
      throw OperationFault("its bounds must be single numbers")
    }
    return values[0]
  }
}
