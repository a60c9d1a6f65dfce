import Arrays
import Foundation
import Networks
import Testing

@Suite struct ModelFolderTests {
  /// A folder of its own for each test.
  private func folder() -> ModelFolder {
    ModelFolder(path: FileManager.default.temporaryDirectory.path + "/networks-\(UUID().uuidString)")
  }

  private func architectures() throws -> [NetworkArchitecture] {
    let data = try ParticleExamples.springs(graphs: 5, seed: 1)
    return MessageKind.allCases.map { .graphNetwork(ParticleExamples.network($0)) } + [
      .pairEnergy(PairEnergyNetwork(features: 5, dimensions: 2, massColumn: 4, hidden: [4])),
      .pairForce(PairForceNetwork(for: data, hidden: [4])),
    ]
  }

  @Test func `what was written is read, whatever the network`() throws {
    let data = try ParticleExamples.springs(graphs: 5, seed: 1)
    for architecture in try architectures() {
      let folder = folder()
      defer { try? FileManager.default.removeItem(atPath: folder.path) }
      try folder.create()
      let network = try Network(architecture, seed: 3)
      if network.mask.count > 0 { network.mask.base[0] = 0 }
      try folder.write(network, ModelDescription(architecture: architecture, featureNames: data.featureNames))
      let read = try folder.read()
      #expect(read.network.architecture == architecture)
      #expect(read.description.featureNames == data.featureNames)
      #expect(read.network.parameters.values == network.parameters.values)
      #expect(read.network.mask.values == network.mask.values)
      #expect(try read.network.accelerations(data) == network.accelerations(data))
    }
  }

  @Test func `a checkpoint is taken up by the same training only`() throws {
    let data = try ParticleExamples.springs(graphs: 30, seed: 1)
    var options = TrainingOptions()
    options.steps = 20
    let network = try Network(.graphNetwork(ParticleExamples.network(.pruning)), seed: 1)
    let trainer = try Trainer(network, data: data, options: options)
    _ = try trainer.run(threads: 1, reportInterval: 0) { if $0.step == 9 { trainer.stop() } }
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    try folder.create()
    #expect(!folder.holdsCheckpoint)
    try folder.write(trainer.state, identity: "this one")
    #expect(folder.holdsCheckpoint)
    #expect(try folder.checkpoint(identity: "this one") == trainer.state)
    #expect(throws: NetworkError.self) { try folder.checkpoint(identity: "another") }
  }

  @Test func `files that are damaged or do not fit are refused with a reason`() throws {
    let folder = folder()
    defer { try? FileManager.default.removeItem(atPath: folder.path) }
    #expect(throws: ArrayFileError.self) { try folder.read() }
    try folder.create()
    let architecture = NetworkArchitecture.graphNetwork(ParticleExamples.network(.bottleneck))
    let network = try Network(architecture, seed: 3)
    try folder.write(network, ModelDescription(architecture: architecture, featureNames: ["x"]))
    let path = folder.path + "/architecture.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (from, to, word) in [
      ("graph-network", "pair-magic", "kind"), ("symreg.network/1", "symreg.network/9", "schema"),
      ("\"features\" : 5", "\"features\" : 6", "shape"),
      ("\"features\" : 5", "\"features\" : -5", "features"),
      ("\"features\" : 5", "\"features\" : 99999999999", "widths"),
      ("\"is_relative\" : false,", "", "missing"),
      ("\"message_width\" : 2", "\"message_width\" : \"two\"", "type"), ("{", "[", "JSON"),
    ] {
      try text.replacing(from, with: to).write(toFile: path, atomically: true, encoding: .utf8)
      #expect("\(from) to \(to)") { try folder.read() } throws: { "\($0)".contains(word) }
    }
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    let weights = folder.path + "/weights.safetensors"
    let bytes = try Data(contentsOf: URL(filePath: weights))
    try bytes.dropLast(4).write(to: URL(filePath: weights))
    #expect(throws: ArrayFileError.self) { try folder.read() }
    network.parameters.base[5] = .infinity
    try folder.write(network, ModelDescription(architecture: architecture, featureNames: ["x"]))
    #expect(throws: NetworkError.self) { try folder.read() }
  }
}
