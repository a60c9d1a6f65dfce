import Arrays
import Randomness
import Testing

/// Sound files with a few bytes changed, cut out or put in: reading them ends in an array or an error, and
/// never takes more memory than is allowed.
@Suite struct MutationTests {
  private static let limits = ArrayLimits(largestFile: 1 << 20, largestTotal: 1 << 20)

  private func mutated(_ bytes: [UInt8], _ random: inout RandomStream) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.index(3) where !bytes.isEmpty {
      let place = random.index(bytes.count)
      switch random.index(5) {
      case 0: bytes[place] ^= 1 << UInt8(random.index(8))
      case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF][random.index(5)]
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.index(16)))
      case 3: bytes.insert(contentsOf: (0...random.index(8)).map { _ in UInt8(random.index(256)) }, at: place)
      default: bytes.removeLast(random.index(bytes.count))
      }
    }
    return bytes
  }

  private func size(_ array: NumericArray) -> Int {
    switch array.elements {
    case .float64, .int64: 8 * array.count
    case .float32, .int32: 4 * array.count
    default: array.count
    }
  }

  @Test("archives", arguments: [false, true])
  func archives(_ compresses: Bool) throws {
    var random = RandomStream(seed: 1, compresses ? 1 : 0)
    let few = manyArrays.filter { ["single", "cube", "names/of.columns"].contains($0.name) }
    let sources = try [
      archive(few, compresses: compresses), archive(few, compresses: compresses, alwaysWide: true),
      compresses ? NumPyArchives.packed : NumPyArchives.stored,
    ]
    var outcomes = [0, 0]
    for round in 0..<10_000 {
      let bytes = mutated(sources[round % sources.count], &random)
      do throws(ArrayFileError) {
        let found = try ArrayArchive(bytes: bytes, file: "m.npz", limits: MutationTests.limits)
        for name in found.names {
          // Short integers and bytes of texts take more room in memory than in the file.
          #expect(size(try found.array(name)) <= 16 << 20)
        }
        outcomes[0] += 1
      } catch {
        #expect(error.description.hasPrefix("m.npz: "))
        outcomes[1] += 1
      }
    }
    #expect(outcomes[1] > 3_000)
  }

  @Test("single arrays and safetensors")
  func others() throws {
    var random = RandomStream(seed: 2)
    let single = try withFile("npy") { path in
      try Npy.write(manyArrays[4].array, to: path)
      return content(of: path)
    }
    let tensors = try withFile("safetensors") { path in
      try Safetensors.write(manyArrays.filter { !$0.array.isText }, metadata: ["a": "b"], to: path)
      return content(of: path)
    }
    var failures = 0
    for _ in 0..<10_000 {
      let bytes = mutated(single, &random)
      do throws(ArrayFileError) {
        let array = try Npy.array(in: bytes, place: ArrayPlace(file: "m.npy"))
        #expect(size(array) <= 8 * bytes.count)
      } catch { failures += 1 }
      let others = mutated(tensors, &random)
      do throws(ArrayFileError) {
        let found = try Safetensors(bytes: others, file: "m", limits: MutationTests.limits)
        for name in found.names { #expect(size(try found.array(name)) <= 8 * others.count) }
      } catch { failures += 1 }
    }
    #expect(failures > 6_000)
  }
}
