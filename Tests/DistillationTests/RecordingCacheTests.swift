import Arrays
import Distillation
import Foundation
import ImportedNetworks
import Networks
import Synchronization
import Testing
import Worlds

/// Recordings are made once, and never taken for others.
struct RecordingCacheTests {
  /// A folder that is removed with the test.
  private final class Folder: Sendable {
    let path = NSTemporaryDirectory() + "symreg-cache-\(UUID().uuidString)"
    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A function that counts how often it is asked.
  private final class Counted: Sendable {
    private let calls = Mutex(0)
    var count: Int { calls.withLock { $0 } }

    func function(_ identity: String?) -> MessageFunction {
      .function(identity: identity) { columns in
        self.calls.withLock { $0 += 1 }
        return [zip(columns[0], columns[1]).map { $0 * $1 }, columns[0]]
      }
    }
  }

  private let folder = Folder()
  private let counted = Counted()
  private let data = MessageData.columns(names: ["a", "b"], values: [[1, 2, 3], [4, 5, 6]])
  private var recorder: MessageRecorder { MessageRecorder(cache: RecordingCache(path: folder.path)) }

  private func entryFolder() throws -> String {
    let entry = try #require(try RecordingCache(path: folder.path).entries().first)
    return "\(folder.path)/recordings/\(entry.key)"
  }

  @Test func `what was recorded is found again, the same to the bit`() throws {
    var options = RecordingOptions()
    options.derived = ["s = a + b"]
    let first = try recorder.record(counted.function("f"), on: data, options: options)
    let second = try recorder.record(counted.function("f"), on: data, options: options)
    #expect(!first.isFromCache && second.isFromCache && counted.count == 1)
    #expect(first.notes.isEmpty && second.notes.isEmpty)
    for messages in [first, second] {
      #expect(messages.recording.inputNames == ["a", "b", "s"])
      #expect(messages.recording.inputs == [[1, 2, 3], [4, 5, 6], [5, 7, 9]])
      #expect(messages.recording.outputs == [[4, 10, 18], [1, 2, 3]])
    }
    let entry = try #require(try RecordingCache(path: folder.path).entries().first)
    #expect(entry.rows == 3 && entry.inputs == 3 && entry.components == 2 && entry.network == "f")
  }

  @Test func `another function, input, component or column is another recording`() throws {
    _ = try recorder.record(counted.function("f"), on: data)
    var others: [(MessageFunction, MessageData, RecordingOptions)] = [
      (counted.function("g"), data, RecordingOptions()),
      (counted.function("f"), .columns(names: ["a", "c"], values: [[1, 2, 3], [4, 5, 6]]), .init()),
      (counted.function("f"), .columns(names: ["a", "b"], values: [[1, 2, 3], [4, 5, 7]]), .init()),
    ]
    for change: (inout RecordingOptions) -> Void in [
      { $0.components = [1] }, { $0.components = [1, 0] }, { $0.derived = ["s = a"] },
      { $0.derived = ["s = b"] }, { $0.graphs = 7 },
    ] {
      var options = RecordingOptions()
      change(&options)
      others.append((counted.function("f"), data, options))
    }
    for (number, other) in others.enumerated() {
      #expect(try !recorder.record(other.0, on: other.1, options: other.2).isFromCache, "\(number)")
      #expect(counted.count == number + 2)
    }
    let selected = try recorder.record(others[3].0, on: data, options: others[3].2)
    #expect(selected.isFromCache && selected.recording.outputs == [[1, 2, 3]])
    #expect(selected.recording.outputNames == ["e1"])
    // Of a function without a name nothing is known.
    for _ in 0..<2 { #expect(try !recorder.record(counted.function(nil), on: data).isFromCache) }
    #expect(try RecordingCache(path: folder.path).entries().count == others.count + 1)
  }

  @Test func `a network's recording follows its weights`() throws {
    let simulation = try World(law: .spring).simulate(count: 2, times: [0, 0.1, 0.2], seed: 1)
    let architecture = NetworkArchitecture.pairEnergy(
      PairEnergyNetwork(features: simulation.stateSize, dimensions: 2, massColumn: 5, hidden: [4]))
    let network = try Network(architecture, seed: 1)
    let first = try recorder.record(.network(network, name: "n"), on: .simulation(simulation))
    let again = try recorder.record(.network(network, name: "other"), on: .simulation(simulation))
    #expect(!first.isFromCache && again.isFromCache)
    #expect(first.recording.outputs == again.recording.outputs)
    #expect(first.recording.forces == again.recording.forces && again.recording.forces != nil)
    #expect(again.recording.reference == "spring")
    var parameters = network.parameters.values
    parameters[3] = parameters[3].nextUp
    let changed = try Network(architecture, parameters: parameters)
    #expect(try !recorder.record(.network(changed, name: "n"), on: .simulation(simulation)).isFromCache)
  }

  /// Two bodies as a file has them.
  private func bodies(acceleration: Double = 1) throws -> Simulation {
    let file = Folder().path + ".npz"
    defer { try? FileManager.default.removeItem(atPath: file) }
    let states = (0..<24).map { Double($0 * $0 % 7) }
    let times = NumericArray(shape: [2], elements: .float64([0, 1]))
    let accelerations = [acceleration] + Array(repeating: 1.0, count: 7)
    try ArrayArchive.write(
      [
        ("state", NumericArray(shape: [1, 2, 2, 6], elements: .float64(states))), ("times", times),
        ("accelerations", NumericArray(shape: [1, 2, 2, 2], elements: .float64(accelerations))),
      ], to: file)
    return try Simulation(contentsOf: file)
  }

  @Test func `learned masses and weights are kept, and follow the accelerations`() throws {
    let simulation = try bodies()
    let set = try GraphSet(simulation)
    let network = MessageFunction.network(
      try Network(.pairForce(PairForceNetwork(for: set, hidden: [4])), seed: 1), name: "n")
    var options = RecordingOptions()
    options.derived = ["s = m1*m2"]
    let first = try recorder.record(network, on: .simulation(simulation), options: options)
    let again = try recorder.record(network, on: .simulation(simulation), options: options)
    #expect(!first.isFromCache && again.isFromCache)
    for messages in [first, again] {
      #expect(messages.recording.inputNames.last == "s" && messages.recording.bodies?.count == 2)
      #expect(messages.recording.weights?.count == messages.recording.edgeCount)
    }
    #expect(first.recording.weights == again.recording.weights)
    #expect(first.recording.bodies == again.recording.bodies)
    let others = try bodies(acceleration: 2)
    let changed = try recorder.record(network, on: .simulation(others), options: options)
    #expect(!changed.isFromCache && changed.recording.bodies != first.recording.bodies)
  }

  @Test func `a damaged recording is made anew`() throws {
    _ = try recorder.record(counted.function("f"), on: data)
    let folder = try entryFolder()
    let file = URL(filePath: folder + "/recording.npz")
    let whole = try Data(contentsOf: file)
    let damages: [() throws -> Void] = [
      {
        var bytes = whole
        // A number of an array, which makes a sound recording of something else.
        bytes[whole.count / 3] ^= 1
        try bytes.write(to: file)
      },
      { try whole.prefix(whole.count / 2).write(to: file) },
      { try FileManager.default.removeItem(at: file) },
      { try FileManager.default.removeItem(atPath: folder + "/entry.json") },
    ]
    for (number, damage) in damages.enumerated() {
      try damage()
      let messages = try recorder.record(counted.function("f"), on: data)
      #expect(!messages.isFromCache && messages.notes.joined().contains("damaged"), "\(number)")
      #expect(try Data(contentsOf: file) == whole)
      #expect(try recorder.record(counted.function("f"), on: data).isFromCache)
    }
    #expect(counted.count == 1 + damages.count)
  }

  @Test func `what a killed process left is removed, what a running one writes is not`() throws {
    _ = try recorder.record(counted.function("f"), on: data)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exit 0"]
    try process.run()
    process.waitUntilExit()
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let host = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let start = folder.path + "/recordings/temporary."
    let left = "\(start)\(process.processIdentifier).x.\(host)"
    let (own, foreign, old) = ("\(start)\(getpid()).x.\(host)", "\(start)1.x.else.where", "\(start)1.x.old")
    for path in [left, own, foreign, old] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    try FileManager.default.setAttributes(
      [.modificationDate: Date.now.addingTimeInterval(-200_000)], ofItemAtPath: old)
    #expect(try recorder.record(counted.function("f"), on: data).isFromCache)
    let stays = [left, own, foreign, old].map { FileManager.default.fileExists(atPath: $0) }
    #expect(stays == [false, true, true, false])
  }

  @Test func `a cache that cannot be written is no error`() throws {
    try Data().write(to: URL(filePath: folder.path))
    let messages = try recorder.record(counted.function("f"), on: data)
    #expect(messages.recording.edgeCount == 3 && messages.notes.joined().contains("not kept"))
  }

  @Test func `clearing removes recordings and nothing else`() throws {
    let cache = RecordingCache(path: folder.path)
    #expect(try cache.entries().isEmpty && cache.clear() == 0)
    _ = try recorder.record(counted.function("f"), on: data)
    _ = try recorder.record(counted.function("g"), on: data)
    let own = folder.path + "/recordings/notes.txt"
    try Data("kept".utf8).write(to: URL(filePath: own))
    #expect(try cache.clear() == 2 && cache.entries().isEmpty)
    #expect(FileManager.default.fileExists(atPath: own))
  }

  @Test func `the cache lies where the environment says`() {
    let home = ["HOME": "/h"]
    #expect(RecordingCache.usualPath(home) == "/h/.cache/symreg")
    #expect(RecordingCache.usualPath(home.merging(["XDG_CACHE_HOME": "/x"]) { $1 }) == "/x/symreg")
    #expect(RecordingCache.usualPath(home.merging(["XDG_CACHE_HOME": "x"]) { $1 }) == "/h/.cache/symreg")
    #expect(
      RecordingCache.usualPath(["HOME": "/h", "XDG_CACHE_HOME": "/x", "SYMREG_CACHE": "/c"]) == "/c")
  }

  @Test func `columns and components that cannot be are named`() throws {
    var options = RecordingOptions()
    for components in [[2], [-1], [0, 0], []] {
      options.components = components
      #expect(throws: RecordingError.badComponents(components, count: 2)) {
        _ = try recorder.record(counted.function("f"), on: data, options: options)
      }
    }
    #expect(throws: RecordingError.self) {
      _ = try recorder.record(
        .external(ExternalNetwork(command: ["cat"])),
        on: .columns(names: ["a", "b"], values: [[1, 2], [3]]))
    }
    #expect(try RecordingCache(path: folder.path).entries().isEmpty)
  }
}
