#if ONNX
  import SwiftProtobuf

  /// Counts the messages within a model and keeps none of them.
  ///
  /// A message of two bytes takes hundreds when it is decoded, so that a small file could ask for more memory
  /// than there is. A model is therefore counted first.
  struct ModelCensus: Message {
    static let protoMessageName = "symreg.onnx.Model"

    /// The most messages that a model may hold, within one another or side by side.
    static let most = 200_000

    /// Where in a model a message stands.
    private enum Kind {
      case model, graph, node, attribute, tensor, valueInfo, valueType, tensorType, shape, leaf

      /// What the field of the given number holds, if messages.
      func member(_ field: Int) -> Kind? {
        switch (self, field) {
        case (.model, 7): .graph
        case (.model, 8): .leaf
        case (.graph, 1): .node
        case (.graph, 5): .tensor
        case (.graph, 11), (.graph, 12): .valueInfo
        case (.node, 5): .attribute
        case (.attribute, 5): .tensor
        case (.tensor, 13): .leaf
        case (.valueInfo, 2): .valueType
        case (.valueType, 1): .tensorType
        case (.tensorType, 2): .shape
        case (.shape, 1): .leaf
        default: nil
        }
      }
    }

    private var kind = Kind.model
    private var count = 1
    var unknownFields = UnknownStorage()

    init() {}

    mutating func decodeMessage<D: Decoder>(decoder: inout D) throws {
      while let field = try decoder.nextFieldNumber() {
        // Fields that are not asked for are skipped.
        guard let kind = kind.member(field) else { continue }
        var member: ModelCensus? = ModelCensus()
        member?.kind = kind
        try decoder.decodeSingularMessageField(value: &member)
        count += member?.count ?? 0
        if count > ModelCensus.most { throw CensusError.tooManyMessages }
      }
    }

    func traverse<V: Visitor>(visitor: inout V) throws {}

    func isEqualTo(message: any Message) -> Bool {
      (message as? ModelCensus).map { $0.kind == kind && $0.count == count } ?? false
    }
  }

  /// Why a model was not counted to the end.
  enum CensusError: Error, CustomStringConvertible {
    case tooManyMessages

    var description: String {
      "it has more than \(ModelCensus.most) nodes, tensors and other parts"
    }
  }
#endif
