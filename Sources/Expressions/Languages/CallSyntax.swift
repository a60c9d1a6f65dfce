/// A language with infix arithmetic and function calls, as SymPy and Python are: what differs is data.
struct CallSyntax {
  /// The text of a constant.
  let constant: (Double) -> String
  /// The text of a feature's name.
  let name: (String) -> String
  /// The text of an operator that is not `+ - * /`, its arguments printed and safe inside a call.
  let call: (Operator, [String]) -> String

  func text(of formula: Formula, features: [String]) -> String {
    formula.reduce(
      leaf: { node in
        if node.isConstant {
          let text = constant(node.value)
          return Part(text: text, isAtom: !text.hasPrefix("-"))
        }
        let index = Int(node.feature)
        return Part(text: name(index < features.count ? features[index] : "x\(index)"), isAtom: true)
      },
      branch: { operation, arguments in
        let parts = Array(arguments)
        switch operation {
        case .add, .subtract, .multiply, .divide:
          return Part(text: "\(parts[0].closed)\(operation.name)\(parts[1].closed)", isAtom: false)
        case .power: return Part(text: "\(parts[0].closed)**\(parts[1].closed)", isAtom: false)
        case .negate: return Part(text: "-\(parts[0].closed)", isAtom: false)
        default: return Part(text: call(operation, parts.map(\.text)), isAtom: true)
        }
      }
    ).text
  }

  private struct Part {
    let text: String
    let isAtom: Bool
    var closed: String { isAtom ? text : "(\(text))" }
  }
}
