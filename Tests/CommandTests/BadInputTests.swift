import Testing

/// A call that cannot succeed, the status it ends with, and words its message must have.
struct BadInput: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let content: String
  let flags: [String]
  let status: Int32
  let words: [String]

  init(
    _ name: String, _ content: String = linearData, flags: [String] = [], status: Int32 = 65,
    says words: String...
  ) {
    testDescription = name
    self.content = content
    self.flags = flags
    self.status = status
    self.words = words
  }

  static let data: [BadInput] = [
    BadInput("empty file", "", says: "data.csv", "empty"),
    BadInput("header only", "a,b\n", says: "data.csv", "no row"),
    BadInput(
      "an Excel workbook", "PK\u{3}\u{4}xx[Content_Types].xml", says: "data.csv", "Excel",
      "save the sheet as CSV"),
    BadInput("a Parquet file", "PAR1\u{15}\u{4}", says: "data.csv", "Parquet", "CSV"),
    BadInput(
      "a target of words that is named", "a,b,y\n1,2,x\n3,4,z\n", flags: ["--target", "y"],
      says: "data.csv:2",
      "\"y\"", "\"x\""),
    BadInput("binary noise", "\u{0}\u{1}\u{2}a,b\u{0}\n\u{3}\n", says: "data.csv"),
    BadInput("ragged row", "a,b\n1,2\n3\n", says: "data.csv:3", "1 cell", "2"),
    BadInput(
      "a word in a used column", "a,b\n1,2\nred,4\n5,6\n", says: "data.csv:3", "\"a\"", "\"red\"",
      "--features"),
    BadInput("infinite value", "a,b\n1,2\ninf,4\n", says: "data.csv:3", "\"a\"", "infinite"),
    BadInput("value beyond 64 bits", "a,b\n1,2\n1e999,4\n", says: "data.csv:3", "\"a\""),
    BadInput("duplicate names", "a,a,y\n1,2,3\n", says: "data.csv:1", "\"a\""),
    BadInput("unknown target", linearData, flags: ["--target", "z"], says: "data.csv", "\"z\""),
    BadInput("unknown feature", linearData, flags: ["--features", "a,q"], says: "data.csv", "\"q\""),
    BadInput("unknown weights", linearData, flags: ["--weights", "w"], says: "\"w\""),
    BadInput("no numeric column", "a,b\nx,y\nz,w\n", says: "data.csv", "number"),
    BadInput("nothing but a target", "y\n1\n2\n", says: "data.csv", "\"y\""),
    BadInput(
      "target that is a feature", linearData, flags: ["--target", "a", "--features", "a"], says: "\"a\""),
    BadInput(
      "weights that are negative", "a,w,y\n1,-1,2\n2,1,3\n", flags: ["--weights", "w"], says: "\"w\"", "-1"),
    BadInput(
      "standard errors of zero", "a,s,y\n1,0,2\n2,1,3\n", flags: ["--sigma", "s"], says: "\"s\"", "0"),
    BadInput("empty cell", "a,b\n1,2\n,4\n", says: "data.csv:3", "\"a\"", "1 cell", "--drop-missing"),
    BadInput("NaN", "a,b\n1,2\n3,NaN\n", says: "data.csv:3", "\"b\"", "--drop-missing"),
    BadInput("nothing left", "a,b\n1,\n,4\n", flags: ["--drop-missing"], says: "data.csv", "no row is left"),
  ]

  static let usage: [BadInput] = [
    BadInput("unknown flag", linearData, flags: ["--bogus"], status: 64, says: "--bogus"),
    BadInput(
      "unknown operator", linearData, flags: ["--operators", "+ sine"], status: 64, says: "\"sine\"",
      "\"sin\""),
    BadInput("no operator", linearData, flags: ["--operators", " "], status: 64, says: "empty"),
    BadInput("unknown loss", linearData, flags: ["--loss", "mze"], status: 64, says: "\"mze\"", "mae"),
    BadInput(
      "unreadable loss", linearData, flags: ["--loss", "(y - prediction"], status: 64, says: "column 16"),
    BadInput(
      "loss without prediction", linearData, flags: ["--loss", "y^2"], status: 64, says: "prediction"),
    BadInput("precision of 16 bits", linearData, flags: ["--precision", "16"], status: 64, says: "32", "64"),
    BadInput("unknown selection", linearData, flags: ["--select", "prettiest"], status: 64, says: "best"),
    BadInput(
      "size out of range", linearData, flags: ["--max-size", "0"], status: 64, says: "--max-size", "1 to 1000"
    ),
    BadInput("negative time", linearData, flags: ["--timeout=-1"], status: 64, says: "--timeout"),
    BadInput(
      "time that is no number", linearData, flags: ["--timeout", "nan"], status: 64, says: "--timeout"),
    BadInput(
      "empty name", linearData, flags: ["--features", "a,,b"], status: 64, says: "--features", "empty"),
    BadInput(
      "quote that is not closed", linearData, flags: ["--features", "\"a,b"], status: 64, says: "--features",
      "quote"),
    BadInput("lines below zero", linearData, flags: ["--skip=-1"], status: 64, says: "--skip"),
    BadInput(
      "nothing that is missing", linearData, flags: ["--missing", "1,,2"], status: 64, says: "--missing"),
    BadInput(
      "all rows held out", linearData, flags: ["--validation", "1"], status: 64, says: "--validation"),
  ]
}

@Suite struct BadInputTests {
  @Test("what cannot be fitted is refused with a reason", arguments: BadInput.data + BadInput.usage)
  func refused(_ input: BadInput) async throws {
    let scratch = Scratch()
    try scratch.write(input.content, to: "data.csv")
    let outcome = try await symreg("fit", "data.csv", in: scratch, flags: input.flags)
    #expect(outcome.status == input.status)
    #expect(outcome.output.isEmpty)
    for word in input.words { #expect(outcome.errors.contains(word), "\(outcome.errors)") }
    // Nothing is left behind by a run that did not take place.
    #expect(!FileSystem.exists(scratch.file("symreg-runs")))
  }

  @Test("a file that is not there ends with 66, on every command")
  func missingFiles() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    for call in [
      ["fit", "nowhere.csv"], ["fit", "nowhere.npz"], ["show", "nowhere"],
      ["predict", "nowhere", "data.csv"], ["show", "."],
    ] {
      let outcome = try await SymregProcess(call, in: scratch).finish()
      #expect(outcome.status == 66, "\(call)")
      #expect(outcome.errors.contains(call[1]))
    }
  }

  @Test("a mistyped command is answered with the one that was meant")
  func mistypedCommand() async throws {
    let scratch = Scratch()
    let outcome = try await symreg("ft", "data.csv", in: scratch)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("did you mean \"fit\"?"))
    let forgotten = try await symreg("data.csv", in: scratch)
    #expect(forgotten.status == 64)
    #expect(forgotten.errors.contains("symreg fit data.csv"))
  }
}
