import Foundation
import Testing

/// The tutorial's commands do what it says.
struct TutorialTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Distillation/Distillation.docc/FromANetworkToALaw.md").path

  /// The words of each command in blocks of shell.
  private func commands() throws -> [[String]] {
    let text = try String(contentsOfFile: TutorialTests.path, encoding: .utf8)
    let blocks = text.components(separatedBy: "```sh\n").dropFirst()
    return blocks.flatMap { block -> [[String]] in
      let lines = block.components(separatedBy: "```")[0].split(separator: "\n")
      return lines.filter { $0.hasPrefix("symreg ") }.map {
        $0.split(separator: " ").dropFirst().map(String.init)
      }
    }
  }

  @Test func `the tutorial's commands find the law`() async throws {
    let scratch = Scratch()
    let commands = try commands()
    #expect(commands.count >= 5)
    for words in commands {
      var words = words
      if ["record", "law"].contains(words[1]) { words += ["--cache", "cache"] }
      let outcome = try await SymregProcess(words, in: scratch).finish()
      #expect(outcome.status == 0, "\(words): \(outcome.errors)")
    }
    for folder in ["law", "again"] {
      let json = Data(scratch.read("\(folder)/run.json").utf8)
      let document = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
      #expect(document["schema"] as? String == "symreg.law/1")
      #expect(document["aligned"] as? Bool == true)
      let law = try #require((document["law"] as? [String: Any])?["expression"] as? String)
      #expect(law.contains("m1") && law.contains("m2") && law.contains("square(r + 0.01"), "\(law)")
    }
    #expect(scratch.read("component/run.json").contains("\"e0\""))
    let laws = Data(scratch.read("laws.json").utf8)
    let simulator = try #require(try JSONSerialization.jsonObject(with: laws) as? [String: Any])
    #expect((simulator["edge_law"] as? String)?.contains("square(r + 0.0") == true, "\(simulator)")
    #expect((simulator["node_law"] as? String)?.contains("force") == true, "\(simulator)")
  }
}
