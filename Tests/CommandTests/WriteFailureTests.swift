import Foundation
import Testing

@Suite struct WriteFailureTests {
  @Test("a folder that cannot be made is refused before the search begins")
  func folder() async throws {
    let scratch = Scratch()
    try scratch.write(noisyData, to: "data.csv")
    let outcome = try await symreg("fit", "data.csv", "--output", "data.csv/run", in: scratch)
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("data.csv") && outcome.errors.contains("--output"))
    #expect(outcome.output.isEmpty && outcome.seconds < 5)
  }

  @Test("when the disk is full the result is still printed")
  func fullDisk() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    // A limit of 512 bytes for every file stands for the full disk; standard output is a pipe and has none.
    let command = "ulimit -f 1; '\(SymregProcess.path)' fit data.csv \(shortSearch.joined(separator: " ")) "
    let outcome = try await SymregProcess(
      ["-c", "(\(command) --output run; echo status $?) | cat > all.txt"], in: scratch, program: "/bin/bash"
    ).finish()
    let all = scratch.read("all.txt")
    #expect(all.contains("Complexity") && all.contains("\n> "))
    #expect(all.contains("status 73"))
    #expect(outcome.errors.contains("run/run.json") && outcome.errors.contains("--output"))
  }

  @Test("a standard output that cannot be written is told", .enabled(if: FileSystem.exists("/dev/full")))
  func fullOutput() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let command =
      "'\(SymregProcess.path)' fit data.csv \(shortSearch.joined(separator: " ")) --output run > /dev/full"
    let outcome = try await SymregProcess(["-c", command], in: scratch, program: "/bin/bash").finish()
    #expect(outcome.status == 73)
    #expect(outcome.errors.contains("standard output"))
    #expect(FileSystem.json(scratch.file("run/run.json")) != nil)
  }

  @Test("a reader that goes away is no failure")
  func closedPipe() async throws {
    let scratch = Scratch()
    try scratch.write(linearData, to: "data.csv")
    let command =
      "set -o pipefail; '\(SymregProcess.path)' fit data.csv \(shortSearch.joined(separator: " ")) --quiet | true"
    let outcome = try await SymregProcess(["-c", command], in: scratch, program: "/bin/bash").finish()
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
  }
}
