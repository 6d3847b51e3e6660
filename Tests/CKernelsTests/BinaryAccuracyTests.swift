import CFlint
import CKernels
import Foundation
import Testing

@Suite("Functions of two numbers, against Arb")
struct BinaryAccuracyTests {
  @Test("powers, angles and remainders within 4 ulp", arguments: Level.available)
  func accuracy(_ level: Level) {
    for format in Format.allCases {
      let pairs = samples(in: format)
      check(level, DIFFEO_BINARY_POW, pairs.filter { $0.0 > 0 }, in: format) { x, y in
        { x.map(arb_pow, y, $0) }
      }
      check(level, DIFFEO_BINARY_ATAN2, pairs, in: format) { x, y in
        { x.map(arb_atan2, y, $0) }
      }
      // A remainder of 0 is in the test of exact values; a quotient needs digits to be rounded down.
      let divisible = pairs.map { ($0.0, $0.1.magnitude) }.filter { a, b in
        fmod(a, b) != 0 && a.exponent - b.exponent < 200
      }
      check(level, DIFFEO_BINARY_REMAINDER, divisible, in: format) { a, b in
        { a.minus(b.times(a.over(b, $0).map(arb_floor, $0), $0), $0) }
      }
    }
  }

  @Test("exact remainders, and what is excluded", arguments: Level.available)
  func exactValues(_ level: Level) {
    let remainders: [(Double, Double, Double)] = [
      (7.5, 2, 1.5), (-7.5, 2, 0.5), (6, 3, 0), (-6, 3, 0), (1, 0, .nan), (1, -2, .nan),
      (.nan, 2, .nan), (2, .nan, .nan), (.infinity, 2, .nan), (0x1p60, 3, 1),
    ]
    let exclusions: [(Double, Double, Double)] = [
      (0, 0, .nan), (-0.0, 0, .nan), (2, 0, 2), (0, 2, 0), (-1, -1, .nan), (.nan, 0, .nan),
      (.infinity, 0, .infinity), (0x1p-149, 0, 0x1p-149), (1, .nan, 1),
    ]
    for format in Format.allCases {
      for (function, cases) in [
        (DIFFEO_BINARY_REMAINDER, remainders), (DIFFEO_BINARY_EXCLUDING, exclusions),
      ] {
        let found = level.apply(function, to: cases.map { ($0.0, $0.1) }, in: format)
        for ((a, b, expected), y) in zip(cases, found) {
          #expect(y == expected || (y.isNaN && expected.isNaN), "\(a), \(b) became \(y)")
        }
      }
    }
  }

  @Test("C's values of powers and angles where a limit decides", arguments: Level.available)
  func limits(_ level: Level) {
    let infinity = Double.infinity
    let powers: [(Double, Double, Double)] = [
      (0, 2, 0), (0, -1, infinity), (-0.0, -1, -infinity), (-8, 3, -512), (-2, -2, 0.25),
      (-2, 0.5, .nan), (.nan, 0, 1), (1, .nan, 1), (infinity, -1, 0), (0.5, infinity, 0),
    ]
    let angles: [(Double, Double, Double)] = [
      (0, 1, 0), (-0.0, 1, -0.0), (infinity, 0, .pi / 2), (1, infinity, 0), (.nan, 1, .nan),
    ]
    for (a, b, expected) in powers {
      let y = level.apply(DIFFEO_BINARY_POW, to: [(a, b)], in: .double)[0]
      #expect(y == expected || (y.isNaN && expected.isNaN), "\(a) to the \(b) is \(y)")
    }
    for (a, b, expected) in angles {
      let y = level.apply(DIFFEO_BINARY_ATAN2, to: [(a, b)], in: .double)[0]
      #expect(y == expected || (y.isNaN && expected.isNaN), "the angle of \(b), \(a) is \(y)")
      #expect(y.sign == expected.sign || y.isNaN)
    }
  }

  /// Pairs of every size, and pairs whose power is within range.
  private func samples(in format: Format) -> [(Double, Double)] {
    var samples = Samples(format)
    var generator = SplitMix64(seed: 17)
    samples.addPatterns(4000, using: &generator)
    samples.add(8000, in: -30...30, using: &generator)
    let finite = samples.points.filter { $0.isFinite && $0 != 0 }
    return (0..<finite.count / 2).map { (finite[2 * $0], finite[2 * $0 + 1]) }
  }

  private func check(
    _ level: Level, _ function: diffeo_binary, _ pairs: [(Double, Double)], in format: Format,
    _ value: (Enclosure, Enclosure) -> ((Int) -> Enclosure)
  ) {
    let results = level.apply(function, to: pairs, in: format)
    var worst = (error: 0.0, index: 0)
    for (index, (a, b)) in pairs.enumerated() {
      // Beyond these sizes of the logarithm a power is out of every range.
      if function == DIFFEO_BINARY_POW, abs(b) * abs(Double(a.exponent)) > 1e5 { continue }
      let compute = value(Enclosure(a), Enclosure(b))
      let truth = Truth(compute(400), in: format)
      let error = truth.error(of: results[index], in: format)
      if error > worst.error { worst = (error, index) }
    }
    #expect(worst.error <= 4, "\(worst.error) ulp at \(pairs[worst.index]) in \(format)")
  }
}

extension Level {
  /// f of each pair, computed in the format.
  fileprivate func apply(
    _ function: diffeo_binary, to pairs: [(Double, Double)], in format: Format
  ) -> [Double] {
    let f = Int32(function.rawValue)
    let (a, b) = (pairs.map(\.0), pairs.map(\.1))
    switch format {
    case .double:
      var y = a
      diffeo_run_binary(kernels(.double), f, a.count, a, b, &y)
      return y
    case .float:
      var y = a.map { Float($0) }
      diffeo_run_binary(kernels(.float), f, a.count, a.map { Float($0) }, b.map { Float($0) }, &y)
      return y.map { Double($0) }
    }
  }
}
