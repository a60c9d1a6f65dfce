import Arrays
import Foundation
import ImportedNetworks
import Testing

struct ExternalNetworkTests {
  private let arrays = ["x": NumericArray([1.0, 2, 3]), "y": floats([2, 2], [1, 2, 3, 4])]

  @Test func `a command answers through standard streams or files`() throws {
    #expect(try ExternalNetwork(command: ["cat"]).evaluate(arrays) == arrays)
    #expect(try ExternalNetwork(command: ["cp", "{input}", "{output}"]).evaluate(arrays) == arrays)
    #expect(try ExternalNetwork(command: ["cat", "{input}"]).evaluate(arrays) == arrays)
  }

  @Test func `more than any pipe holds goes through`() throws {
    let large = ["x": NumericArray((0..<200_000).map { Double($0) })]
    #expect(try ExternalNetwork(command: ["cat"]).evaluate(large) == large)
  }

  @Test func `failures say what happened`() {
    func failure(_ command: [String], timeout: Duration = .seconds(20), largest: Int = 1 << 20) -> String {
      message {
        _ = try ExternalNetwork(command: command, timeout: timeout, largestAnswer: largest).evaluate(arrays)
      }
    }
    #expect(failure([]).contains("no command"))
    #expect(failure(["/no/such/program"]).contains("cannot be run: No such file"))
    #expect(failure(["false"]).contains("ended with status 1"))
    #expect(failure(["sh", "-c", "echo out of luck >&2; exit 7"]).contains("status 7, saying: out of luck"))
    #expect(failure(["sh", "-c", "kill -9 $$"]).contains("signal 9"))
    #expect(failure(["true"]).contains("its answer"))
    #expect(failure(["echo", "hello"]).contains("np.savez(sys.stdout.buffer, outputs=y)"))
    #expect(failure(["true", "{output}"]).contains("cannot be read"))
    #expect(failure(["sleep", "60"], timeout: .milliseconds(50)).contains("took longer than"))
    #expect(failure(["yes"], largest: 10_000).contains("wrote more than 10000 bytes"))
  }

  @Test func `nothing is left behind when a command is ended`() throws {
    try withTemporaryFolder { folder in
      let mark = folder + "/pids"
      let script = "sleep 300 & echo $$ $! > \(mark); wait"
      let text = message {
        _ = try ExternalNetwork(command: ["sh", "-c", script], timeout: .milliseconds(500)).evaluate(arrays)
      }
      #expect(text.contains("took longer"))
      let pids = try String(contentsOfFile: mark, encoding: .utf8).split(whereSeparator: \.isWhitespace)
        .compactMap { pid_t($0) }
      #expect(pids.count == 2)
      // The shell has been waited for: its number belongs to nobody.
      #expect(kill(pids[0], 0) != 0 && errno == ESRCH)
      // Its child was ended with it; whoever inherits orphans may not have collected it yet.
      let state = try? String(contentsOfFile: "/proc/\(pids[1])/stat", encoding: .utf8)
      #expect(state == nil || state?.contains(") Z ") == true || state?.contains(") X ") == true)
    }
  }

  @Test func `the hash follows the command and the files it names`() throws {
    let first = ExternalNetwork(command: ["a", "b"]).contentHash
    #expect(ExternalNetwork(command: ["a", "b"], timeout: .seconds(1)).contentHash == first)
    #expect(ExternalNetwork(command: ["ab"]).contentHash != first)
    try withTemporaryFolder { folder in
      let script = ExternalNetwork(command: ["sh", folder + "/s"])
      let hashes = try ["a", "b", "a"].map { text in
        try text.write(toFile: folder + "/s", atomically: true, encoding: .utf8)
        return script.contentHash
      }
      #expect(hashes[0] != hashes[1] && hashes[0] == hashes[2])
    }
  }
}
