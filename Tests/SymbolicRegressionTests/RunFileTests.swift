import Foundation
import SymbolicRegression
import Testing

@Suite struct RunFileTests {
  @Test("a document is read back as it was written")
  func roundTrip() throws {
    let document = try sampleDocument()
    for run in [RunFile.single(document), .several([document, try sampleDocument(target: "other")])] {
      guard case .single = run else {
        #expect(
          try RunFile(json: run.json(), path: "run.json").documents.map(\.target) == ["velocity", "other"])
        continue
      }
      #expect(try RunFile(json: run.json(), path: "run.json") == run)
    }
  }

  @Test("what JSON cannot hold is null, and no key is left out")
  func nulls() throws {
    let json =
      try JSONSerialization.jsonObject(with: RunFile.single(try sampleDocument()).json()) as? [String: Any]
    let front = try #require(json?["front"] as? [[String: Any]])
    #expect(front[0]["r2"] is NSNull)
    #expect((front[0]["constants"] as? [[String: Any]])?[0]["standard_error"] is NSNull)
    #expect(front[0]["validation_loss"] == nil)
    #expect((json?["options"] as? [String: Any])?["max_depth"] is NSNull)
  }

  @Test("an index outside the front is damage")
  func outOfRange() throws {
    var document = try sampleDocument()
    document.best = 2
    let json = try RunFile.single(document).json()
    #expect(throws: RunFileError.self) { try RunFile(json: json, path: "run.json") }
  }

  @Test("all beginnings of a document are refused, none crashes")
  func truncated() throws {
    let json = try RunFile.single(try sampleDocument()).json()
    for length in stride(from: 0, to: json.count - 2, by: 37) {
      #expect(throws: RunFileError.self) { try RunFile(json: json.prefix(length), path: "run.json") }
    }
  }

  @Test("members are chosen by rule, place and complexity")
  func choices() throws {
    let document = try sampleDocument()
    let expected: [(String, Int?)] = [
      ("best", 1), ("accuracy", 1), ("score", 1), ("0", 0), ("1", 1), ("2", nil), ("complexity=1", 0),
      ("complexity=2", nil),
    ]
    for (text, index) in expected {
      let choice = try #require(MemberChoice(text))
      #expect(choice.index(in: document) == index, "\(text)")
    }
    for text in ["", "worst", "-1", "complexity=", "1.5"] { #expect(MemberChoice(text) == nil) }
  }
}
