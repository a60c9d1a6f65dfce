#if ONNX
  import Arrays
  import Foundation
  import SwiftProtobuf

  /// Reads an ONNX model: decodes the messages and turns them into a description of a graph.
  struct ModelLoader {
    let file: String
    private let tensors: TensorReader

    /// Reads the model at `path`.
    static func description(contentsOf path: String) throws(ImportedNetworkError) -> GraphDescription {
      let bytes = try ModelBytes.contents(of: path)
      return try description(bytes: bytes, file: path)
    }

    /// Reads the model whose file has the content `bytes`; `file` is its path, beside which other parts of it
    /// may lie.
    static func description(bytes: Data, file: String) throws(ImportedNetworkError) -> GraphDescription {
      try ModelLoader(file: file).read(bytes)
    }

    private init(file: String) {
      self.file = file
      tensors = TensorReader(file: file)
    }

    private func read(_ bytes: Data) throws(ImportedNetworkError) -> GraphDescription {
      if let foreign = ForeignModel.error(bytes.prefix(64), file: file, wanted: "onnx") { throw foreign }
      var options = BinaryDecodingOptions()
      options.discardUnknownFields = true
      let model: ONNXModel
      do {
        _ = try ModelCensus(serializedBytes: bytes, options: options)
        model = try ONNXModel(serializedBytes: bytes, options: options)
      } catch let error as CensusError {
        throw .unsupportedFile(
          file: file, reason: error.description, remedy: "this is no network that can be distilled")
      } catch {
        throw .damaged(file: file, reason: "it does not hold an ONNX model")
      }
      guard model.hasGraph else { throw .damaged(file: file, reason: "it does not hold an ONNX model") }
      let graph = model.graph
      var constants: [String: NumericArray] = [:]
      for tensor in graph.initializer {
        let array = try tensors.array(tensor, place: "initializer \(quoted(tensor.name))")
        guard constants.updateValue(array, forKey: tensor.name) == nil else {
          throw invalid("initializer \(quoted(tensor.name))", "there are two of this name")
        }
      }
      var inputs: [InputDescription] = []
      // Old exporters list weights among the inputs.
      for input in graph.input where constants[input.name] == nil { inputs.append(try self.input(input)) }
      var nodes: [NodeDescription] = []
      for node in graph.node { nodes.append(try self.node(node)) }
      return GraphDescription(
        file: file, operatorSet: try operatorSet(model), nodes: nodes, constants: constants, inputs: inputs,
        outputs: graph.output.map(\.name))
    }

    private func operatorSet(_ model: ONNXModel) throws(ImportedNetworkError) -> Int {
      let own = model.opsetImport.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }
      guard let version = own?.version, version >= 7, version < 1_000 else {
        throw invalid(
          nil, "its operators are of version \(own.map { "\($0.version)" } ?? "none"), not 7 or later")
      }
      return Int(version)
    }

    private func input(_ info: ONNXValueInfo) throws(ImportedNetworkError) -> InputDescription {
      let place = "input \(quoted(info.name))"
      let type = info.type.tensorType
      guard info.hasType, let element = ElementType(number: Int(type.elemType)) else {
        throw invalid(place, "its elements are of a type that is not computed in (number \(type.elemType))")
      }
      guard type.hasShape else { throw invalid(place, "it has no shape") }
      var shape: [Int?] = []
      for dimension in type.shape.dim {
        guard case .dimValue(let length)? = dimension.value else {
          shape.append(nil)
          continue
        }
        guard length >= 0, length <= GraphLimits.mostElements else {
          throw invalid(place, "a dimension has the length \(length)")
        }
        shape.append(length == 0 ? nil : Int(length))
      }
      guard shape.count <= GraphLimits.mostDimensions else {
        throw invalid(place, "it has \(shape.count) dimensions")
      }
      return InputDescription(name: info.name, type: element, shape: shape)
    }

    private func node(_ node: ONNXNode) throws(ImportedNetworkError) -> NodeDescription {
      var description = NodeDescription(
        node.opType, inputs: node.input, outputs: node.output, name: node.name, domain: node.domain)
      for attribute in node.attribute {
        let value: AttributeValue
        switch attribute.type {
        case 1: value = .float(attribute.f)
        case 2: value = .int(attribute.i)
        case 3: value = .string(String(decoding: attribute.s, as: UTF8.self))
        case 4: value = .tensor(try tensors.array(attribute.t, place: description.label))
        case 6: value = .floats(attribute.floats)
        case 7: value = .ints(attribute.ints)
        default: value = .other(Int(attribute.type))
        }
        guard description.attributes.updateValue(value, forKey: attribute.name) == nil else {
          throw invalid(description.label, "it has two attributes \(quoted(attribute.name))")
        }
      }
      return description
    }

    private func invalid(_ place: String?, _ reason: String) -> ImportedNetworkError {
      .invalid(file: file, place: place, reason: reason, remedy: "export the network again")
    }
  }

  extension GraphDescription {
    /// What the ONNX model with the content `onnx` describes; `file` is its path, in whose folder further files
    /// of it may lie.
    ///
    /// - Throws: ``ImportedNetworkError`` when it is no sound model.
    package init(onnx: [UInt8], file: String) throws(ImportedNetworkError) {
      self = try ModelLoader.description(bytes: Data(onnx), file: file)
    }
  }
#endif
