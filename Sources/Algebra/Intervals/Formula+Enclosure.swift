import Expressions

extension Formula {
  /// Bounds of the formula's exact value, constants read as the decimals they print as, the double nearest
  /// the circle's constant as that constant.
  ///
  /// - Parameters:
  ///   - features: bounds of the features, by their indices.
  ///   - tolerance: how far, relative to itself, a constant that is not whole may be off: for formulas whose
  ///     constants were folded with rounding.
  package func enclosure(_ features: [Enclosure], tolerance: Double = 0) -> Enclosure {
    reduce(
      leaf: { node in
        if node.isConstant { return Enclosure(decimal: node.value).widened(by: tolerance) }
        return Int(node.feature) < features.count ? features[Int(node.feature)] : .reals
      },
      branch: { operation, arguments in
        let first = arguments.startIndex
        return Enclosure.apply(
          operation, arguments[first], arguments.count > 1 ? arguments[first + 1] : Enclosure(0),
          arguments.count > 2 ? arguments[first + 2] : Enclosure(0))
      })
  }
}

extension Enclosure {
  /// Wider at both ends by a part of itself, but for whole numbers.
  fileprivate func widened(by tolerance: Double) -> Enclosure {
    if tolerance == 0 || isPoint && low == low.rounded() { return self }
    return Enclosure(low - abs(low) * tolerance, high + abs(high) * tolerance, definedness)
  }

  /// The number that a double's text says, for the doubles of ``Formula/enclosure(_:)``.
  package init(decimal value: Double) {
    if value == .pi {
      self.init(value, value.nextUp)
    } else if value == -.pi {
      self.init(value.nextDown, value)
    } else if value == value.rounded(), abs(value) < 0x1p53 {
      self.init(value)
    } else {
      let bounds = Rational(decimal: value).bounds
      self.init(bounds.low, bounds.high)
    }
  }
}
