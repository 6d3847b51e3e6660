import Exact
import Testing

@Suite struct RationalFunctionTests {
  let ring = PolynomialRing(generatorCount: 2)
  var x: RationalFunction { RationalFunction(ring.generator(0)) }
  var y: RationalFunction { RationalFunction(ring.generator(1)) }

  func c(_ value: Rational) -> RationalFunction { RationalFunction(ring.constant(value)) }

  @Test func canonicalForm() throws {
    // (x² - y²)/(2y - 2x) = -(x + y)/2.
    let f = try (x * x - y * y) / (y + y - x - x)
    #expect(try f == (x + y) * c(Rational(-1, over: 2)))
    #expect(f.denominator.asConstant == 1)
    let g = try c(1) / (c(2) - x.power(1) * c(4))
    #expect(g.denominator.scale == 1)
    #expect(try g.denominator == ring.generator(0).scaled(by: 2) - ring.constant(1))
    #expect(g.numerator.asConstant == Rational(-1, over: 2))
    #expect(try (x / y) * (y / x) == c(1) && (x / y - x / y).isZero)
    #expect(try (x / y - x / y) == c(0) && (c(0) / x) == c(0))
    #expect(try x.power(-2) == c(1) / (x * x) && c(0).power(0) == c(1))
    #expect(throws: ExactError.divisionByZero) { try x / (y - y) }
    #expect(throws: ExactError.divisionByZero) { try c(0).power(-1) }
    #expect(throws: ExactError.self) { try x.power(.min) }
  }

  /// Factors that cancel take their degree with them.
  @Test func degreesOfQuotients() throws {
    let (s, t) = (ring.generator(0), ring.generator(1))
    let f = try RationalFunction(s * t, over: s * s * s)
    #expect(f.numerator == t && f.numerator.totalDegree == 1)
    #expect(f.denominator.totalDegree == 2)
  }

  @Test func operationsAgreeWithValues() throws {
    let samples = try [
      c(0), c(Rational(-2, over: 3)), x, y / x, (x + y) / (x - y), c(1) / (x * y + c(2)),
      (x * x + c(1)) / (y * y + c(1)),
    ]
    let point: [Rational] = [Rational(3, over: 2), Rational(-5, over: 7)]
    for f in samples {
      for g in samples {
        let (a, b) = (try #require(try f.value(at: point)), try #require(try g.value(at: point)))
        #expect(try (f + g).value(at: point) == a + b)
        #expect(try (f - g).value(at: point) == a - b)
        #expect(try (f * g).value(at: point) == a * b)
        if !g.isZero {
          #expect(try (f / g).value(at: point) == a / b)
          #expect(try f / g * g == f)
        }
        #expect(try f + g - g == f)
        // Leibniz's rule.
        #expect(
          try (f * g).derivative(in: 0)
            == f.derivative(in: 0) * g + f * g.derivative(in: 0))
        // Substituting (f, g) and evaluating is evaluating at (f, g).
        let h = samples[5]
        if let direct = try h.value(at: [a, b]) {
          #expect(try h.substituting([f, g]).value(at: point) == direct)
        }
      }
    }
    #expect(try (c(1) / x).value(at: [0, 1]) == nil)
    #expect(throws: ExactError.divisionByZero) { try (c(1) / x).substituting([c(0), y]) }
  }

  @Test func moebiusTransformationsCompose() throws {
    let f = try (x * c(2) + c(1)) / (x + c(3))
    let inverse = try (x * c(3) - c(1)) / (c(2) - x)
    #expect(try f.substituting([inverse, y]) == x)
    #expect(try inverse.substituting([f, y]) == x)
  }
}
