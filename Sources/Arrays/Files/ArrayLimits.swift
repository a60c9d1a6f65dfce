import Foundation

/// What a file of arrays may ask for. Beside these, nothing is allocated that the file's size does not
/// justify: an array that is not packed cannot be larger than its file.
public struct ArrayLimits: Sendable {
  /// The largest file that is read, in bytes.
  public var largestFile: Int
  /// The most bytes that the arrays of an archive may take when unpacked, all together.
  public var largestTotal: Int
  /// The most arrays in a file.
  public var mostArrays: Int

  /// The most that deflate can shrink anything: a stream of n bytes holds at most 1,032 n.
  static let largestRatio = 1_032
  /// The longest header of an array file; NumPy's own are below a thousand bytes.
  static let longestHeader = 1 << 20
  /// The most dimensions, as in NumPy.
  static let mostDimensions = 64

  /// A quarter of the machine's memory, for arrays are copied once or twice on their way; 16 GiB at most.
  public static let usualSize = min(16 << 30, Int(clamping: ProcessInfo.processInfo.physicalMemory / 4))

  /// The given limits: ``usualSize`` a file and unpacked, and 100,000 arrays, unless told otherwise.
  public init(largestFile: Int = usualSize, largestTotal: Int = usualSize, mostArrays: Int = 100_000) {
    self.largestFile = largestFile
    self.largestTotal = largestTotal
    self.mostArrays = mostArrays
  }
}
