extension Network {
  /// A network of the same parameters in which formulas give some components of the messages, just as they are
  /// sent; neither masks nor what makes messages opposite change them.
  ///
  /// The parameters are a copy, and those for the formulas' constants follow them. Constants are trained as the
  /// others are; the loss is that of the network.
  ///
  /// - Throws: ``NetworkError`` when this is no graph network, or a component is not there or given twice.
  package func replacingMessages(with formulas: any MessageFormulas) throws(NetworkError) -> Network {
    guard case .graphNetwork(let network) = architecture else {
      throw .badSetting("a \(architecture.name) has no messages that formulas could stand for")
    }
    let components = formulas.components
    guard !components.isEmpty, Set(components).count == components.count,
      components.allSatisfy({ (0..<network.messageWidth).contains($0) })
    else {
      throw .badSetting(
        "formulas stand for the components \(components) of messages, which must be different and between 0 and "
          + "\(network.messageWidth - 1)")
    }
    let rates = [formulas.constantRate, formulas.networkRate]
    guard rates.allSatisfy({ $0.isFinite && $0 >= 0 }), formulas.constants.allSatisfy(\.isFinite) else {
      throw .badSetting("constants of formulas must be finite, factors of learning rates 0 or positive")
    }
    return Network(copying: self, formulas: formulas)
  }

  /// A network with the same parameters whose messages are all its own again. They are those it had before
  /// formulas stood for them, bit for bit, unless they were trained since; the function of bodies too.
  public func withOwnMessages() -> Network { Network(copying: self, formulas: nil) }

  /// The present values of the formulas' constants; empty where there are none.
  package var formulaConstants: [Double] {
    guard let formulas else { return [] }
    return TrainedConstants(starts: formulas.constants)
      .values(UnsafePointer(parameters.base + architecture.parameterCount))
  }

  /// Parts of the parameters that are trained, with the factors of the learning rate.
  var rateFactors: [(range: Range<Int>, factor: Float)] {
    guard let formulas, case .graphNetwork(let network) = architecture else {
      return architecture.rateFactors
    }
    var parts: [(range: Range<Int>, factor: Float)] = []
    let rate = Float(formulas.networkRate)
    if rate > 0 {
      // What has no gradient must not fade by the decay of weights either.
      if formulas.components.count < network.messageWidth { parts.append((network.edgeFunction.range, rate)) }
      parts.append((network.nodeFunction.range, rate))
    }
    for (index, isTrainable) in formulas.isTrainable.enumerated() where isTrainable {
      let place = architecture.parameterCount + index
      parts.append((place..<place + 1, Float(formulas.constantRate)))
    }
    return parts
  }
}
