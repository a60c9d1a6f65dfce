/// Which bodies act on which: directed edges, the same in every graph of a set.
public struct GraphTopology: Hashable, Sendable {
  /// How many bodies a graph has.
  public let bodies: Int
  /// For each edge, the body that is acted on.
  public let receivers: [Int32]
  /// For each edge, the body that acts.
  public let senders: [Int32]

  /// Edges from pairs (receiver, sender).
  ///
  /// - Throws: ``NetworkError`` when an edge names a body that there is not, or one twice.
  public init(bodies: Int, edges: [(receiver: Int, sender: Int)]) throws(NetworkError) {
    for edge in edges {
      guard (0..<bodies).contains(edge.receiver), (0..<bodies).contains(edge.sender),
        edge.receiver != edge.sender
      else { throw .badEdge(receiver: edge.receiver, sender: edge.sender, bodies: bodies) }
    }
    self.init(
      bodies: bodies, receivers: edges.map { Int32($0.receiver) }, senders: edges.map { Int32($0.sender) })
  }

  private init(bodies: Int, receivers: [Int32], senders: [Int32]) {
    self.bodies = bodies
    self.receivers = receivers
    self.senders = senders
  }

  /// Every body acts on every other.
  public static func complete(bodies: Int) -> GraphTopology {
    var receivers: [Int32] = []
    var senders: [Int32] = []
    for receiver in 0..<Int32(bodies) {
      for sender in 0..<Int32(bodies) where sender != receiver {
        receivers.append(receiver)
        senders.append(sender)
      }
    }
    return GraphTopology(bodies: bodies, receivers: receivers, senders: senders)
  }

  /// Neighbours in a row act on each other, as the beads of a string.
  public static func chain(bodies: Int) -> GraphTopology {
    var receivers: [Int32] = []
    var senders: [Int32] = []
    for body in 0..<Int32(bodies) {
      for neighbour in [body - 1, body + 1] where neighbour >= 0 && neighbour < Int32(bodies) {
        receivers.append(body)
        senders.append(neighbour)
      }
    }
    return GraphTopology(bodies: bodies, receivers: receivers, senders: senders)
  }

  /// How many directed edges a graph has.
  public var edges: Int { receivers.count }

  /// For each edge the number of the one in the opposite direction; nil unless every edge has one.
  package var reverses: [Int32]? {
    var places: [Int: Int32] = [:]
    for edge in 0..<edges { places[Int(receivers[edge]) * bodies + Int(senders[edge])] = Int32(edge) }
    let found = (0..<edges).compactMap { places[Int(senders[$0]) * bodies + Int(receivers[$0])] }
    return found.count == edges ? found : nil
  }
}
