import Arrays
import Foundation
import ImportedNetworks
import Networks
import Worlds

extension ContentHash {
  /// The name of a recording in a cache: a hash of all that it depends on. Nil when a function without an
  /// identity is recorded.
  static func key(_ function: MessageFunction, _ data: MessageData, _ options: RecordingOptions) -> String? {
    var hash = ContentHash()
    // To be changed with whatever changes what is recorded.
    hash.update("symreg.recording/2")
    guard hash.take(function) else { return nil }
    hash.take(data)
    hash.update(options.graphs)
    hash.update(options.components.map { "components \($0)" } ?? "all components")
    hash.update(options.derived.count)
    for text in options.derived { hash.update(text) }
    if let near = options.neighbourhood {
      hash.update("near \(near.row) \(near.neighbours) \(near.samples) \(near.seed)")
    }
    return hash.digest()
  }

  /// False for a function of which nothing is known.
  private mutating func take(_ function: MessageFunction) -> Bool {
    switch function {
    case .network(let network, _):
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      guard let architecture = try? encoder.encode(network.architecture) else { return false }
      update("network")
      update(String(decoding: architecture, as: UTF8.self))
      update(NumericArray(float32: network.parameters.values))
      update(NumericArray(float32: network.mask.values))
    case .imported(let network):
      update("imported")
      update(network.contentHash)
    case .external(let network):
      update("external")
      update(network.contentHash)
    case .function(let identity, _):
      guard let identity else { return false }
      update("function")
      update(identity)
    }
    return true
  }

  private mutating func take(_ data: MessageData) {
    switch data {
    case .archive(let archive):
      update("archive")
      update(archive.contentHash)
    case .simulation(let simulation):
      update("simulation")
      update(simulation.world.map { "\($0.law.rawValue) \($0.convention.rawValue)" } ?? "unknown law")
      for number in [simulation.count, simulation.times.count, simulation.bodies, simulation.dimensions] {
        update(number)
      }
      update([simulation.times, simulation.states, simulation.accelerations])
      update(simulation.knowsProperties ? "properties" : "no properties")
      update(simulation.names?.count ?? -1)
      for name in simulation.names ?? [] { update(name) }
    case .columns(let names, let values):
      update("columns")
      update(names.count)
      for name in names { update(name) }
      update(values)
    }
  }
}
