import Arrays

/// The types that a graph computes in. Half precision is computed in 32 bits.
package enum ElementType: Sendable, Hashable {
  case float32
  case float64
  case int32
  case int64
  case uint8
  case bool

  /// The type with the given number in ONNX; nil when it is not computed in.
  package init?(number: Int) {
    switch number {
    case 1, 10, 16: self = .float32
    case 2: self = .uint8
    case 6: self = .int32
    case 7: self = .int64
    case 9: self = .bool
    case 11: self = .float64
    default: return nil
    }
  }
}

extension NumericArray {
  /// The type of the elements; nil when they are texts.
  var elementType: ElementType? {
    switch elements {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .bool: .bool
    case .text: nil
    }
  }

  /// The same values in another type: fractions are cut off, and what the type cannot hold becomes the
  /// nearest that it can (0 for what is no number). Texts stay as they are.
  func converted(to type: ElementType) -> NumericArray {
    if elementType == type || isText { return self }
    let values: Elements =
      switch type {
      case .float32: .float32(floats ?? [])
      case .float64: .float64(doubles ?? [])
      case .int32: .int32(wholeNumbers())
      case .int64: .int64(wholeNumbers())
      case .uint8: .uint8(wholeNumbers())
      case .bool: .bool((doubles ?? []).map { $0 != 0 })
      }
    return NumericArray(shape: shape, elements: values)
  }

  private func wholeNumbers<Whole: FixedWidthInteger>() -> [Whole] {
    switch elements {
    case .int32(let values): values.map { Whole(truncatingIfNeeded: $0) }
    case .int64(let values): values.map { Whole(truncatingIfNeeded: $0) }
    case .uint8(let values): values.map { Whole(truncatingIfNeeded: $0) }
    default: (doubles ?? []).map { Whole(nearestTo: $0) }
    }
  }
}

extension FixedWidthInteger {
  /// `value` without its fraction, or the nearest number of this type.
  fileprivate init(nearestTo value: Double) {
    if value.isNaN {
      self = 0
    } else if let exact = Self(exactly: value.rounded(.towardZero)) {
      self = exact
    } else {
      self = value < 0 ? .min : .max
    }
  }
}
