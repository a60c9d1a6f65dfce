import Testing

@Suite struct FileFormatTests {
  private let scratch = Scratch()

  /// The document of a short fit without a word on standard error.
  private func quietFit(_ content: String, _ flags: [String] = []) async throws -> [String: Any] {
    try scratch.write(content, to: "data.csv")
    let outcome = try await shortFit(
      "data.csv", flags + ["--quiet", "--format", "json", "--output", "run"], in: scratch)
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try outcome.json()
  }

  private func rows(_ cells: (Int) -> String) -> String { (1...12).map { cells($0) + "\n" }.joined() }

  @Test("what was decided about a file is in the document's notes, however quiet the command")
  func notes() async throws {
    let headless = try await quietFit(rows { "\($0) \($0 * $0)" })
    #expect(headless["target"] as? String == "y" && headless["features"] as? [String] == ["x1"])
    #expect((headless["notes"] as? [String])?.contains { $0.contains("no header line") } == true)
    let text = try await quietFit("a,b,v\n" + rows { "\($0),\($0 * $0),word" })
    #expect(text["target"] as? String == "b")
    #expect((text["notes"] as? [String])?.contains { $0.contains("the target is \"b\"") } == true)
    let grouped = try await quietFit("a,b,v\n" + rows { "\($0),\($0 * $0),\"\($0),000\"" })
    #expect(grouped["target"] as? String == "v")
    #expect((grouped["notes"] as? [String])?.contains { $0.contains("groups of three digits") } == true)
  }

  @Test("fit and predict take the same files and flags; what stands for missing values is remembered")
  func flags() async throws {
    let document = try await quietFit(
      "Device\nNo 5\na b\ns m\n" + rows { "\($0) \($0 == 3 ? "-999" : "\($0 * 2)")" },
      ["--skip", "2", "--units-row", "--missing", "-999,none", "--drop-missing"])
    #expect(document["rows"] as? Int == 11)
    let data = (document["options"] as? [String: Any])?["data"] as? [String: Any]
    #expect(data?["skip"] as? Int == 2 && data?["units_row"] as? Bool == true)
    #expect(data?["missing"] as? [String] == ["-999", "none"])
    let same = try await symreg("predict", "run", "data.csv", "--skip", "2", "--units-row", in: scratch)
    #expect(same.status == 0 && same.output.split(separator: "\n").count == 13, "\(same.errors)")
    try scratch.write("# a b\n1 2\n-999 3\n", to: "new.txt")
    let new = try await symreg("predict", "run", "new.txt", in: scratch)
    #expect(new.status == 0 && new.output.split(separator: "\n").count == 3, "\(new.errors)")
  }

  @Test("files without a header are predicted with the target's column and without")
  func headless() async throws {
    _ = try await quietFit(rows { "\($0),\($0 % 5),\($0 * 3 + $0 % 5)" }, ["--no-header"])
    for (content, count) in [("1,2,3\n4,5,6\n", 3), ("1,2\n4,5\n", 3)] {
      try scratch.write(content, to: "new.csv")
      let outcome = try await symreg("predict", "run", "new.csv", "--select", "accuracy", in: scratch)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.split(separator: "\n").count == count)
    }
  }
}
