import CKernels
import Foundation
import Testing

@Suite("Random numbers")
struct RandomTests {
  /// Philox4x32-10 in the known-answer file of Random123 (Salmon et al. 2011): counter, key, words.
  static let knownAnswers: [([UInt32], [UInt32], [UInt32])] = [
    (
      [0, 0, 0, 0], [0, 0],
      [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
    ),
    (
      [UInt32](repeating: .max, count: 4), [.max, .max],
      [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test("Philox gives the published words", arguments: 0..<3)
  func knownAnswer(_ index: Int) {
    let (counter, key, expected) = Self.knownAnswers[index]
    var words = [UInt32](repeating: 0, count: 4)
    diffeo_philox4x32(key, counter, &words)
    #expect(words == expected)
  }

  @Test("the same bits at every level, from any first element", arguments: Format.allCases)
  func sameBits(_ format: Format) {
    for normal in [false, true] {
      for (first, count) in [(0, 1000), (1, 77), (3, 5), (13, 64), (1 << 40, 33)] {
        let expected = draw(Level.available[0], normal, first: first, count, in: format)
        for level in Level.available.dropFirst() {
          let values = draw(level, normal, first: first, count, in: format)
          #expect(values == expected, "\(level.name), normal: \(normal), first: \(first)")
        }
      }
    }
  }

  @Test("each number is the published function of its words", arguments: Level.available)
  func definition(_ level: Level) {
    let count = 4000
    let uniform = draw(level, false, first: 0, count, in: .double)
    let normal = draw(level, true, first: 0, count, in: .double)
    let narrow = draw(level, false, first: 0, count, in: .float)
    let narrowNormal = draw(level, true, first: 0, count, in: .float)
    for i in 0..<count {
      let words = words(block: i / 2)
      let cells = [0, 2].map { Double((UInt64(words[$0 + 1]) << 32 | UInt64(words[$0])) >> 12) }
      let units = cells.map { ($0 + 0.5) * 0x1p-52 }
      #expect(uniform[i] == units[i % 2])
      let expected = polar(units[0], units[1])[i % 2]
      // Three functions and two products, of which the angle's error counts by 2π.
      #expect(abs(normal[i] - expected) <= 16 * 0x1p-53 * (-2 * log(units[0])).squareRoot())

      let fine = self.words(block: i / 4).map { (Double($0) + 0.5) * 0x1p-32 }
      #expect(abs(narrow[i] - fine[i % 4]) <= 0x1p-24)
      let pair = i % 4 / 2 * 2
      let narrowExpected = polar(fine[pair], fine[pair + 1])[i % 2]
      let radius = (-2 * log(fine[pair])).squareRoot()
      // The same, and u near 1 rounded to a Float: radius² is off by 2⁻²⁴.
      let bound = 16 * 0x1p-24 * max(radius, 1) + min(0x1p-23 / radius, 0x1p-11)
      #expect(abs(narrowNormal[i] - narrowExpected) <= bound)
    }
  }

  @Test(
    "mean, variance and distribution, a false alarm in a million tests", arguments: Format.allCases)
  func distribution(_ format: Format) {
    let count = 200_000
    let root = Double(count).squareRoot()
    let level = Level.available[Level.available.count - 1]
    let uniform = draw(level, false, first: 5, count, in: format)
    let normal = draw(level, true, first: 5, count, in: format)
    // Two-sided 10⁻⁶ of the normal distribution, and of Kolmogorov's: 2 exp(-2 d²) = 10⁻⁶.
    let deviation = 4.892
    let kolmogorov = 2.694
    for (values, mean, variance, fourth, cdf) in [
      (uniform, 0.5, 1 / 12.0, 1 / 80.0, { (x: Double) in x }),
      (normal, 0, 1, 3, { (x: Double) in 0.5 * erfc(-x * 0.5.squareRoot()) }),
    ] {
      let average = values.reduce(0, +) / Double(count)
      #expect(abs(average - mean) * root < deviation * variance.squareRoot())
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
      let spread = (fourth - variance * variance).squareRoot()
      #expect(abs(squares - variance) * root < deviation * spread)
      var distance = 0.0
      for (i, x) in values.sorted().enumerated() {
        let p = cdf(x)
        distance = max(distance, p - Double(i) / Double(count), Double(i + 1) / Double(count) - p)
      }
      #expect(distance * root < kolmogorov)
    }
  }

  private let key: UInt64 = 0x1234_5678_9abc_def0
  private let stream: UInt64 = 0xfedc_ba98_7654_3210

  private func words(block: Int) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: 4)
    let halves = [key, UInt64(block), stream].map {
      [UInt32(truncatingIfNeeded: $0), UInt32($0 >> 32)]
    }
    diffeo_philox4x32(halves[0], halves[1] + halves[2], &words)
    return words
  }

  /// Box and Muller 1958.
  private func polar(_ u: Double, _ v: Double) -> [Double] {
    let radius = (-2 * log(u)).squareRoot()
    return [radius * cos(2 * .pi * v), radius * sin(2 * .pi * v)]
  }

  private func draw(
    _ level: Level, _ normal: Bool, first: Int, _ count: Int, in format: Format
  ) -> [Double] {
    let run = normal ? diffeo_run_normal : diffeo_run_uniform
    switch format {
    case .double:
      var y = [Double](repeating: 0, count: count)
      run(level.kernels(.double), key, stream, UInt64(first), count, &y)
      return y
    case .float:
      var y = [Float](repeating: 0, count: count)
      run(level.kernels(.float), key, stream, UInt64(first), count, &y)
      return y.map { Double($0) }
    }
  }
}
