import Foundation
import Reports
import SymbolicRegression
import Testing

@Suite struct RunFolderTests {
  private let path = NSTemporaryDirectory() + "symreg-folder-\(UUID().uuidString)"

  private func names() -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  @Test("a folder is made with those above it, tried out, and left empty")
  func creation() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = try RunFolder(creating: path + "/a/b")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(!folder.holdsRun)
  }

  @Test("what is written can be read, and no temporary file remains")
  func writing() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = try RunFolder(creating: path)
    try folder.write(try sampleDocument())
    try folder.write(checkpoint: ["cost": Double.infinity])
    #expect(names() == ["checkpoint.json", "hall_of_fame.csv", "run.json"])
    #expect(try RunFile(contentsOf: path).documents[0].target == "velocity")
    #expect(try RunFile(contentsOf: path + "/run.json").documents[0].seed == .max)
  }

  @Test("a write that fails leaves what was there")
  func failure() throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path + "/run.json", withIntermediateDirectories: true)
    // A folder in the file's place makes the renaming fail, for every user.
    #expect(throws: RunFolderError.self) { try AtomicFile.write(Data("x".utf8), to: path + "/run.json") }
    #expect(names() == ["run.json"])
    try AtomicFile.write(Data("old".utf8), to: path + "/other")
    #expect(throws: RunFolderError.self) { try AtomicFile.write(Data("new".utf8), to: path + "/other/below") }
    #expect(try String(contentsOfFile: path + "/other", encoding: .utf8) == "old")
  }

  @Test("the recorder writes only what has changed, and the end in any case")
  func recorder() async throws {
    defer { try? FileManager.default.removeItem(atPath: path) }
    let folder = try RunFolder(creating: path)
    let recorder = RunRecorder(folder: folder, interval: .zero)
    let sample = try sampleDocument()
    recorder.record(iterations: 1, document: { sample }, checkpoint: { nil })
    while !folder.holdsRun { try await Task.sleep(for: .milliseconds(2)) }
    var changed = try sampleDocument()
    changed.elapsedSeconds = 99
    let same = changed
    for _ in 0..<20 {
      recorder.record(iterations: 2, document: { same }, checkpoint: { nil })
      try await Task.sleep(for: .milliseconds(1))
    }
    #expect(try RunFile(contentsOf: path).documents[0].elapsedSeconds == 3.25)
    try recorder.finish(same, checkpoint: nil)
    #expect(try RunFile(contentsOf: path).documents[0].elapsedSeconds == 99)
  }

  @Test("the hall of fame begins with PySR's columns and quotes what needs it")
  func hallOfFame() throws {
    var document = try sampleDocument()
    document.front[1].expression = "max(distance, 2)"
    let lines = HallOfFameCSV.text(document).split(separator: "\n")
    #expect(lines[0] == "Complexity,Loss,Equation,Score,R2,Best,SymPy")
    #expect(lines[1] == "1,132087.1,373.125,0,,0,373.125")
    #expect(lines[2].hasPrefix("3,50266.7,\"max(distance, 2)\",0.48,0.62,1,"))
    #expect(
      HallOfFameCSV.text([document, document]).hasPrefix(
        "Complexity,Loss,Equation,Score,R2,Best,SymPy,Target\n"))
  }
}
