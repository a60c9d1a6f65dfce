import Expressions
import Testing

@Suite struct OperatorSetTests {
  @Test(arguments: [
    ("+ - * /", "+ - * /"), ("+,-,*,/", "+ - * /"), (" exp,  log\t+\n", "+ exp log"), ("+ + plus add", "+"),
    ("pow ** ^", "^"),
    ("ln inverse negate", "neg inv log"), ("max max3 min min3", "max min max3 min3"), ("if ifelse", "if"),
    ("> >= < <=", "greater greater_equal less less_equal"),
    ("arcsin arccos arctan tgamma", "asin acos atan gamma"),
    ("floormod and or", "mod logical_or logical_and"),
  ])
  func `lists are read`(_ text: String, _ expected: String) throws {
    let operators = try OperatorSet(parsing: text)
    #expect(operators.description == expected)
    #expect(try OperatorSet(parsing: operators.description) == operators)
  }

  @Test(arguments: [
    ("+ - sinn", "sinn", "sign"), ("expp", "expp", "exp"), ("+ sqr", "sqr", "sqrt"), ("LOG", "LOG", "log"),
  ])
  func `unknown words are named, with what was probably meant`(
    _ text: String, _ word: String, _ nearest: String
  ) {
    let error = #expect(throws: OperatorError.self) { try OperatorSet(parsing: text) }
    #expect(error == .unknown(word, nearest: nearest))
    #expect(
      error?.description.hasPrefix("unknown operator \"\(word)\"; did you mean \"\(nearest)\"?") == true)
  }

  @Test func `words like none are only refused`() {
    #expect(throws: OperatorError.unknown("frobnicate", nearest: nil)) {
      try OperatorSet(parsing: "frobnicate")
    }
  }

  @Test(arguments: ["", "  ", ",,", "\n"])
  func `an empty list is refused`(_ text: String) {
    let error = #expect(throws: OperatorError.self) { try OperatorSet(parsing: text) }
    #expect(error == OperatorError.none)
    #expect(error?.description.contains("at least one") == true)
  }

  @Test func `every operator's list name is read back, and its call is parsed`() throws {
    for operation in Operator.allCases {
      #expect(Operator.named(operation.listName) == operation)
      #expect(try OperatorSet(parsing: operation.listName).all == [operation])
      #expect((1...3).contains(operation.arity))
      let arguments = (0..<operation.arity).map { Formula.feature($0) }
      let inner = arguments.flatMap(\.nodes)
      let formula = Formula(unchecked: inner + [.operation(operation, argumentLength: inner.count)])
      let names = ["x", "y", "z"]
      #expect(try Formula(parsing: formula.description(features: names), features: names) == formula)
      if operation.name.allSatisfy({ $0.isLetter || $0 == "_" }) {
        let call = "\(operation.name)(\(names.prefix(operation.arity).joined(separator: ", ")))"
        #expect(try Formula(parsing: call, features: names) == formula, "\(call)")
      }
    }
  }

  @Test func `sets sort by arity`() {
    let set = OperatorSet([.ifElse, .exp, .add, .exp, .subtract])
    #expect(set.binary == [.add, .subtract] && set.unary == [.exp] && set.ternary == [.ifElse])
    #expect(set.contains(.exp) && !set.contains(.log))
    #expect(set == OperatorSet([.subtract, .add, .exp, .ifElse]))
  }

  @Test(arguments: [
    ("velocty", "velocity"), ("Velocity", "velocity"), ("x", nil), ("mas", "mass"), ("qqqqqq", nil),
  ])
  func `spelling`(_ word: String, _ expected: String?) {
    #expect(Spelling.nearest(to: word, among: ["velocity", "mass", "time"]) == expected)
    #expect(Spelling.nearest(to: word, among: []) == nil)
  }
}
