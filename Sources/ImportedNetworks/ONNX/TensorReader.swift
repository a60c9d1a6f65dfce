#if ONNX
  import Arrays
  import Foundation

  /// Turns tensors of a model into arrays, wherever their elements are kept.
  struct TensorReader {
    let file: String

    /// The array that `tensor` holds; `place` names it in messages.
    func array(_ tensor: ONNXTensor, place: String) throws(ImportedNetworkError) -> NumericArray {
      var shape: [Int] = []
      var count = 1
      for length in tensor.dims {
        let (next, overflows) = count.multipliedReportingOverflow(by: Int(length))
        guard length >= 0, !overflows, shape.count < GraphLimits.mostDimensions else {
          throw invalid(place, "its shape cannot be")
        }
        shape.append(Int(length))
        count = next
      }
      guard let format = Format(rawValue: Int(tensor.dataType)) else {
        throw invalid(place, "its elements are of a type that is not computed in (number \(tensor.dataType))")
      }
      let elements: NumericArray.Elements
      if tensor.dataLocation == 1 {
        let external = ExternalData(file: file, place: place)
        let size = count.multipliedReportingOverflow(by: format.size)
        guard !size.overflow else { throw invalid(place, "its shape cannot be") }
        elements = format.elements(try external.bytes(tensor.externalData, count: size.partialValue))
      } else if !tensor.rawData.isEmpty {
        guard tensor.rawData.count % format.size == 0 else {
          throw invalid(place, "its \(tensor.rawData.count) bytes are not whole elements")
        }
        elements = format.elements(tensor.rawData)
      } else {
        elements = format.elements(of: tensor)
      }
      guard elements.count == count else {
        throw invalid(
          place, "it has \(elements.count) elements where its shape \(written(shape)) has \(count)")
      }
      return NumericArray(shape: shape, elements: elements)
    }

    private func invalid(_ place: String, _ reason: String) -> ImportedNetworkError {
      .invalid(
        file: file, place: place, reason: reason, remedy: "the file is damaged: copy or export it again")
    }

    /// How elements are written; the numbers are ONNX's.
    private enum Format: Int {
      case float = 1
      case uint8 = 2
      case int8 = 3
      case uint16 = 4
      case int16 = 5
      case int32 = 6
      case int64 = 7
      case bool = 9
      case half = 10
      case double = 11
      case brainHalf = 16

      var size: Int {
        switch self {
        case .uint8, .int8, .bool: 1
        case .uint16, .int16, .half, .brainHalf: 2
        case .float, .int32: 4
        case .int64, .double: 8
        }
      }

      /// Elements that lie one after the other, the lowest byte first.
      func elements(_ bytes: Data) -> NumericArray.Elements {
        func words<Word: FixedWidthInteger>(_ type: Word.Type) -> [Word] {
          bytes.withUnsafeBytes { bytes in
            (0..<bytes.count / MemoryLayout<Word>.size).map {
              Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * MemoryLayout<Word>.size, as: type))
            }
          }
        }
        return switch self {
        case .float: .float32(words(UInt32.self).map { Float(bitPattern: $0) })
        case .double: .float64(words(UInt64.self).map { Double(bitPattern: $0) })
        case .half: .float32(words(UInt16.self).map { Float(half: $0) })
        case .brainHalf: .float32(words(UInt16.self).map { Float(bitPattern: UInt32($0) << 16) })
        case .int64: .int64(words(Int64.self))
        case .int32: .int32(words(Int32.self))
        case .int16: .int32(words(Int16.self).map { Int32($0) })
        case .uint16: .int32(words(UInt16.self).map { Int32($0) })
        case .int8: .int32(words(Int8.self).map { Int32($0) })
        case .uint8: .uint8(words(UInt8.self))
        case .bool: .bool(words(UInt8.self).map { $0 != 0 })
        }
      }

      /// Elements in the field for their type.
      func elements(of tensor: ONNXTensor) -> NumericArray.Elements {
        let small = tensor.int32Data
        return switch self {
        case .float: .float32(tensor.floatData)
        case .double: .float64(tensor.doubleData)
        case .int64: .int64(tensor.int64Data)
        case .half: .float32(small.map { Float(half: UInt16(truncatingIfNeeded: $0)) })
        case .brainHalf: .float32(small.map { Float(bitPattern: UInt32(truncatingIfNeeded: $0) << 16) })
        case .uint8: .uint8(small.map { UInt8(truncatingIfNeeded: $0) })
        case .bool: .bool(small.map { $0 != 0 })
        case .int32, .int16, .uint16, .int8: .int32(small)
        }
      }
    }
  }

  extension Float {
    /// The number that IEEE 754 half precision writes as `half`.
    fileprivate init(half: UInt16) {
      let sign: Float = half >> 15 == 0 ? 1 : -1
      let exponent = Int(half >> 10 & 0x1F)
      let fraction = Float(half & 0x3FF)
      switch exponent {
      case 0: self = sign * fraction * 0x1p-24
      case 31: self = fraction == 0 ? sign * .infinity : .nan
      default:
        self = sign * (1 + fraction / 1024) * Float(sign: .plus, exponent: exponent - 15, significand: 1)
      }
    }
  }
#endif
