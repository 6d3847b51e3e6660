import Foundation
import Formats
import Testing

/// A file that NumPy wrote; `make.py` beside it says how.
private func path(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().path + "/Fixtures/numpy/" + name
}

private func message(_ name: String, _ bytes: [UInt8]) -> String {
  do {
    _ = try TableReader(bytes: bytes, name: name).readAll()
    return ""
  } catch {
    return error.reason == .badContent ? "\(error)" : "the reason \(error.reason)"
  }
}

/// A `.npy` file with this header and these bytes of numbers.
private func array(_ header: String, _ numbers: [UInt8], version: UInt8 = 1) -> [UInt8] {
  let count = header.utf8.count
  let length = (0..<(version == 1 ? 2 : 4)).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + Array(header.utf8) + numbers
}

@Suite struct ArrayFileTests {
  @Test(arguments: [
    ("rows.npy", ["x1", "x2", "x3"], [1.5, -2, 0.25, 3, 1e300, -0.1]),
    ("columns.npy", ["x1", "x2", "x3"], [1.5, -2, 0.25, 3, 1e300, -0.1]),
    ("table.npz", ["x1", "x2", "x3"], [1.5, -2, 0.25, 3, 1e300, -0.1]),
    ("big-endian.npy", ["x1", "x2", "x3"], [1.5, -2, 0.25, 3, 8, Double(Float(-0.1))]),
    ("half.npy", ["x1"], [0.5, -65504, 0x1p-24]),
    ("signed.npy", ["x1", "x2"], [-1, 127, -128, 5]),
    ("unsigned.npy", ["x1"], [0, 0x1p63]),
    ("boolean.npy", ["x1"], [1, 0]),
    ("fields.npy", ["it's", "größe", "n"], [1, 0.5, -3, 2, 0.25, 400]),
    ("stored.npz", ["u", "n"], [1, 3, 2, 4]),
    ("two-members.csv.gz", ["a", "b"], [1, 2, 3, 4]),
  ])
  func whatNumPyWroteIsRead(_ name: String, _ columns: [String], _ values: [Double]) throws {
    let table = try TableReader(path: path(name)).readAll()
    #expect(table == Table(columnNames: columns, values: values))
  }

  @Test func deflatedArraysAreReadInBatches() throws {
    let reader = try TableReader(path: path("deflated.npz"))
    var rows = 0
    while let batch = try reader.nextBatch(maximumRows: 300) {
      for row in 0..<batch.rowCount {
        #expect(batch[row, 0] == Double(rows + row) / 8)
        #expect(batch[row, 1] == Double((rows + row) % 7))
      }
      rows += batch.rowCount
    }
    #expect(rows == 1000)
  }

  @Test(arguments: [
    (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 8,
      "8 bytes of numbers, expected 16"
    ),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 24, "24 bytes of numbers"),
    ("{'descr': '<c16', 'fortran_order': False, 'shape': (1,), }", 16, "complex numbers"),
    ("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", 8, "Python objects"),
    (
      "{'descr': [('a', '<f8', (2,))], 'fortran_order': False, 'shape': (1,), }", 16,
      "several parts"
    ),
    (
      "{'descr': [('a', '|b1'), ('a', '|b1')], 'fortran_order': False, 'shape': (1,), }", 2,
      "second"
    ),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (), }", 8, "extents []"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (0,), }", 0, "without numbers"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }", 8, "expected a dictionary"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 2), }", 8, "a size"),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (0, 100000000000), }", 0, "columns"),
    ("__import__('os')", 8, "expected a dictionary"),
    (String(repeating: "(", count: 100_000), 8, "expected a dictionary"),
  ])
  func aWrongHeaderIsNamed(_ header: String, _ count: Int, _ expected: String) {
    let bytes = array(header, [UInt8](repeating: 0, count: count), version: 2)
    #expect(message("t.npy", bytes).contains(expected), "\(message("t.npy", bytes))")
  }

  @Test func valuesThatAreNoNumbersAreNamed() {
    let header = "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 1L)}"
    let numbers = [1, Double.nan].flatMap { (value: Double) -> [UInt8] in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    #expect(message("t.npy", array(header, numbers)).contains("nan in row 2"))
    #expect(message("t.npy", array(header, numbers)).contains("column 'x1'"))
  }

  @Test func otherArraysAreRefused() throws {
    for (name, expected) in [("text.npy", "text ('<U1')"), ("cube.npy", "extents [2, 2, 2]")] {
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: path(name))))
      #expect(message(name, bytes).contains(expected))
    }
  }

  @Test(arguments: ["rows.npy", "fields.npy", "stored.npz", "deflated.npz", "two-members.csv.gz"])
  func everyCutIsAnError(_ name: String) throws {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path(name))))
    // Each member of a gzip file is whole in itself.
    let wholeMember = name.hasSuffix(".gz") ? try #require(bytes.lastIndex(of: 0x1F)) : -1
    for count in 0..<bytes.count where count != wholeMember {
      #expect(message(name, Array(bytes[..<count])) != "", "\(count) of \(bytes.count) bytes")
    }
  }

  @Test func anArrayIsWrittenAsNumPyReadsIt() throws {
    let folder = try TemporaryFolder()
    let names = ["it's", "a\\b", "größe"]
    let columns = [[1.5, -2, 0x1p-1074], [3, 4, 1e300], [0, -0.0, .pi]]
    let file = try AtomicFile(path: folder.file("t.npy"))
    let writer = try NPYWriter(to: file, columnNames: names, rowCount: 3)
    try writer.write(columns: columns.map { Array($0[..<2]) })
    try writer.write(columns: columns.map { Array($0[2...]) })
    try writer.finish()
    try file.commit()
    let table = try TableReader(path: folder.file("t.npy")).readAll()
    #expect(table.columnNames == names)
    for (column, values) in columns.enumerated() {
      #expect(table.column(column).map(\.bitPattern) == values.map(\.bitPattern))
    }
    // The header as the format's documentation wants it: numbers begin at a multiple of 64 bytes.
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.file("t.npy"))))
    #expect((bytes.count - 72).isMultiple(of: 64))
    #expect(bytes[bytes.count - 73] == UInt8(ascii: "\n"))
  }
}
