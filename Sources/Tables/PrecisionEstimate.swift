import CNumberParsing

/// Finds out from the forms of a column's numbers, and from their values, how they were written.
struct PrecisionEstimate {
  /// What the values were before they became `Double`s.
  enum Origin { case text, single, double, memory }

  /// The share of cells that must show all decimals or digits: of numbers whose zeros at the end were trimmed
  /// nine in ten do.
  private static let share = 0.7
  /// The most values that are looked at one by one.
  private static let mostValues = 1024

  private let column: Column
  private let origin: Origin

  /// The precision of `column`, of whose cells the first were written as `forms` says (of text only).
  static func precision(_ column: Column, origin: Origin, forms: [NumberForm] = []) -> ColumnPrecision {
    PrecisionEstimate(column: column, origin: origin).precision(forms)
  }

  private func precision(_ written: [NumberForm]) -> ColumnPrecision {
    let values = sample()
    guard values.count > 1 else { return ColumnPrecision() }
    let design = DesignGrid(column)
    var forms = written.filter { $0.last_power != Int16(NUMBER_FORM_NONE) }
    let isWhole = forms.allSatisfy { $0.last_power >= 0 } && holdsWholeNumbers
    var result = ColumnPrecision(isWhole: isWhole, isGrid: design.isGrid)
    if origin != .text || DigitCounts(forms).most >= 16 {
      forms = values.map { origin == .single ? NumberForm(Float($0)) : NumberForm($0) }
    }
    let counts = DigitCounts(forms)
    if isSingle(values, forms) { return ColumnPrecision(isSinglePrecision: true, isGrid: design.isGrid) }
    result.isSinglePrecision = origin == .single
    if isWhole {
      if origin != .memory { setWhole(&result, forms) }
      return result
    }
    if origin == .memory { return result }
    let fixed = counts.fixed(share: Self.share)
    if !design.isGrid, let quantum = Quantum.find(values, resolution: fixed.resolution(of: values)) {
      result.absoluteStep = quantum
      result.isQuantised = true
      return result
    }
    switch fixed {
    // Bits that make short decimals are rounded numbers all the same; others are as exact as they can be.
    case .digits(let digits): if origin == .text || digits < 15 { result.significantDigits = digits }
    case .decimals(let power): result.absoluteStep = ColumnPrecision.powerOfTen(power)
    case .neither(let power): if origin == .text { result.absoluteStep = ColumnPrecision.powerOfTen(power) }
    }
    return result
  }

  /// Values of all the column, or from all over it.
  private func sample() -> [Double] {
    let stride = max(1, (column.count + Self.mostValues - 1) / Self.mostValues)
    return Swift.stride(from: 0, to: column.count, by: stride).compactMap {
      column[$0].isFinite ? column[$0] : nil
    }
  }

  private var holdsWholeNumbers: Bool {
    column.buffer.allSatisfy { ($0.magnitude < 0x1p53 && $0 == $0.rounded(.towardZero)) || $0.isNaN }
  }

  /// Whole numbers are written to the last unit, unless most end in zeros as numbers of few digits do.
  private func setWhole(_ result: inout ColumnPrecision, _ forms: [NumberForm]) {
    let counts = DigitCounts(forms.map(\.trimmed))
    let endInZeros = forms.count { $0.zeros > 0 }
    if forms.count >= 20, endInZeros * 2 >= forms.count, counts.most >= 2,
      counts.shareOfMost >= Self.share
    {
      result.significantDigits = counts.most
    } else {
      result.absoluteStep = 1
    }
  }

  /// Whether the values are 32-bit numbers, widened or printed in as many digits as tell them apart.
  private func isSingle(_ values: [Double], _ forms: [NumberForm]) -> Bool {
    // What ends in zeros could be written in fewer digits.
    let counts = DigitCounts(forms.map(\.trimmed))
    if counts.most >= 10 { return values.allSatisfy { Double(Float($0)) == $0 } }
    guard origin == .text, counts.most >= 8, counts.share(ofAtLeast: 7) >= 0.5 else { return false }
    return values.allSatisfy { Double(Float($0).description) == $0 }
  }
}

/// How often numbers have which last power of ten and how many digits.
struct DigitCounts {
  /// What is the same for all numbers of a column.
  enum Fixed {
    /// The power of ten of the last digit.
    case decimals(Int)
    /// The number of significant digits.
    case digits(Int)
    /// Neither: the last power of ten of the most finely written.
    case neither(Int)

    /// The last digit that values of this size may have.
    func resolution(of values: [Double]) -> Double {
      switch self {
      case .decimals(let power), .neither(let power): ColumnPrecision.powerOfTen(power)
      case .digits(let digits):
        ColumnPrecision(significantDigits: digits).step(at: values.map(\.magnitude).max() ?? 0)
      }
    }
  }

  private var powers: [Int: Int] = [:]
  private var digits: [Int: Int] = [:]
  private var zeros = 0
  private var total = 0

  init(_ forms: [NumberForm]) {
    for form in forms {
      let power = Int(form.last_power)
      if form.digits == 0 && power >= 0 {
        // A mere 0 is written the same in any precision.
        zeros += 1
        continue
      }
      powers[power, default: 0] += 1
      if form.digits > 0 { digits[Int(form.digits), default: 0] += 1 }
      total += 1
    }
  }

  /// The most significant digits.
  var most: Int { digits.keys.max() ?? 0 }

  /// The share of the numbers that have the most digits.
  var shareOfMost: Double { share(digits[most] ?? 0) }

  /// The share of the numbers that have at least `count` digits.
  func share(ofAtLeast count: Int) -> Double {
    share(digits.reduce(0) { $1.key >= count ? $0 + $1.value : $0 })
  }

  private func share(_ count: Int) -> Double { total > 0 ? Double(count) / Double(total) : 0 }

  /// What is fixed, if at least the share `share` of the numbers shows it and no other goes beyond it, or only
  /// one in fifty where there are many.
  func fixed(share wanted: Double) -> Fixed {
    guard total > 0 else { return .neither(0) }
    let finest = powers.keys.min() ?? 0
    if most >= 16, share(ofAtLeast: 15) >= wanted {
      return .digits(most == 16 && shareOfMost >= wanted ? 16 : 17)
    }
    // Where most values are of one size both are seen, and what more of them show is meant.
    let ofDecimals = share(powers[finest] ?? 0)
    if ofDecimals >= wanted, ofDecimals >= shareOfMost - 0.02 { return .decimals(finest) }
    if shareOfMost >= wanted { return .digits(most) }
    if ofDecimals >= wanted { return .decimals(finest) }
    let allowed = total / 50
    if let power = DigitCounts.bulk(powers, skipping: allowed, ascending: true),
      share(powers[power] ?? 0) >= wanted
    {
      return .decimals(power)
    }
    if let count = DigitCounts.bulk(digits, skipping: allowed, ascending: false),
      share(digits[count] ?? 0) >= wanted
    {
      return .digits(count)
    }
    return .neither(finest)
  }

  /// The first key from one end behind which no more than `allowed` cells lie.
  private static func bulk(_ counts: [Int: Int], skipping allowed: Int, ascending: Bool) -> Int? {
    var passed = 0
    for (key, count) in counts.sorted(by: { ascending ? $0.key < $1.key : $0.key > $1.key }) {
      passed += count
      if passed > allowed { return key }
    }
    return nil
  }
}

extension NumberForm {
  /// The form of the shortest decimal that reads back as `value`.
  fileprivate init(_ value: Double) { self = NumberForm(decimal: value.description) }

  /// The same of a 32-bit number.
  fileprivate init(_ value: Float) { self = NumberForm(decimal: value.description) }

  private init(decimal text: String) {
    var text = text
    self = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { number_form($0.baseAddress!, $0.count) }
    }
    self = trimmed
    // 1200 is no rounder than 1234 if only its value is known.
    if last_power > 0, text.utf8.allSatisfy({ $0 | 0x20 != UInt8(ascii: "e") }) { last_power = 0 }
  }

  /// The form without zeros at the end.
  fileprivate var trimmed: NumberForm {
    NumberForm(
      last_power: digits == 0 ? 0 : Int16(clamping: Int(last_power) + Int(zeros)), digits: digits - zeros,
      zeros: 0)
  }
}
