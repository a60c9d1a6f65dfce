/// What the tables say they were made with.
enum Version {
  /// The version of the project.
  static let current = "0.1.0"
}
