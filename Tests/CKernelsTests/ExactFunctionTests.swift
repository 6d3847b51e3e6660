import CKernels
import Testing

@Suite("Functions whose value is exact")
struct ExactFunctionTests {
  static let functions:
    [(name: String, function: diffeo_unary, value: @Sendable (Double) -> Double)] =
      [
        ("neg", DIFFEO_UNARY_NEG, { -$0 }), ("abs", DIFFEO_UNARY_ABS, { $0.magnitude }),
        ("sign", DIFFEO_UNARY_SIGN, { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }),
        ("relu", DIFFEO_UNARY_RELU, { $0 < 0 ? 0 : $0 }),
        ("floor", DIFFEO_UNARY_FLOOR, { $0.rounded(.down) }),
        ("is_finite", DIFFEO_UNARY_IS_FINITE, { $0.isFinite ? 1 : 0 }),
      ]

  @Test("to the bit, signs of zeros and NaN included", arguments: Level.available)
  func exact(_ level: Level) {
    for (name, function, value) in Self.functions {
      for format in Format.allCases {
        var samples = Samples(format)
        var generator = SplitMix64(seed: 3)
        samples.addSpecials()
        samples.addGrid(perBinade: 4)
        samples.addNeighbourhoods(of: [0, 1, -1, 2, 0x1p23, -0x1p23, 0x1p52, 0x1p31, 0x1p63])
        samples.addPatterns(10_000, using: &generator)
        let results = level.apply(function, to: samples.points, in: format)
        let wrong = zip(samples.points, results).first { x, y in
          let expected = value(x)
          return expected.isNaN ? !y.isNaN : expected.bitPattern != y.bitPattern
        }
        #expect(wrong == nil, "\(name) of \(format) at \(String(describing: wrong))")
      }
    }
  }

  @Test("every function of the table has a test")
  func complete() {
    let tested =
      UnaryAccuracyTests.cases.map(\.function.rawValue)
      + Self.functions.map(\.function.rawValue)
    #expect(tested.sorted() == Array(0..<DIFFEO_UNARY_COUNT.rawValue))
  }
}
