import Networks
import Worlds

/// A world and a network whose messages are distilled.
public struct DistillationCase: Sendable, Hashable {
  /// The law of the world.
  public let law: ForceLaw
  /// 2 or 3.
  public let dimensions: Int
  /// What keeps the network's messages few; nil for the control that has no network at all.
  public let messages: MessageKind?
  /// Whether the network is as published, none of Newton's laws being built in.
  public let isPublished: Bool

  /// A case from its parts.
  public init(_ law: ForceLaw, _ dimensions: Int = 2, _ messages: MessageKind?, isPublished: Bool = false) {
    self.law = law
    self.dimensions = dimensions
    self.messages = messages
    self.isPublished = isPublished
  }

  /// A short name, such as `r2-3d-bottleneck`; `-published` may follow.
  public var name: String {
    "\(law.rawValue)-\(dimensions)d-\(messages?.rawValue ?? "raw")\(isPublished ? "-published" : "")"
  }

  /// The case of a name.
  public init?(_ name: String) {
    let all = ForceLaw.allCases.flatMap { law in
      [2, 3].flatMap { dimensions in
        (MessageKind.allCases.map { Optional($0) } + [nil]).flatMap { messages in
          [false, true].map { DistillationCase(law, dimensions, messages, isPublished: $0) }
        }
      }
    }
    guard let found = all.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// Those of the table in Benchmarks/README.md, in its order.
  public static let standard: [DistillationCase] = [
    DistillationCase(.spring, .bottleneck), DistillationCase(.r1, .bottleneck),
    DistillationCase(.r2, .bottleneck), DistillationCase(.charge, .bottleneck),
    DistillationCase(.spring, 3, .bottleneck), DistillationCase(.r2, 3, .bottleneck),
    DistillationCase(.spring, .l1), DistillationCase(.r2, .l1),
    DistillationCase(.spring, .pruning), DistillationCase(.r2, .pruning),
    DistillationCase(.superposition, .bottleneck), DistillationCase(.discontinuous, .bottleneck),
    DistillationCase(.damped, .bottleneck),
    DistillationCase(.spring, 2, .standard, isPublished: true),
    DistillationCase(.r2, 2, .standard, isPublished: true),
    DistillationCase(.spring, 2, .kl, isPublished: true), DistillationCase(.r2, 2, .kl, isPublished: true),
    DistillationCase(.spring, nil), DistillationCase(.r2, nil),
  ]

  private init(_ law: ForceLaw, _ messages: MessageKind?) { self.init(law, 2, messages) }
}
