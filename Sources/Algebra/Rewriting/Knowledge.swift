import Expressions

/// What is known of a class's value, whatever real numbers the features are.
struct Knowledge: Hashable {
  /// The exact value, if it is one number.
  var constant: Rational?
  /// Bounds, and whether the value always exists.
  var enclosure: Enclosure
  /// Whether it is above zero wherever it exists.
  var isPositive: Bool
  /// Whether it is not zero wherever it exists.
  var isNonzero: Bool

  /// Whether there is a value for all real features.
  var isTotal: Bool { enclosure.isDefined }
  /// Whether it is zero or more wherever it exists.
  var isNonnegative: Bool { isPositive || enclosure.low >= 0 }

  /// What conditions of rules can tell apart, as bits.
  var summary: Int {
    (constant != nil ? 1 : 0) | (isPositive ? 2 : 0) | (isNonzero ? 4 : 0) | (isTotal ? 8 : 0)
      | (isNonnegative ? 16 : 0) | (enclosure.high <= 0 ? 32 : 0)
      | (enclosure.low >= -1 && enclosure.high <= 1 ? 64 : 0)
  }

  private init(number: Rational) {
    constant = number
    let bounds = number.bounds
    enclosure = Enclosure(bounds.low, bounds.high)
    isPositive = number.sign > 0
    isNonzero = !number.isZero
  }

  private init(bounds: Enclosure, isPositive: Bool) {
    enclosure = bounds
    self.isPositive = isPositive
    isNonzero = isPositive || bounds.high < 0
  }

  init(of node: EqualityGraph.Node, in graph: EqualityGraph) {
    switch node.opcode {
    case Opcode.constant:
      switch graph.constants[node.leaf] {
      case .number(let value): self.init(number: value)
      case .pi(let isNegative):
        let bounds = Enclosure(decimal: .pi)
        self.init(bounds: isNegative ? -bounds : bounds, isPositive: !isNegative)
      }
    case Opcode.feature:
      let isPositive = graph.assumptions.positiveFeatures.contains(node.leaf)
      self.init(bounds: isPositive ? Enclosure(0, .infinity) : .reals, isPositive: isPositive)
    default:
      let arguments = node.children.map { graph.knowledge[graph.find($0)] }
      self.init(of: Operator(rawValue: node.opcode) ?? .negate, arguments)
    }
  }

  private init(of operation: Operator, _ arguments: [Knowledge]) {
    let first = arguments[0]
    let second = arguments.count > 1 ? arguments[1] : first
    let third = arguments.count > 2 ? arguments[2] : first
    enclosure = Knowledge.bounds(operation, first, second, third)
    constant = Knowledge.folded(operation, arguments)
    isPositive = enclosure.low > 0
    isNonzero = isPositive || enclosure.high < 0
    switch operation {
    case .exp, .cosh: isPositive = true
    case .add:
      isPositive =
        isPositive || (first.isPositive && second.isNonnegative)
        || (second.isPositive && first.isNonnegative)
    case .multiply, .divide:
      isPositive = isPositive || (first.isPositive && second.isPositive)
      isNonzero = isNonzero || (first.isNonzero && (second.isNonzero || operation == .divide))
    case .square, .abs: isPositive = isPositive || first.isNonzero
    case .sqrt, .power, .inverse, .cube, .cbrt, .log1p: isPositive = isPositive || first.isPositive
    case .negate: isNonzero = isNonzero || first.isNonzero
    default: break
    }
    isNonzero = isNonzero || isPositive
    if let constant { self = Knowledge(number: constant) }
  }

  /// Bounds of the operator, dividing by and taking logarithms of what is known not to be zero or less.
  private static func bounds(_ operation: Operator, _ x: Knowledge, _ y: Knowledge, _ z: Knowledge)
    -> Enclosure
  {
    let isSafe =
      switch operation {
      case .divide: y.isNonzero
      case .inverse: x.isNonzero
      case .log, .log2, .log10: x.isPositive
      case .power: x.isPositive
      default: false
      }
    let plain = Enclosure.apply(operation, x.enclosure, y.enclosure, z.enclosure)
    guard isSafe, plain.definedness != .always, x.isTotal, y.isTotal else { return plain }
    let least =
      (operation == .divide || operation == .inverse) && x.isNonnegative && y.isNonnegative
        || operation == .power
      ? 0 : -Double.infinity
    return Enclosure(least, .infinity)
  }

  /// What is known when both describe the same value.
  func joined(with other: Knowledge) -> Knowledge {
    var result = self
    result.constant = constant ?? other.constant
    let isDefined = enclosure.isDefined || other.enclosure.isDefined
    let low = max(enclosure.low, other.enclosure.low)
    let high = min(enclosure.high, other.enclosure.high)
    if low <= high {
      result.enclosure = Enclosure(low, high, isDefined ? .always : enclosure.definedness)
    }
    result.isPositive = isPositive || other.isPositive
    result.isNonzero = isNonzero || other.isNonzero
    return result
  }

  /// The exact value of an operator of numbers, where that is a number of moderate size.
  private static func folded(_ operation: Operator, _ arguments: [Knowledge]) -> Rational? {
    // Zero times anything that always has a value.
    if operation == .multiply {
      if arguments[0].constant?.isZero == true && arguments[1].isTotal { return .zero }
      if arguments[1].constant?.isZero == true && arguments[0].isTotal { return .zero }
    }
    guard let x = arguments[0].constant else { return nil }
    let y = arguments.count > 1 ? arguments[1].constant : Rational.zero
    let z = arguments.count > 2 ? arguments[2].constant : Rational.zero
    guard let y, let z, x.bits < 4_096, y.bits < 4_096, z.bits < 4_096 else { return nil }
    switch operation {
    case .add: return x + y
    case .subtract: return x - y
    case .multiply: return x * y
    case .divide: return y.isZero ? nil : x / y
    case .negate: return -x
    case .square: return x * x
    case .cube: return x * x * x
    case .abs: return x.magnitude
    case .sign: return Rational(x.sign)
    case .inverse: return x.isZero ? nil : x.inverse
    case .maximum: return max(x, y)
    case .minimum: return min(x, y)
    case .maximum3: return max(x, y, z)
    case .minimum3: return min(x, y, z)
    case .clamp: return min(max(x, y), z)
    case .fma, .muladd: return x * y + z
    case .floor: return x.floor
    case .ceil: return -(-x).floor
    case .relu: return max(x, .zero)
    case .greater: return x > y ? .one : .zero
    case .greaterOrEqual: return x >= y ? .one : .zero
    case .less: return x < y ? .one : .zero
    case .lessOrEqual: return x <= y ? .one : .zero
    case .power: return y.integer.flatMap { x.power($0, bits: 256) }
    case .sqrt: return root(x)
    case .exp: return x.isZero ? .one : nil
    case .log: return x.isOne ? .zero : nil
    case .sin, .tan, .asin, .atan, .sinh, .tanh, .asinh, .atanh, .log1p, .erf: return x.isZero ? .zero : nil
    case .cos, .cosh: return x.isZero ? .one : nil
    default: return nil
    }
  }

  /// The square root of a square.
  private static func root(_ x: Rational) -> Rational? {
    guard x.sign >= 0, let words = x.words else { return nil }
    let numerator = Int(Double(words.numerator).squareRoot().rounded())
    let denominator = Int(Double(words.denominator).squareRoot().rounded())
    guard denominator > 0 else { return nil }
    let candidate = Rational(numerator, over: denominator)
    return candidate * candidate == x ? candidate : nil
  }
}
