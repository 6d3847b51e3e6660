import Foundation
import Formats
import Testing

/// How often the fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 2_000

@Suite struct SafetensorsTests {
  private let example = SafetensorsFile(
    metadata: ["format": "test", "note": "ü \"quoted\" \n"],
    arrays: [
      "w": StoredArray(shape: [2, 3], doubles: [1, -2, 0.5, .pi, 1e-300, -0.0]),
      "b/1": StoredArray(shape: [3], floats: [0.1, 3e38, .leastNonzeroMagnitude]),
      "none": StoredArray(shape: [0, 4], floats: []),
      "one": StoredArray(shape: [], doubles: [7]),
    ])

  @Test func whatIsWrittenReadsBackTheSame() throws {
    let folder = try TemporaryFolder()
    try example.write(to: folder.file("a"))
    let back = try SafetensorsFile(contentsOf: folder.file("a"))
    #expect(back == example)
    #expect(back.arrays["b/1"]?.doubles == [Double(Float(0.1)), Double(Float(3e38)), 0x1p-149])
    #expect(back.arrays["w"]?.doubles?[5].sign == .minus)
    #expect(back.encoded == example.encoded)
  }

  /// A file put together by hand as the format's documentation says.
  @Test func aFileOfTheFormatIsRead() throws {
    let header =
      #"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":{"k":"v"}}  "#
    let numbers: [UInt8] = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
    let bytes = [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + numbers
    let file = try SafetensorsFile(decoding: bytes, name: "by hand")
    #expect(file.metadata == ["k": "v"])
    #expect(file.arrays["t"]?.doubles == [1, -2])
  }

  @Test func numbersAreAligned() {
    let bytes = example.encoded
    #expect((8 + Int(bytes[0]) + Int(bytes[1]) << 8).isMultiple(of: 8))
  }

  @Test func everyCutIsAnError() {
    let bytes = example.encoded
    for count in 0..<bytes.count {
      let error = #expect(throws: FormatError.self) {
        try SafetensorsFile(decoding: Array(bytes[..<count]), name: "cut")
      }
      #expect(error?.reason == .badContent)
    }
  }

  @Test(arguments: [
    (#"{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "array 't' of 8 bytes"),
    (#"{"t":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}"#, 4, "type 'F99'"),
    (#"{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "extents [-1]"),
    (
      #"{"t":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 4,
      "array 't' has the extents"
    ),
    (#"{"t":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}"#, 4, "begins at byte 2"),
    (
      #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#,
      3, "array 'b' begins at byte 1"
    ),
    (#"{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 3, "3 bytes of numbers"),
    (#"{"t":7}"#, 0, "no JSON object of arrays"),
    (
      #"{"t":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"\u0074":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}"#,
      2, "found the field 't' twice"
    ),
    (#"{"__metadata__":{"k":"1","k":"2"}}"#, 0, "__metadata__: found the field 'k' twice"),
    (#"{"__metadata__":{"k":1}}"#, 0, "no JSON object of arrays"),
    (#"{"t":{"dtype":"U8","shape":[1e300],"data_offsets":[0,2]}}"#, 2, "no JSON object"),
  ])
  func aWrongHeaderIsNamed(_ header: String, _ count: Int, _ message: String) {
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
    let bytes = length + Array(header.utf8) + [UInt8](repeating: 0, count: count)
    let error = #expect(throws: FormatError.self) {
      try SafetensorsFile(decoding: bytes, name: "wrong")
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func aHeaderOfHugeLengthAllocatesNothing() {
    let bytes = [UInt8](repeating: 0xFF, count: 7) + [0x7F] + Array("{}".utf8)
    #expect(throws: FormatError.self) { try SafetensorsFile(decoding: bytes, name: "huge") }
  }

  @Test func changedBytesAreReadOrRefused() {
    var generator = SeededGenerator(seed: 11)
    let original = example.encoded
    for _ in 0..<iterations {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      do {
        _ = try SafetensorsFile(decoding: bytes, name: "fuzz")
      } catch {
        #expect(error.reason == .badContent)
      }
    }
  }
}
