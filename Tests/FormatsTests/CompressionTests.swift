import Foundation
import Formats
import Testing

/// How often each fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 2_000

@Suite struct CompressionTests {
  private static func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: folder.appending(path: "Fixtures/numpy/" + name)))
  }

  /// What the gzip program makes of bytes.
  private static func gzip(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> String {
    let path = folder.file("t.csv")
    try Data(bytes).write(to: URL(filePath: path))
    let process = Process()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-9", path]
    try process.run()
    process.waitUntilExit()
    return path + ".gz"
  }

  @Test func aPackedTableIsReadAsTheTable() throws {
    let folder = try TemporaryFolder()
    let text = "a,b\n" + (0..<50_000).map { "\($0),\($0 * $0 % 1009)\n" }.joined()
    let path = try Self.gzip(Array(text.utf8), in: folder)
    let reader = try TableReader(path: path)
    var rows = 0
    while let batch = try reader.nextBatch(maximumRows: 4096) {
      #expect(batch.line(ofRow: 0) == rows + 2)
      #expect(
        (0..<batch.rowCount).allSatisfy {
          batch[$0, 0] == Double(rows + $0)
            && batch[$0, 1] == Double((rows + $0) * (rows + $0) % 1009)
        })
      rows += batch.rowCount
    }
    #expect(rows == 50_000)
  }

  @Test func errorsNameTheLineOfThePackedText() throws {
    let folder = try TemporaryFolder()
    let path = try Self.gzip(Array("a,b\n1,2\n3,x\n".utf8), in: folder)
    let error = #expect(throws: FormatError.self) { try TableReader(path: path).readAll() }
    #expect(error?.description.hasPrefix("\(path):3:3: 'x'") == true)
  }

  /// 8 MiB of zeros and line feeds, in some 8 kB: rows are read one by one, and a limit ends them.
  @Test func aBombIsNotUnpackedIntoMemory() throws {
    let folder = try TemporaryFolder()
    let rows = [UInt8](unsafeUninitializedCapacity: 8 << 20) { bytes, count in
      count = 8 << 20
      for index in 0..<count { bytes[index] = index.isMultiple(of: 2) ? 0x30 : 0x0A }
    }
    let path = try Self.gzip(rows, in: folder)
    let error = #expect(throws: FormatError.self) {
      try TableReader(path: path).readAll(maximumValues: 100_000)
    }
    #expect(error?.description.contains("more than 100000 numbers") == true)
    let other = try TemporaryFolder()
    let line = try Self.gzip([UInt8](repeating: 0x30, count: 8 << 20), in: other)
    let long = #expect(throws: FormatError.self) { try TableReader(path: line).readAll() }
    #expect(long?.description.contains("65536 bytes") == true)
  }

  @Test func whatFollowsAMemberIsAMemberOrZeros() throws {
    let bytes = try Self.fixture("two-members.csv.gz")
    let padded = bytes + [UInt8](repeating: 0, count: 512)
    #expect(try TableReader(bytes: padded, name: "t").readAll().rowCount == 2)
    let error = #expect(throws: FormatError.self) {
      try TableReader(bytes: bytes + Array("1,2\n".utf8), name: "t").readAll()
    }
    #expect(error?.description.contains("another kind follow") == true)
  }

  @Test(arguments: [
    "rows.npy", "fields.npy", "signed.npy", "stored.npz", "deflated.npz", "two-members.csv.gz",
  ])
  func changedBytesAreReadOrRefused(_ name: String) throws {
    var generator = SeededGenerator(seed: 21)
    let original = try Self.fixture(name)
    for _ in 0..<iterations {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      do {
        let table = try TableReader(bytes: bytes, name: "fuzz").readAll()
        let nonFinite = table.values.filter { !$0.isFinite }
        #expect(nonFinite.isEmpty && table.rowCount > 0)
      } catch {
        #expect(error.reason == .badContent)
      }
    }
  }
}
