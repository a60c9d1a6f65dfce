import Arrays

/// The attributes of a node, read by the name and type that its operator expects.
struct Settings {
  let attributes: [String: AttributeValue]
  /// The version of ONNX's operators.
  let operatorSet: Int
  /// How many outputs the node names.
  let outputs: Int

  func has(_ name: String) -> Bool { attributes[name] != nil }

  func float(_ name: String, default value: Double? = nil) throws(OperationFault) -> Double {
    switch attributes[name] {
    case .float(let found): return Double(found)
    case nil: if let value { return value }
    default: break
    }
    throw fault(name, "a number")
  }

  func int(_ name: String, default value: Int? = nil) throws(OperationFault) -> Int {
    switch attributes[name] {
    case .int(let found): return Int(found)
    case nil: if let value { return value }
    default: break
    }
    throw fault(name, "a whole number")
  }

  func flag(_ name: String, default value: Bool) throws(OperationFault) -> Bool {
    try int(name, default: value ? 1 : 0) != 0
  }

  func string(_ name: String, default value: String) throws(OperationFault) -> String {
    switch attributes[name] {
    case .string(let found): return found
    case nil: return value
    default: throw fault(name, "a word")
    }
  }

  func ints(_ name: String) throws(OperationFault) -> [Int]? {
    switch attributes[name] {
    case .ints(let found): return found.map { Int($0) }
    case nil: return nil
    default: throw fault(name, "a list of whole numbers")
    }
  }

  private func fault(_ name: String, _ wanted: String) -> OperationFault {
    OperationFault(
      "its attribute \(quoted(name)) \(has(name) ? "is not" : "is missing; it must be") \(wanted)")
  }
}
