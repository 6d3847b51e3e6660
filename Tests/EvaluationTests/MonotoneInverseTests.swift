import Exact
import Symbolics
import Testing

@testable import Evaluation

@Suite("Inverses of monotone formulas")
struct MonotoneInverseTests {
  static let t = Expression.symbol("t")

  struct Map: Sendable, CustomTestStringConvertible {
    let name: String
    let formula: Expression
    let derivative: Expression
    var domain = Interval.reals
    var image = Interval.reals
    let points: [Double]
    var testDescription: String { name }
  }

  static func sigmoids(_ count: Int) -> (Expression, Expression) {
    let terms = (1...count).map { Expression.call(.sigmoid, [Expression(Rational($0)) * t]) }
    let slopes = terms.enumerated().map { index, s in
      Expression(Rational(index + 1)) * s * (1 - s)
    }
    return (.sum(terms), .sum(slopes))
  }

  static let maps: [Map] = [
    Map(
      name: "t + t³", formula: t + t.power(3), derivative: 1 + 3 * t.power(2),
      points: [0, 1e-300, 1e-5, 0.3, 1, -7, 1e5, -1e100]),
    Map(
      name: "t³", formula: t.power(3), derivative: 3 * t.power(2),
      points: [0, 1e-90, 0.3, 1, -7, 1e5, -1e100]),
    Map(
      name: "exp t", formula: .exp(t), derivative: .exp(t), image: .positive,
      points: [-700, -1, 1e-5, 0.5, 3, 700]),
    Map(
      name: "-exp t - t", formula: -.exp(t) - t, derivative: -.exp(t) - 1,
      points: [-1e10, -700, -1, 0, 0.5, 3, 700]),
    Map(
      name: "log t", formula: .log(t), derivative: 1 / t, domain: .positive,
      points: [1e-300, 1e-10, 0.5, 2, 1e10, 1e300]),
    Map(
      name: "t·log(1 + t)", formula: t * .log(1 + t), derivative: .log(1 + t) + t / (1 + t),
      domain: .nonnegative, image: .nonnegative, points: [0, 1e-10, 0.5, 2, 1e10]),
    Map(
      name: "five sigmoids", formula: sigmoids(5).0, derivative: sigmoids(5).1,
      image: Interval(.open(0), .open(5)), points: [-700, -30, -2, 0, 1e-3, 1, 3]),
    Map(
      name: "t - sin t", formula: t - .call(.sin, [t]), derivative: 1 - .call(.cos, [t]),
      points: [-100, -1, 0.5, 6.5, 1e6]),
    Map(
      name: "t/(1 - t²)", formula: t / (1 - t.power(2)),
      derivative: (1 + t.power(2)) / (1 - t.power(2)).power(2),
      domain: Interval(.open(-1), .open(1)), points: [-0.999999, -0.5, 0, 1e-8, 0.9, 0.99]),
    Map(
      name: "sinh of overflowing terms", formula: .exp(t) - .exp(-t),
      derivative: .exp(t) + .exp(-t), points: [-700, -1, 0, 0.1, 30, 700]),
  ]

  /// g(g⁻¹(y)) returns to y, and to t, within the ulps that the condition number leaves.
  @Test(arguments: maps, [nil, true] as [Bool?])
  func roundTrip(map: Map, direction: Bool?) throws {
    let isIncreasing = direction.map { _ in map.name.first != "-" }
    let formulas = try CompiledFormulas([map.formula, map.derivative], inputs: [Symbol("t")])
    let values = try formulas.values(columns: [map.points])
    let inverse = try MonotoneInverse(
      of: map.formula, in: Symbol("t"), derivative: map.derivative, domain: map.domain,
      image: map.image, isIncreasing: isIncreasing, inputs: [])
    let roots = try inverse.values(of: values[0])
    let back = try formulas.values(columns: [roots])
    for row in map.points.indices {
      let (t, y, slope) = (map.points[row], values[0][row], values[1][row])
      // The error of y as evaluated is some ulps of its largest term.
      let noise = 4 * max(y.magnitude, t == 0 ? 0 : t.magnitude.squareRoot().ulp).ulp
      let allowed = 2 * t.ulp + noise / slope.magnitude
      #expect((roots[row] - t).magnitude <= allowed || back[0][row] == y, "\(t): \(roots[row])")
      #expect(!roots[row].isNaN)
    }
  }

  @Test func nothingOutsideTheImage() throws {
    let (formula, derivative) = Self.sigmoids(3)
    let inverse = try MonotoneInverse(
      of: formula, in: Symbol("t"), derivative: derivative, domain: .reals,
      image: Interval(.open(0), .open(3)), inputs: [])
    let roots = try inverse.values(of: [-1, 0, 3, 4, .nan, .infinity])
    #expect(roots.allSatisfy { $0.isNaN })
    // A value beyond those that the formula takes is not believed either.
    let unbounded = try MonotoneInverse(
      of: formula, in: Symbol("t"), derivative: derivative, domain: .reals, image: .reals,
      inputs: [])
    #expect(try unbounded.values(of: [-1, 4]).allSatisfy { $0.isNaN })
  }

  @Test func closedEndsAreFound() throws {
    let t = Self.t
    let inverse = try MonotoneInverse(
      of: t.squareRoot, in: Symbol("t"), derivative: .rational(1, 2) / t.squareRoot,
      domain: Interval(.closed(0), .closed(4)), image: Interval(.closed(0), .closed(2)),
      isIncreasing: true, inputs: [])
    #expect(try inverse.values(of: [0, 1, 2]) == [0, 1, 4])
  }

  @Test(arguments: [1, 255, 256, 257, 4096, 4097])
  func triangularSystemsRowByRow(rows: Int) throws {
    // x1 = 2 z1, x2 = z2 + e^z1·z2³, x3 = z3 - z2.
    let z = (1...3).map { Expression.symbol("z\($0)") }
    let cubic = z[1] + .exp(z[0]) * z[1].power(3)
    let inverse = try TriangularInverse(
      steps: [
        .closedForm(variable: Symbol("z1"), formula: .rational(1, 2) * .symbol("x1")),
        .monotone(
          variable: Symbol("z2"), formula: cubic,
          derivative: 1 + 3 * .exp(z[0]) * z[1].power(2), domain: .reals, image: .reals,
          isIncreasing: true, output: Symbol("x2")),
        .closedForm(variable: Symbol("z3"), formula: .symbol("x3") + z[1]),
      ],
      outputs: (1...3).map { Symbol("x\($0)") }, variables: (1...3).map { Symbol("z\($0)") })
    let points: [[Double]] = (1...3).map { (k: Int) -> [Double] in
      (0..<rows).map { row in Double((row * 37 * k + 11 * k) % 101) / 25 - 2 }
    }
    let forward = try CompiledFormulas(
      [2 * z[0], cubic, z[2] - z[1]], inputs: (1...3).map { Symbol("z\($0)") })
    let images = try forward.values(columns: points)
    let back = try inverse.values(columns: images)
    for k in 0..<3 {
      for row in 0..<rows {
        let (found, point) = (back[k][row], points[k][row])
        #expect((found - point).magnitude <= 8 * max(1, point.magnitude).ulp)
      }
    }
  }
}
