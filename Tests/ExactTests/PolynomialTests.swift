import Exact
import Testing

@Suite struct PolynomialTests {
  let ring = PolynomialRing(generatorCount: 3)
  var x: Polynomial { ring.generator(0) }
  var y: Polynomial { ring.generator(1) }
  var z: Polynomial { ring.generator(2) }

  func c(_ value: Rational) -> Polynomial { ring.constant(value) }

  @Test func termsThereAndBack() throws {
    let terms = [
      Polynomial.Term(coefficient: Rational(2, over: 3), exponents: [2, 0, 1]),
      Polynomial.Term(coefficient: Rational(-4, over: 5), exponents: [0, 3, 0]),
      Polynomial.Term(coefficient: 7, exponents: [0, 0, 0]),
    ]
    let p = try ring.polynomial(terms.reversed())
    #expect(p.terms == terms)
    #expect(
      try p == x * x * z.scaled(by: Rational(2, over: 3))
        + y.power(3).scaled(by: Rational(-4, over: 5)) + c(7))
    #expect(p.degree(in: 0) == 2 && p.degree(in: 1) == 3 && p.totalDegree == 3)
    #expect(p.scale == Rational(1, over: 15))
    #expect(try p.primitivePart.scaled(by: p.scale) == p)
    #expect(try ring.polynomial(terms + terms) == p.scaled(by: 2))
    let cancelling =
      terms + terms.map { Polynomial.Term(coefficient: -$0.coefficient, exponents: $0.exponents) }
    #expect(try ring.polynomial(cancelling).isZero)
    #expect(c(0).isZero && c(0).terms.isEmpty && c(0).degree(in: 0) == -1)
    #expect(c(Rational(-3, over: 2)).asConstant == Rational(-3, over: 2) && x.asConstant == nil)
    #expect((-x).scale == -1 && p.description == "2/3*g1^2*g3 + -4/5*g2^3 + 7")
  }

  /// Ring laws by evaluation at rational points, where the arithmetic is `Rational`'s own.
  @Test func operationsAgreeWithValues() throws {
    let half = Rational(1, over: 2)
    let samples = try [
      c(0), c(Rational(-3, over: 7)), x, x - y.scaled(by: half), x * y + z.power(2),
      (x + y + z + c(1)).power(3), x * x - y * y,
    ]
    let points: [[Rational]] = [[1, 2, 3], [half, -half, Rational(5, over: 3)], [0, 0, 0]]
    for p in samples {
      for q in samples {
        for point in points {
          let (a, b) = (try p.value(at: point), try q.value(at: point))
          #expect(try (p + q).value(at: point) == a + b)
          #expect(try (p - q).value(at: point) == a - b)
          #expect(try (p * q).value(at: point) == a * b)
        }
        #expect(try p * q == q * p && p + q - q == p)
        #expect(try (p + q).power(2) == p * p + (p * q).scaled(by: 2) + q * q)
        if !q.isZero { #expect(try (p * q).divided(exactlyBy: q) == p) }
        #expect((p == q) == (p.hashValue == q.hashValue))
      }
    }
    #expect(try (x * x + c(1)).divided(exactlyBy: x) == nil)
    #expect(throws: ExactError.divisionByZero) { try x.divided(exactlyBy: c(0)) }
    #expect(try c(0).power(0) == c(1) && c(0).power(5).isZero)
  }

  @Test func factors() throws {
    // x⁴ + 4y⁴ = (x² + 2xy + 2y²)(x² - 2xy + 2y²), Sophie Germain's identity.
    let germain = try (x.power(4) + y.power(4).scaled(by: 4)).factored()
    #expect(germain.content == 1 && germain.factors.count == 2)
    let p = try (x - y).power(3) * (x * z + c(1)) * (x - y + c(2)) * c(Rational(-6, over: 5))
    let factorization = try p.factored()
    #expect(factorization.content == Rational(-6, over: 5))
    #expect(factorization.factors.map(\.multiplicity).sorted() == [1, 1, 3])
    var product = c(factorization.content)
    for factor in factorization.factors {
      product = try product * factor.base.power(factor.multiplicity)
      #expect(factor.base.scale == 1)
    }
    #expect(product == p)
    #expect(try c(Rational(4, over: 9)).factored().factors.isEmpty)
    #expect(throws: ExactError.divisionByZero) { try c(0).factored() }
    #expect(try (y - x).factored().content == -1)
  }

  @Test func commonDivisors() throws {
    let g = try x * y - z
    #expect(try (g * (x + c(1))).gcd(g.scaled(by: -7) * (y - c(2))) == g)
    #expect(try x.gcd(y) == c(1) && c(0).gcd(x.scaled(by: -3)) == x && c(0).gcd(c(0)).isZero)
    #expect(try c(6).gcd(x) == c(1))
  }

  @Test func elimination() throws {
    // Discriminant of ax² + bx + c with a = 1, b = y, c = z; of x³ + yx + z.
    #expect(try (x * x + y * x + z).discriminant(in: 0) == y * y - z.scaled(by: 4))
    #expect(
      try (x.power(3) + y * x + z).discriminant(in: 0)
        == y.power(3).scaled(by: -4) - (z * z).scaled(by: 27))
    // Scaling by s multiplies the discriminant of a cubic by s⁴, a resultant by s^deg.
    #expect(
      try (x.power(3) + y * x + z).scaled(by: Rational(1, over: 2)).discriminant(in: 0)
        == (y.power(3).scaled(by: -4) - (z * z).scaled(by: 27)).scaled(by: Rational(1, over: 16)))
    #expect(try (x * x - y).resultant(x - z, in: 0) == z * z - y)
    #expect(
      try (x * x - y).scaled(by: 3).resultant((x - z).scaled(by: 5), in: 0)
        == (z * z - y).scaled(by: 75))
    #expect(try (x * y).resultant(x * z, in: 0).isZero)
  }

  /// res(∏ (x - aᵢ), ∏ (x - bⱼ)) = ∏ (aᵢ - bⱼ) and disc(∏ (x - aᵢ)) = ∏ (aᵢ - aⱼ)², i < j, for all
  /// parities of the degrees and with roots that depend on the other generators.
  @Test func eliminationAgreesWithRoots() throws {
    let pool = try [c(2), y, z - c(1), y * z, -y, c(Rational(1, over: 3)), z]
    func withRoots(_ roots: ArraySlice<Polynomial>) throws -> Polynomial {
      try roots.reduce(c(Rational(-2, over: 5))) { try $0 * (x - $1) }
    }
    for m in 0...4 {
      for n in 0...3 {
        let (first, second) = (pool.prefix(m), pool.suffix(n))
        var expected = c(Rational(-2, over: 5).power(m + n)!)
        for a in first { for b in second { expected = try expected * (a - b) } }
        #expect(try withRoots(first).resultant(withRoots(second), in: 0) == expected)
      }
      var discriminant = c(Rational(-2, over: 5).power(max(2 * m - 2, 0))!)
      for i in 0..<m {
        for j in 0..<i { discriminant = try discriminant * (pool[i] - pool[j]).power(2) }
      }
      if m > 0 { #expect(try withRoots(pool.prefix(m)).discriminant(in: 0) == discriminant) }
    }
    // A remainder sequence with gaps in the degrees.
    #expect(try (x.power(7) - y).resultant(x.power(2) - z, in: 0) == y * y - z.power(7))
    #expect(try (x.power(2) - z).resultant(x.power(7) - y, in: 0) == y * y - z.power(7))
  }

  @Test func derivativesAndSubstitution() throws {
    let p = try (x * x * y).scaled(by: Rational(1, over: 2)) + z.power(3)
    #expect(try p.derivative(in: 0) == x * y)
    #expect(try p.derivative(in: 2) == z.power(2).scaled(by: 3))
    #expect(try c(5).derivative(in: 1).isZero)
    #expect(
      try p.substituting(generator: 0, by: y + c(1))
        == ((y + c(1)).power(2) * y).scaled(by: Rational(1, over: 2)) + z.power(3))
    #expect(
      try p.substituting([z, x, y]) == (z * z * x).scaled(by: Rational(1, over: 2)) + y.power(3))
    #expect(try p.coefficients(in: 0) == [z.power(3), c(0), y.scaled(by: Rational(1, over: 2))])
    #expect(try (x.power(2) - c(2)).univariate(in: 0) == UnivariatePolynomial([-2, 0, 1]))
    #expect(p.univariate(in: 0) == nil && c(3).univariate(in: 1) == UnivariatePolynomial([3]))
  }

  /// P(x, y) with the determinant of its Jacobian a non-zero constant: a tame automorphism of the
  /// plane, inverted by substitution.
  @Test func polynomialAutomorphismAndItsInverse() throws {
    let (u, v) = (try x + y.power(3), y)
    let (f, g) = (u, try v - u.power(3))
    let determinant =
      try f.derivative(in: 0) * g.derivative(in: 1)
      - f.derivative(in: 1) * g.derivative(in: 0)
    #expect(determinant == c(1))
    let backY = try y + x.power(3)
    let backX = try x - backY.power(3)
    #expect(try f.substituting([backX, backY, z]) == x)
    #expect(try g.substituting([backX, backY, z]) == y)
  }

  @Test func limitsThrow() throws {
    #expect(throws: ExactError.tooLarge(limit: .degree)) { try x.power(501) }
    #expect(throws: ExactError.tooLarge(limit: .degree)) { try x.power(.max) }
    var limits = PolynomialRing.Limits()
    limits.terms = 5
    let narrow = PolynomialRing(generatorCount: 2, limits: limits)
    #expect(throws: ExactError.tooLarge(limit: .terms)) {
      try (narrow.generator(0) + narrow.generator(1) + narrow.constant(1)).power(2)
    }
    #expect(throws: ExactError.tooLarge(limit: .work)) { try (x + y + z + c(1)).power(60) }
    #expect(throws: ExactError.tooLarge(limit: .coefficients)) {
      try c(Rational(3).power(20_000)!) * c(Rational(3).power(20_000)!)
    }
    #expect(throws: ExactError.self) { try c(2).power(.max) }
    #expect(throws: ExactError.tooLarge(limit: .degree)) { try (x.power(61) - y).factored() }
    #expect(throws: ExactError.self) {
      try ring.polynomial([Polynomial.Term(coefficient: 1, exponents: [.max, .max, 1])])
    }
    #expect(throws: ExactError.self) {
      try x.power(500).value(at: [Rational(2).power(60_000)!, 0, 0])
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func hardInputsEnd() throws {
    let wide = PolynomialRing(generatorCount: 8)
    var sum = wide.constant(1)
    for index in 0..<8 { sum = try sum + wide.generator(index).scaled(by: Rational(index + 2)) }
    let (p, q) = (try sum.power(4), try (sum - wide.constant(3)).power(4))
    #expect(try p.gcd(q) == wide.constant(1))
    #expect(try p.factored().factors.map(\.multiplicity) == [4])
    // A generic resultant of two such dense polynomials has thousands of long terms.
    let (u, v) = (try (x + y + z).power(9) + (x - y).power(7) + c(1), try (x - z).power(9) + y)
    #expect(throws: ExactError.self) { try u.resultant(v, in: 0) }
    let swinnertonDyer = try x.power(4) - (x.power(2) * (y + z)).scaled(by: 2) + (y - z).power(2)
    #expect(try swinnertonDyer.factored().factors.count == 1)
  }

  @Test func ringWithoutGenerators() throws {
    let constants = PolynomialRing(generatorCount: 0)
    let p = try constants.constant(2) * constants.constant(3) + constants.constant(1)
    #expect(p.asConstant == 7 && p.terms == [Polynomial.Term(coefficient: 7, exponents: [])])
    #expect(try p.value(at: []) == 7)
    #expect(try (RationalFunction(p) / RationalFunction(p)).asConstant == 1)
  }
}
