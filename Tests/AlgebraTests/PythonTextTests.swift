import Algebra
import Expressions
import Foundation
import Randomness
import Testing

/// Runs Python, where it is installed, and hands back what it prints.
private func python(_ script: String, input: Data = Data()) throws -> Data? {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-c", script]
  let files = FileManager.default.temporaryDirectory
  let inputFile = files.appendingPathComponent("symreg-\(UUID().uuidString).json")
  try input.write(to: inputFile)
  defer { try? FileManager.default.removeItem(at: inputFile) }
  process.standardInput = try FileHandle(forReadingFrom: inputFile)
  let output = Pipe()
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return process.terminationStatus == 0 ? data : nil
}

private func has(_ module: String) -> Bool { (try? python("import \(module)")).flatMap { $0 } != nil }

private let hasSymPy = has("sympy")
private let hasNumPy = has("numpy")

/// What other programs make of the texts that formulas are written in for them.
@Suite struct PythonTextTests {
  static let names = [
    "x", "a b", "E", "lambda", "it's", "2nd", "beta", "é", "back\\slash", "", "group", "np", "line\nbreak",
    "S", "f(x)", "x.y", "pi",
    "true", "_", "N", "deg",
  ]

  /// Each operator alone and inside others, where parentheses matter.
  static func formulas() -> [Formula] {
    var found: [Formula] = []
    for operation in Operator.allCases {
      let arguments = (0..<operation.arity).map {
        Formula.feature((Int(operation.rawValue) + $0) % names.count)
      }
      let inner = arguments.flatMap(\.nodes)
      let call = Formula(unchecked: inner + [.operation(operation, argumentLength: inner.count)])
      found += [
        call, .apply(.power, call, .feature(0)), .apply(.divide, .feature(1), call),
        .apply(.subtract, .constant(-2), call), .apply(.inverse, .apply(.negate, call)),
      ]
    }
    var random = RandomFormulas(seed: 23)
    found += (0..<40).map { _ in random.formula(size: 9, operators: Operator.allCases) }
    return found
  }

  static let row = (0..<names.count).map { 0.37 + 0.41 * Double($0 % 5) }

  private func check(_ script: String, _ text: (Formula) -> String) throws {
    let formulas = PythonTextTests.formulas()
    let input: [String: Any] = [
      "names": PythonTextTests.names, "row": PythonTextTests.row, "texts": formulas.map(text),
    ]
    let output = try #require(try python(script, input: JSONSerialization.data(withJSONObject: input)))
    let values = try #require(try JSONSerialization.jsonObject(with: output) as? [Any])
    try #require(values.count == formulas.count)
    var compared = 0
    for (formula, found) in zip(formulas, values) {
      let expected = formula.value(PythonTextTests.row)
      // An infinite part may still give a finite value here, where SymPy and Python give up.
      guard
        formula.nodes.indices.allSatisfy({ formula.subformula(at: $0).value(PythonTextTests.row).isFinite })
      else { continue }
      compared += 1
      let value = found as? Double
      #expect(value != nil, "\(text(formula)): \(found)")
      if let value {
        #expect(
          abs(value - expected) <= 1e-9 * max(1, abs(expected)), "\(text(formula)): \(value), not \(expected)"
        )
      }
    }
    #expect(compared > 200)
  }

  @Test(.enabled(if: hasSymPy)) func `SymPy reads every operator and every name`() throws {
    let script = """
      import json, sys, sympy
      job = json.load(sys.stdin)
      values = {sympy.Symbol(n): v for n, v in zip(job["names"], job["row"])}
      out = []
      for text in job["texts"]:
        try:
          e = sympy.sympify(text)
          assert e.free_symbols <= set(values), e.free_symbols
          v = complex(sympy.N(e.subs(values)))
          out.append(v.real if abs(v.imag) < 1e-12 else "complex")
        except Exception as error:
          out.append(repr(error))
      print(json.dumps([v if isinstance(v, str) or abs(v) < 1e308 else str(v) for v in out]))
      """
    try check(script) { $0.sympy(features: PythonTextTests.names) }
  }

  @Test(.enabled(if: hasNumPy)) func `Python evaluates every operator and every name`() throws {
    let script = """
      import json, math, sys
      import numpy as np
      class scipy:
        class special:
          erf, erfc, gamma = np.vectorize(math.erf), np.vectorize(math.erfc), np.vectorize(math.gamma)
      np.seterr(all="ignore")
      job = json.load(sys.stdin)
      columns = {n: np.array([v]) for n, v in zip(job["names"], job["row"])}
      plain = {n: v for n, v in columns.items() if n.isidentifier() and n != "np"}
      out = []
      for text in job["texts"]:
        try:
          v = eval(text, {**plain, "np": np, "scipy": scipy, "columns": columns})
          out.append(float(np.ravel(v)[0]))
        except Exception as error:
          out.append(repr(error))
      print(json.dumps([v if isinstance(v, str) or abs(v) < 1e308 else str(v) for v in out]))
      """
    try check(script) { $0.python(features: PythonTextTests.names) }
  }
}
