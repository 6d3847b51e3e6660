import Foundation
import Formats
import Testing

/// How often each fuzz test tries; a long run sets `DIFFEO_FUZZ_ITERATIONS`.
private let iterations =
  ProcessInfo.processInfo.environment["DIFFEO_FUZZ_ITERATIONS"].flatMap { Int($0) } ?? 2_000

@Suite struct CSVFuzzTests {
  @Test func anyBytesAreATableOrAnError() {
    var generator = SeededGenerator(seed: 1)
    // Mostly the bytes that mean something, so that the paths behind them are reached.
    let alphabet = Array("0123456789.eE+-,,,\n\n\r\"\" aé;\u{FEFF}".utf8)
    for _ in 0..<iterations {
      let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in
        UInt8.random(in: 0...9, using: &generator) == 0
          ? UInt8.random(in: 0...255, using: &generator)
          : alphabet.randomElement(using: &generator)!
      }
      do {
        let table = try CSVReader(bytes: bytes, name: "fuzz").readAll()
        #expect(table.rowCount > 0)
        let nonFinite = table.values.filter { !$0.isFinite }
        #expect(nonFinite.isEmpty)
      } catch {
        #expect(error.reason == .badContent)
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test func whatIsWrittenReadsBackBitForBit() throws {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<iterations / 20 {
      let columns = Int.random(in: 1...5, using: &generator)
      let names = (0..<columns).map {
        "n\($0)" + ["", ",", "\"", "\n", " ", "é"].randomElement(using: &generator)!
      }
      let values = (0..<columns * 20).map { _ in randomDouble(&generator) }
      let table = Table(columnNames: names, values: values)
      let sink = Memory()
      let writer = try CSVWriter(to: sink, columnNames: names)
      try writer.write(table)
      try writer.finish()
      let back = try CSVReader(bytes: sink.bytes, name: "written").readAll()
      #expect(back.columnNames == names)
      #expect(back.values.map(\.bitPattern) == values.map(\.bitPattern))
    }
  }

  @Test func numbersRoundAsTheStandardLibraryRounds() throws {
    var generator = SeededGenerator(seed: 3)
    var texts = ["0", "-0", "5.", ".5", "9007199254740993", "1e22", "1e23", "4.9e-324", "2e-324"]
    texts += [
      "123456789012345678901234567890", "0.000000000000000000000000000001", "1e-99999999999",
    ]
    for _ in 0..<iterations {
      let digits = (0..<Int.random(in: 1...25, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
      let fraction =
        Bool.random(using: &generator) ? ".\(UInt32.random(in: 0 ... .max, using: &generator))" : ""
      let exponent =
        Bool.random(using: &generator) ? "e\(Int.random(in: -330...270, using: &generator))" : ""
      texts.append(digits + fraction + exponent)
    }
    let options = CSVOptions(header: .absent)
    let source = Array(texts.joined(separator: "\n").utf8)
    let table = try CSVReader(bytes: source, name: "numbers", options: options).readAll()
    #expect(table.rowCount == texts.count)
    for (text, value) in zip(texts, table.values) {
      // `strtod` is the independent reference: the reader's fast path does not use it.
      #expect(value.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  /// Any finite `Double`, among them subnormal ones, and often a simple one.
  private func randomDouble(_ generator: inout SeededGenerator) -> Double {
    if Bool.random(using: &generator) {
      return Double(Int.random(in: -1000...1000, using: &generator)) / 8
    }
    let value = Double(bitPattern: generator.next())
    return value.isFinite ? value : .leastNonzeroMagnitude
  }
}

/// A sink that keeps what it is given.
private final class Memory: ByteSink {
  var bytes: [UInt8] = []
  func write(_ bytes: [UInt8]) throws(FormatError) { self.bytes += bytes }
}
