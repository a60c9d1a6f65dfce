#if ONNX
  import Foundation

  /// Elements of a tensor that lie in another file, which must be in the model's own folder.
  struct ExternalData {
    let file: String
    let place: String

    /// The bytes that `entries` point to.
    ///
    /// - Parameter count: how many the tensor's type and shape ask for.
    func bytes(_ entries: [ONNXStringEntry], count: Int) throws(ImportedNetworkError) -> Data {
      var settings: [String: String] = [:]
      for entry in entries { settings[entry.key] = entry.value }
      guard let location = settings["location"], !location.isEmpty else {
        throw invalid("it lies in another file, which is not named", "export the network again")
      }
      let offset = try number(settings["offset"]) ?? 0
      let length = try number(settings["length"]) ?? count
      guard length == count else {
        throw invalid("it names \(length) bytes where its shape needs \(count)", "export the network again")
      }
      let path = try SiblingFile(of: file).path(location, place: place)
      guard let handle = FileHandle(forReadingAtPath: path) else {
        throw invalid(
          "its elements lie in \(quoted(location)), which cannot be opened",
          "put that file beside the model, or export with external_data=False")
      }
      defer { try? handle.close() }
      do {
        let size = try handle.seekToEnd()
        guard UInt64(offset) <= size, UInt64(length) <= size - UInt64(offset) else {
          throw invalid(
            "bytes \(offset) to \(offset.addingReportingOverflow(length).partialValue) of \(quoted(location)), "
              + "which has \(size)", "the file was cut off: copy or export it again")
        }
        try handle.seek(toOffset: UInt64(offset))
        let bytes = try handle.read(upToCount: length) ?? Data()
        guard bytes.count == length else { throw CocoaError(.fileReadCorruptFile) }
        return bytes
      } catch let error as ImportedNetworkError {
        throw error
      } catch {
        throw invalid("\(quoted(location)) cannot be read", "check the file beside the model")
      }
    }

    private func number(_ text: String?) throws(ImportedNetworkError) -> Int? {
      guard let text else { return nil }
      guard let value = Int(text), value >= 0 else {
        throw invalid("\(quoted(text)) is no place in a file", "export the network again")
      }
      return value
    }

    private func invalid(_ reason: String, _ remedy: String) -> ImportedNetworkError {
      .invalid(file: file, place: place, reason: reason, remedy: remedy)
    }
  }
#endif
