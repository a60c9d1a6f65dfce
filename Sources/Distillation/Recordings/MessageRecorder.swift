import Arrays

/// Which edges, inputs and components are recorded.
public struct RecordingOptions: Sendable, Hashable {
  /// About how many graphs of a simulation, spread evenly.
  public var graphs = 1000
  /// Numbers of the components of the message, from 0; nil for all.
  public var components: [Int]?
  /// Further inputs, such as `s = q1*q2`, which are computed from the others.
  public var derived: [String] = []
  /// Where the function is to be explained; nil for everywhere.
  public var neighbourhood: Neighbourhood?

  /// The usual: about a thousand graphs, all components, nothing derived, everywhere.
  public init() {}
}

/// Messages with the story of how they were obtained.
public struct RecordedMessages: Sendable {
  /// The messages.
  public let recording: MessageRecording
  /// Whether they were kept from before; the function was then not asked at all.
  public let isFromCache: Bool
  /// What users should know of the cache: that an entry was damaged, or could not be written.
  public let notes: [String]
}

/// Records functions of edges, and finds again what was recorded before.
///
///     let recorder = MessageRecorder(cache: RecordingCache(path: RecordingCache.usualPath))
///     let messages = try recorder.record(.imported(network), on: .simulation(simulation))
public struct MessageRecorder: Sendable {
  /// Where recordings are kept; nil to keep none.
  public let cache: RecordingCache?

  /// A recorder that keeps what it records in `cache`.
  public init(cache: RecordingCache? = nil) { self.cache = cache }

  /// What `function` is given and returns on `data`.
  ///
  /// With a cache, the same function on the same data with the same options is recorded once. That a recording
  /// cannot be kept is told in the notes and is no error.
  ///
  /// - Throws: what the function throws, ``RecordingError`` for messages that are not finite or components that
  ///   there are not, ``DistillationError`` for columns that cannot be derived.
  public func record(
    _ function: MessageFunction, on data: MessageData, options: RecordingOptions = RecordingOptions()
  ) throws -> RecordedMessages {
    guard let cache, let key = ContentHash.key(function, data, options) else {
      return RecordedMessages(
        recording: try MessageRecorder.recording(function, data, options), isFromCache: false, notes: [])
    }
    cache.removeLeftovers()
    var notes: [String] = []
    switch cache.find(key) {
    case .found(let recording):
      return RecordedMessages(recording: recording, isFromCache: true, notes: [])
    case .damaged: notes.append("what was kept of this recording in \(cache.path) is damaged and is replaced")
    case .missing: break
    }
    let recording = try MessageRecorder.recording(function, data, options)
    do {
      try cache.keep(recording, key: key, network: function.label, data: data.label)
    } catch {
      notes.append("the recording is not kept for the next time: \(error)")
    }
    return RecordedMessages(recording: recording, isFromCache: false, notes: notes)
  }

  private static func recording(
    _ function: MessageFunction, _ data: MessageData, _ options: RecordingOptions
  ) throws -> MessageRecording {
    let whole = try function.recording(on: data, graphs: options.graphs)
    let all =
      try options.neighbourhood?.recording(of: whole) { columns in
        try function.recording(on: .columns(names: whole.inputNames, values: columns), graphs: options.graphs)
      } ?? whole
    let selected = try options.components.map { try all.selecting($0) } ?? all
    return try selected.deriving(options.derived)
  }
}
