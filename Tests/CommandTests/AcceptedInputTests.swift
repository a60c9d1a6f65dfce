import Testing

@Suite struct AcceptedInputTests {
  @Test(
    "unusual but sound files are fitted",
    arguments: [
      ("CRLF", "a,y\r\n1,2\r\n2,4\r\n3,6\r\n"), ("byte order mark", "\u{FEFF}a,y\n1,2\n2,4\n3,6\n"),
      ("semicolons", "a;y\n1;2\n2;4\n3;6\n"), ("tabs", "a\ty\n1\t2\n2\t4\n3\t6\n"),
      ("quoted names", "\"a, b\",\"y \"\"quoted\"\"\"\n1,2\n2,4\n3,6\n"),
      ("other letters", "größe,質量\n1,2\n2,4\n3,6\n"),
      ("names of functions", "log,exp\n1,2\n2,4\n3,6\n"), ("no final line end", "a,y\n1,2\n2,4\n3,6"),
      ("huge and tiny values", "a,y\n1e300,2e-300\n2e300,4e-300\n3e300,6e-300\n"),
    ])
  func accepted(_ name: String, _ content: String) async throws {
    let scratch = Scratch()
    try scratch.write(content, to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--format", "json", "--output", "run"], in: scratch)
    #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    #expect(try outcome.json()["rows"] as? Int == 3)
    // What was found can be read back and evaluated, whatever the names.
    let predicted = try await symreg("predict", "run", "data.csv", in: scratch)
    #expect(predicted.status == 0, "\(name): \(predicted.errors)")
    #expect(predicted.output.split(separator: "\n").count == 4)
  }

  @Test(
    "results that mean little come with a warning, on standard error and in the document",
    arguments: [
      ("one row", "a,y\n1,2\n", "one row"), ("constant target", "a,y\n1,2\n2,2\n3,2\n", "\"y\" is 2"),
      ("more columns than rows", "a,b,c,y\n1,2,3,4\n2,5,3,1\n", "more features"),
    ])
  func warned(_ name: String, _ content: String, _ words: String) async throws {
    let scratch = Scratch()
    try scratch.write(content, to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--format", "json"], in: scratch)
    #expect(outcome.status == 0, "\(name): \(outcome.errors)")
    #expect(outcome.errors.contains("Warning: ") && outcome.errors.contains(words), "\(outcome.errors)")
    let warnings = try #require(try outcome.json()["warnings"] as? [String])
    #expect(warnings.contains { $0.contains(words) })
  }

  @Test("rows with missing values are left out when that is asked for, with a note")
  func dropMissing() async throws {
    let scratch = Scratch()
    try scratch.write("a,y\n1,2\n,4\n3,6\n4,8\n5,NA\n", to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--drop-missing", "--format", "json"], in: scratch)
    #expect(outcome.status == 0)
    #expect(try outcome.json()["rows"] as? Int == 3)
    #expect(outcome.errors.contains("left out 2 rows"))
  }

  @Test("text in columns that are not used is no obstacle, and noted")
  func textColumn() async throws {
    let scratch = Scratch()
    try scratch.write("name,a,y\nx,1,2\ny,2,4\nz,3,6\n", to: "data.csv")
    let outcome = try await shortFit("data.csv", ["--format", "json"], in: scratch)
    #expect(try outcome.json()["features"] as? [String] == ["a"])
    #expect(outcome.errors.contains("Note: ") && outcome.errors.contains("\"name\""))
  }
}
