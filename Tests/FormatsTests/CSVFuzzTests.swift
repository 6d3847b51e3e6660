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

  @Test func numbersRoundAsStrtodRounds() throws {
    var generator = SeededGenerator(seed: 3)
    var texts = ["0", "-0", "5.", ".5", "9007199254740993", "1e22", "1e23", "4.9e-324", "2e-324"]
    texts += [
      "123456789012345678901234567890", "0.000000000000000000000000000001", "1e-99999999999",
      "9999999999999999999e27", "1e-27", "18446744073709551615", "18446744073709551616",
      "0.00000000000000000000e5", "123456789012345678901234567890.", ".9007199254740993e16",
    ]
    for _ in 0..<iterations {
      texts.append(decimal(&generator))
      texts.append(contentsOf: besideHalfway(&generator))
    }
    let options = CSVOptions(header: .absent)
    let source = Array(texts.joined(separator: "\n").utf8)
    let table = try CSVReader(bytes: source, name: "numbers", options: options).readAll()
    #expect(table.rowCount == texts.count)
    for (text, value) in zip(texts, table.values) {
      // `strtod` is the independent reference: nothing that the reader rounds goes through it.
      #expect(value.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
  }

  @Test func rowsThatAreReadInBulkAreReadAsOneByOne() throws {
    var generator = SeededGenerator(seed: 4)
    let folder = try TemporaryFolder()
    for round in 0..<max(1, iterations / 1_000) {
      var rows: [[String]] = []
      for _ in 0..<4_000 { rows.append((0..<3).map { _ in cell(&generator) }) }
      let ends = round.isMultiple(of: 2) ? "\n" : "\r\n"
      let plain = rows.map { $0.joined(separator: ",") + ends }.joined()
      // A row with a NaN is none of those that are read in bulk.
      let other = rows.map { ($0 + ["nan"]).joined(separator: ",") + ends }.joined()
      try AtomicFile.write(plain, to: folder.file("plain"))
      try AtomicFile.write(other, to: folder.file("other"))
      let options = CSVOptions(header: .absent, acceptsNonFinite: true)
      let bulk = try CSVReader(path: folder.file("plain"), options: options).readAll()
      let single = try CSVReader(path: folder.file("other"), options: options).readAll()
      #expect(bulk.rowCount == 4_000)
      #expect(
        (0..<4_000).allSatisfy { row in
          (0..<3).allSatisfy { bulk[row, $0].bitPattern == single[row, $0].bitPattern }
        })
    }
  }

  /// Digits, often with a fraction or an exponent, in any number.
  private func decimal(_ generator: inout SeededGenerator) -> String {
    func digits(_ count: ClosedRange<Int>) -> String {
      (0..<Int.random(in: count, using: &generator)).map { _ in
        String(Int.random(in: 0...9, using: &generator))
      }.joined()
    }
    var text = digits(1...25)
    if Bool.random(using: &generator) { text += "." + digits(0...25) }
    if Bool.random(using: &generator) {
      let range = Bool.random(using: &generator) ? -330...270 : -30...30
      text += "e\(Int.random(in: range, using: &generator))"
    }
    return text
  }

  /// The decimal halfway between an integer of 54 bits and the next `Double`, and those beside it, as
  /// they are and scaled.
  private func besideHalfway(_ generator: inout SeededGenerator) -> [String] {
    let odd = UInt64.random(in: 1 << 53..<1 << 54, using: &generator) | 1
    let texts = [odd - 1, odd, odd + 1].map { "\($0)" }
    // Odd multiples of a power of two that end in the place after the last bit of a `Double`.
    let half = UInt64.random(in: 1 << 52..<1 << 53, using: &generator)
    return texts + ["\(half).5", "\(half).4999", "\(half).50001", "\(half)5e-1"]
      + texts.map { $0 + "e\(Int.random(in: -27...27, using: &generator))" }
  }

  /// A number with blanks or quotes around it as files have them.
  private func cell(_ generator: inout SeededGenerator) -> String {
    let sign = ["", "-", "+"].randomElement(using: &generator)!
    let number = sign + decimal(&generator)
    return ["\(number)", " \(number)\t", "\"\(number)\"", "\" \(number) \""]
      .randomElement(using: &generator)!
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
