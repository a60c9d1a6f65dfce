import Arrays
import Foundation

/// One number of each run of elements along some axes. Sums are taken in 64 bits.
struct ReductionOperation: Operation {
  enum Kind: Sendable {
    case sum, mean, maximum, minimum, product, sumOfSquares, norm, sumOfMagnitudes
  }

  let kind: Kind
  /// The axes, unless the second input has them; all of them if neither has.
  let axes: [Int]?
  /// Whether reduced dimensions stay, with the length 1.
  let keepsDimensions: Bool
  /// Whether no axes at all mean that nothing is reduced.
  let emptyMeansNone: Bool

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let given = try inputs.integers(1) ?? axes ?? []
    if given.isEmpty, emptyMeansNone { return [input] }
    let axes = given.isEmpty ? Array(input.shape.indices) : try dimensions(given, rank: input.rank)
    guard let type = input.elementType, type != .bool else {
      throw OperationFault("it does not take elements of the type \(input.elements.typeName)")
    }
    let kept = input.shape.indices.filter { !axes.contains($0) }
    let run = axes.map { input.shape[$0] }.reduce(1, *)
    let strides = rowMajorStrides(input.shape)
    // The reduced axes last, so that each run lies in one piece.
    let order = kept + axes.sorted()
    let ordered = input.strided(shape: order.map { input.shape[$0] }, strides: order.map { strides[$0] })
    let values = ordered.doubles ?? []
    let count = kept.map { input.shape[$0] }.reduce(1, *)
    guard run > 0 || kind == .sum || kind == .sumOfSquares || count == 0 else {
      throw OperationFault("there is no element to reduce along axes \(axes)")
    }
    let results = (0..<count).map { reduced(values[($0 * run)..<(($0 + 1) * run)]) }
    let shape =
      keepsDimensions
      ? input.shape.indices.map { axes.contains($0) ? 1 : input.shape[$0] } : kept.map { input.shape[$0] }
    return [NumericArray(shape: shape, elements: .float64(results)).converted(to: type)]
  }

  private func reduced(_ values: ArraySlice<Double>) -> Double {
    switch kind {
    case .sum: values.reduce(0, +)
    case .mean: values.reduce(0, +) / Double(values.count)
    case .maximum: values.reduce(-.infinity) { $0 > $1 || $0.isNaN ? $0 : $1 }
    case .minimum: values.reduce(.infinity) { $0 < $1 || $0.isNaN ? $0 : $1 }
    case .product: values.reduce(1, *)
    case .sumOfSquares: values.reduce(0) { $0 + $1 * $1 }
    case .norm: values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    case .sumOfMagnitudes: values.reduce(0) { $0 + abs($1) }
    }
  }
}

/// Layer normalisation (Ba, Kiros and Hinton 2016): mean 0 and variance 1 over the last axes, then a factor and
/// a term for each element.
struct LayerNormalization: Operation {
  let axis: Int
  let epsilon: Double

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let axis = try dimension(axis, rank: input.rank)
    let size = input.shape[axis...].reduce(1, *)
    let factors = try inputs[1].expanded(to: Array(input.shape[axis...])).doubles
    let terms = try inputs.optional(2)?.expanded(to: Array(input.shape[axis...])).doubles
    guard let values = input.doubles, let factors, let type = input.elementType,
      type == .float32 || type == .float64
    else { throw OperationFault("it takes floating-point numbers") }
    var results = [Double](repeating: 0, count: values.count)
    var means: [Double] = []
    var inverses: [Double] = []
    for start in stride(from: 0, to: values.count, by: max(1, size)) {
      let run = values[start..<(start + size)]
      let mean = run.reduce(0, +) / Double(size)
      let variance = run.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
      let inverse = 1 / (variance + epsilon).squareRoot()
      for index in 0..<size {
        results[start + index] =
          (values[start + index] - mean) * inverse * factors[index] + (terms?[index] ?? 0)
      }
      means.append(mean)
      inverses.append(inverse)
    }
    let outer = Array(input.shape[..<axis]) + input.shape[axis...].map { _ in 1 }
    let rows = outer.reduce(1, *)
    guard means.count == rows else { throw OperationFault("there is nothing to normalise") }
    return [
      NumericArray(shape: input.shape, elements: .float64(results)).converted(to: type),
      NumericArray(shape: outer, elements: .float32(means.map { Float($0) })),
      NumericArray(shape: outer, elements: .float32(inverses.map { Float($0) })),
    ]
  }
}

/// Batch normalisation as a trained network applies it: the means and variances are its inputs.
struct BatchNormalization: Operation {
  let epsilon: Double

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    guard input.rank >= 2 else { throw OperationFault("it takes an array of two dimensions or more") }
    let channels = input.shape[1]
    var settings: [[Double]] = []
    for position in 1...4 {
      guard let values = try inputs[position].doubles, values.count == channels else {
        throw OperationFault("its input \(position) must hold \(channels) numbers")
      }
      settings.append(values)
    }
    guard var values = input.doubles, let type = input.elementType, type == .float32 || type == .float64
    else {
      throw OperationFault("it takes floating-point numbers")
    }
    let size = input.shape[2...].reduce(1, *)
    for index in values.indices {
      let channel = index / size % channels
      let factor = settings[0][channel] / (settings[3][channel] + epsilon).squareRoot()
      values[index] = (values[index] - settings[2][channel]) * factor + settings[1][channel]
    }
    return [NumericArray(shape: input.shape, elements: .float64(values)).converted(to: type)]
  }
}

/// Exponentials along an axis divided by their sum, or the logarithm of that.
struct SoftmaxOperation: Operation {
  let axis: Int
  let isLogarithm: Bool
  /// Whether any other axis but the last is refused.
  let onlyLast: Bool

  func evaluate(_ inputs: Operands) throws(OperationFault) -> [NumericArray] {
    let input = try inputs[0]
    let axis = try dimension(axis, rank: input.rank)
    guard !onlyLast || axis == input.rank - 1 else {
      throw OperationFault("in this version of the operators, only the last axis is taken, not axis \(axis)")
    }
    guard var values = input.doubles, let type = input.elementType, type == .float32 || type == .float64
    else {
      throw OperationFault("it takes floating-point numbers")
    }
    let length = input.shape[axis]
    let inner = input.shape[(axis + 1)...].reduce(1, *)
    if values.isEmpty { return [input] }
    for block in 0..<(values.count / (length * inner)) {
      for column in 0..<inner {
        let places = (0..<length).map { (block * length + $0) * inner + column }
        let largest = places.reduce(-.infinity) { max($0, values[$1]) }
        let sum = places.reduce(0) { $0 + exp(values[$1] - largest) }
        for place in places {
          let shifted = values[place] - largest
          values[place] = isLogarithm ? shifted - log(sum) : exp(shifted) / sum
        }
      }
    }
    return [NumericArray(shape: input.shape, elements: .float64(values)).converted(to: type)]
  }
}
