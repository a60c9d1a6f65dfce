import Arrays
import Foundation

/// A network, or any other function of rows, behind a command of the user's: it reads arrays from an npz file
/// and writes its answers to another.
///
/// `{input}` and `{output}` in the command stand for the paths of these files; without them, the command has
/// the one as its standard input and the other as its standard output. It is run without a shell, once for
/// each batch. Nothing that it does can hang or harm the caller, but for what its own code does.
public struct ExternalNetwork: Sendable {
  /// The program and its arguments. A program without a slash is looked for in the search path.
  public let command: [String]
  /// How long one batch may take; whatever then still runs is ended.
  public let timeout: Duration
  /// The largest answer, in bytes.
  public let largestAnswer: Int

  /// A hash of the command, of the folder it is run in, and of the files that its words name: it changes when
  /// the script does. What else the program reads is not known.
  public var contentHash: String {
    var hash = ContentHash()
    hash.update("command")
    hash.update(FileManager.default.currentDirectoryPath)
    for word in command {
      hash.update(word)
      if let bytes = try? ModelBytes.contents(of: word) {
        hash.update(bytes.count)
        bytes.withUnsafeBytes { hash.update($0) }
      }
    }
    return hash.digest()
  }

  /// A network behind `command`.
  public init(command: [String], timeout: Duration = .seconds(600), largestAnswer: Int = 4 << 30) {
    self.command = command
    self.timeout = timeout
    self.largestAnswer = largestAnswer
  }

  /// The arrays with which the command answers `arrays`.
  ///
  /// - Throws: ``ImportedNetworkError`` when the command cannot be run, fails, takes too long or does not answer
  ///   with an npz file.
  public func evaluate(_ arrays: [String: NumericArray]) throws(ImportedNetworkError) -> [String:
    NumericArray]
  {
    guard let program = command.first, !program.isEmpty else {
      throw fault("there is no command", "name a program")
    }
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let input = folder + "/input.npz"
    let output = folder + "/output.npz"
    do throws(ArrayFileError) {
      try ArrayArchive.write(arrays.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, to: input)
    } catch { throw .arrays(error) }

    let usesStandardOutput = !command.contains { $0.contains("{output}") }
    let words = command.map { word in
      word.replacingOccurrences(of: "{input}", with: input).replacingOccurrences(of: "{output}", with: output)
    }
    let run = ProcessRun(
      words: words, standardInput: command.contains { $0.contains("{input}") } ? "/dev/null" : input,
      standardOutput: usesStandardOutput ? output : folder + "/output.txt",
      standardError: folder + "/error.txt",
      watched: [output, folder + "/output.txt", folder + "/error.txt"], largest: largestAnswer)
    switch run.result(timeout: timeout) {
    case .exited(0): break
    case .exited(let status): throw fault("it ended with status \(status)\(said(folder))", "run it by hand")
    case .signalled(let number):
      throw fault("it was ended by signal \(number)\(said(folder))", "run it by hand")
    case .timedOut:
      throw fault(
        "it took longer than \(timeout) and was ended\(said(folder))", "allow more time, or fewer rows")
    case .tooLarge:
      throw fault("it wrote more than \(largestAnswer) bytes and was ended", "let it write the answers alone")
    case .notStarted(let reason): throw fault("it cannot be run: \(reason)", "check the path of the program")
    }
    return try answer(output, usesStandardOutput: usesStandardOutput)
  }

  private func answer(
    _ path: String, usesStandardOutput: Bool
  ) throws(ImportedNetworkError) -> [String: NumericArray] {
    do throws(ArrayFileError) {
      let archive = try ArrayArchive(
        contentsOf: path, limits: ArrayLimits(largestFile: largestAnswer, largestTotal: largestAnswer))
      var answers: [String: NumericArray] = [:]
      for name in archive.names { answers[name] = try archive.array(name) }
      guard !answers.isEmpty else { throw .noArray(file: path, name: "outputs", known: []) }
      return answers
    } catch {
      // The file's own name means nothing to users, and is gone.
      let reason = error.description.replacingOccurrences(of: path, with: "its answer")
      throw fault(
        reason,
        usesStandardOutput
          ? "write an npz file to standard output, and messages to standard error: "
            + "np.savez(sys.stdout.buffer, outputs=y)"
          : "write an npz file to {output}: np.savez(path, outputs=y)")
    }
  }

  private func temporaryFolder() throws(ImportedNetworkError) -> String {
    let template = NSTemporaryDirectory() + "/symreg-XXXXXX"
    let path = template.withCString { text -> String? in
      guard let copy = strdup(text) else { return nil }
      defer { free(copy) }
      return mkdtemp(copy).map { String(cString: $0) }
    }
    guard let path else {
      throw fault(
        "no temporary folder can be made: \(String(cString: strerror(errno)))",
        "point TMPDIR to one with room")
    }
    return path
  }

  /// The end of what the command said on standard error.
  private func said(_ folder: String) -> String {
    guard let handle = FileHandle(forReadingAtPath: folder + "/error.txt") else { return "" }
    defer { try? handle.close() }
    let size = (try? handle.seekToEnd()) ?? 0
    try? handle.seek(toOffset: size > 2_000 ? size - 2_000 : 0)
    let text = String(decoding: (try? handle.read(upToCount: 2_000)) ?? Data(), as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline).suffix(3).map { printable(String($0)) }
    return lines.isEmpty ? "" : ", saying: " + lines.joined(separator: " / ")
  }

  private func fault(_ reason: String, _ remedy: String) -> ImportedNetworkError {
    .process(command: command.joined(separator: " "), reason: reason, remedy: remedy)
  }
}
