import Flows
import Formats
import Tensors
import Testing

@testable import Learning

/// Columns of integers in posteriors, calibration and evaluation.
@Suite struct IntegerColumnTests {
  private static let noColumns = Columns(names: [], scalings: [])

  /// A normal distribution of n and a with parameters that are not special; n = round(x) where it is of integers.
  private static func joint(_ kind: ColumnKind, modelsMissing: Bool = false) -> LearnedDistribution
  {
    let scalings = [(2.0, 1.5), (-1, 0.7)].map {
      ColumnScaling(map: .identity, mean: $0.0, deviation: $0.1)
    }
    var provenance = Provenance(
      seed: 1, trainingRows: 0, validationRows: 0, steps: 0, validation: nil)
    provenance.modelsMissing = modelsMissing
    var learned = LearnedDistribution(
      columns: Columns(names: ["n", "a"], scalings: scalings, kinds: [kind, .continuous]),
      givenColumns: noColumns, architecture: Architecture(.normal), provenance: provenance,
      precision: .double)
    let numbers = [0.3, -0.2, 0.2, 0.3, 0.9]
    learned.model.parameters.values = learned.model.parameters.values.indices.map { numbers[$0] }
    return learned
  }

  /// p(x, a) at points (x, a).
  private static func densities(_ points: [[Double]]) throws -> [Double] {
    try joint(.continuous)
      .logDensity(of: Table(columnNames: ["n", "a"], values: points.flatMap { $0 }))
      .map { UnaryFunction.exponential.value($0) }
  }

  /// Mean and covariance of (x, a), from values of log p: the precision is minus its second difference.
  private static func moments() throws -> (mean: [Double], covariance: [Double]) {
    func log(_ x: Double, _ a: Double) throws -> Double {
      UnaryFunction.logarithm.value(try densities([[x, a]])[0])
    }
    let zero = try log(0, 0)
    let xx = try -(log(1, 0) + log(-1, 0) - 2 * zero)
    let aa = try -(log(0, 1) + log(0, -1) - 2 * zero)
    let xa = try -(log(1, 1) - log(1, 0) - log(0, 1) + zero)
    let (gx, ga) = (try (log(1, 0) - log(-1, 0)) / 2, try (log(0, 1) - log(0, -1)) / 2)
    let determinant = xx * aa - xa * xa
    return (
      [(aa * gx - xa * ga) / determinant, (xx * ga - xa * gx) / determinant],
      [aa / determinant, -xa / determinant, -xa / determinant, xx / determinant]
    )
  }

  private static func normalMass(_ n: Double, _ mean: Double, _ deviation: Double) -> Double {
    let cdf = UnaryFunction.normalCDF.value
    return cdf((n + 0.5 - mean) / deviation) - cdf((n - 0.5 - mean) / deviation)
  }

  /// a given n: ∫ over the cell, by the rule of midpoints.
  @Test func aKnownIntegerStandsForItsCell() throws {
    let solver = try PosteriorSolver(Self.joint(.integer), column: "a")
    for n in [0.0, 2, 5] {
      let found = try solver.posteriors(of: Table(columnNames: ["n"], values: [n]))[0]
      #expect(found.integration == nil && found.integers == nil)
      let (steps, cells) = (400, 40)
      var points: [[Double]] = []
      for index in 0..<steps * cells {
        let share = (Double(index % cells) + 0.5) / Double(cells)
        let a = -7 + 12 * (Double(index / cells) + 0.5) / Double(steps)
        points.append([n - 0.5 + share, a])
      }
      var (total, first, second) = (0.0, 0.0, 0.0)
      for (point, p) in zip(points, try Self.densities(points)) {
        let a = point[1]
        (total, first, second) = (total + p, first + a * p, second + a * a * p)
      }
      let mean = first / total
      let deviation = (second / total - mean * mean).squareRoot()
      // Midpoints of cells 1/40 wide are wrong by about 1/40²/24 of second derivatives.
      #expect((found.mean - mean).magnitude < 2e-4 * deviation, "\(n): \(found.mean), \(mean)")
      #expect((found.deviation / deviation - 1).magnitude < 2e-4, "\(n)")
    }
    #expect(throws: LearningError.self) {
      try solver.posteriors(of: Table(columnNames: ["n"], values: [1.5]))
    }
  }

  /// n given a: x given a is normal, and P(n | a) a difference of Φ.
  @Test func aPosteriorOfIntegersHasMasses() throws {
    let (mean, covariance) = try Self.moments()
    let solver = try PosteriorSolver(Self.joint(.integer), column: "n")
    for a in [-2.0, -1, 1.5] {
      let found = try solver.posteriors(of: Table(columnNames: ["a"], values: [a]))[0]
      let integers = try #require(found.integers)
      let center = mean[0] + covariance[1] / covariance[3] * (a - mean[1])
      let deviation = (covariance[0] - covariance[1] * covariance[1] / covariance[3]).squareRoot()
      let support = (-40...40).map { Double($0) + center.rounded() }
      let masses = support.map { Self.normalMass($0, center, deviation) }
      for (n, mass) in zip(support, masses) {
        // Between points of the grid, 1/32 of a deviation apart, densities are taken as linear.
        #expect((integers.probability(of: n) - mass).magnitude < 1e-4, "\(n)")
      }
      let average = zip(support, masses).reduce(0) { $0 + $1.0 * $1.1 }
      let square = zip(support, masses).reduce(0) {
        $0 + ($1.0 - average) * ($1.0 - average) * $1.1
      }
      #expect((found.mean - average).magnitude < 1e-3 && found.mode == center.rounded())
      #expect((found.deviation / square.squareRoot() - 1).magnitude < 1e-3)
      for p in [0.05, 0.5, 0.84] {
        var (index, sum) = (0, masses[0])
        while sum < p {
          index += 1
          sum += masses[index]
        }
        #expect(found.quantile(p) == support[index])
      }
      try checkInterval(found, support, masses)
    }
  }

  /// The shortest run of integers that holds 90 %, by trying all.
  private func checkInterval(
    _ found: Posterior, _ support: [Double], _ masses: [Double]
  ) throws {
    let interval = found.shortestInterval(holding: 0.9)
    let lower = try #require(support.firstIndex(of: interval.lower))
    let upper = try #require(support.firstIndex(of: interval.upper))
    let held = masses[lower...upper].reduce(0, +)
    #expect(held >= 0.9 - 1e-4)
    for start in masses.indices {
      let end = start + upper - lower
      guard end <= masses.count else { break }
      #expect(masses[start..<end].reduce(0, +) < 0.9 + 1e-4)
      if end < masses.count { #expect(masses[start...end].reduce(0, +) <= held + 1e-4) }
    }
  }

  /// What is there of a row with an integer: P(n) where a is missing, p(a) where n is.
  @Test func integersBesideMissingValues() throws {
    let (mean, covariance) = try Self.moments()
    let learned = Self.joint(.integer, modelsMissing: true)
    let rows = Table(columnNames: ["n", "a"], values: [1, .nan, 6, .nan, .nan, -2, 1.5, .nan])
    let found = try learned.logDensity(of: rows).map { UnaryFunction.exponential.value($0) }
    let deviation = covariance[0].squareRoot()
    for (index, n) in [1.0, 6].enumerated() {
      let expected = Self.normalMass(n, mean[0], deviation)
      // The draws' weights have a deviation below 0.4: five standard errors of 256.
      #expect((found[index] / expected - 1).magnitude < 5 * 0.4 / 16, "\(n): \(found[index])")
    }
    let t = (-2 - mean[1]) / covariance[3].squareRoot()
    let expected =
      UnaryFunction.exponential.value(-0.5 * t * t) / (2 * Double.pi * covariance[3]).squareRoot()
    #expect((found[2] / expected - 1).magnitude < 5 * 0.4 / 16)
    #expect(found[3] == 0)
    // Equal rows have equal densities, wherever they are.
    let again = try learned.logDensity(of: rows.keeping([2, 0]))
    #expect(again.map { UnaryFunction.exponential.value($0) } == [found[2], found[0]])
  }

  /// u = F(n - ½) + v (F(n + ½) - F(n - ½)) for a normal distribution, exactly and by quadrature.
  @Test func probabilitiesOfIntegersAreSpreadOverTheirJump() throws {
    var learned = LearnedDistribution(
      columns: Columns(
        names: ["n"], scalings: [ColumnScaling(map: .identity, mean: 1, deviation: 2)],
        kinds: [.integer]),
      givenColumns: Self.noColumns, architecture: Architecture(.nsf, layers: 1, hidden: [4]),
      provenance: Provenance(
        seed: 1, trainingRows: 0, validationRows: 0, steps: 0, validation: nil),
      precision: .double)
    // Splines of equal bins, slope 1 and no shift are the identity.
    learned.model.parameters.values = learned.model.parameters.values.map { _ in 0 }
    let samples = try learned.samples(4000, key: RandomKey(seed: 3)).values
    let table = Table(columnNames: ["n"], values: samples + [.nan])
    let spread = RandomKey(seed: 0).split(1).split(0).uniforms(4001)
    let cdf = UnaryFunction.normalCDF.value
    let exact = try #require(
      try Calibration.exact(learned, table, spread, WorkerPool()))
    let integrated = try Calibration.integrated(learned, table, spread, WorkerPool())
    #expect(exact.values.count == 4000 && exact.missing == 1 && integrated.missing == 1)
    let origin = try identityShift(learned)
    for (row, n) in samples.enumerated() {
      let (low, high) = (cdf((n - 0.5 - 1) / 2 - origin), cdf((n + 0.5 - 1) / 2 - origin))
      let u = low + spread[row] * (high - low)
      #expect((exact.values[row] - u).magnitude < 1e-9)
      #expect((integrated.values[row] - u).magnitude < 2e-4)
    }
    let found = try Calibration.columns(of: learned, on: table)
    // The distance of n uniform numbers exceeds 2/√n with chance 2 e^-8.
    #expect(found[0] == exact && exact.kolmogorovSmirnov < 2 / 4000.squareRoot())
  }

  /// The flow's map at 0, which is where the normal base has its middle.
  private func identityShift(_ learned: LearnedDistribution) throws -> Double {
    let map = try #require(FlowMap(learned.model))
    let ends = try map.inverse(Batch(features: 1, [0, 1]), given: nil).values
    // It is a shift at most.
    #expect((ends[1] - ends[0] - 1).magnitude < 1e-12)
    return -ends[0]
  }

  @Test func tiesAmongSamplesAreSpreadAsWell() throws {
    let learned = Self.joint(.integer)
    let rows = try learned.samples(3000, key: RandomKey(seed: 4))
    let found = try Calibration.columns(of: learned, on: rows)
    // As for uniform numbers, and what 20 000 samples add.
    #expect(found.allSatisfy { $0.kolmogorovSmirnov < 2 / 3000.squareRoot() + 0.01 })
    #expect(try #require(found.first { $0.column == "n" }).samples == 20_000)
    // Without the spread, u of the few integers would be steps of up to a quarter.
    let near = found[0].values.count { $0 < 0.05 }
    #expect((Double(near) / 3000 - 0.05).magnitude < 5 * (0.05 * 0.95 / 3000).squareRoot() + 0.005)
  }

  /// The best normal distribution of integers is judged by the density of the cells' points, so that narrow
  /// components at integers do not count as better.
  @Test func baselinesOfIntegersCompareWithMasses() throws {
    let learned = Self.joint(.integer)
    let rows = try learned.samples(6000, key: RandomKey(seed: 5))
    let evaluation = try Evaluation(of: learned, on: rows)
    let (normal, mixture) = (try #require(evaluation.normal), try #require(evaluation.mixture))
    // The model is the truth: no other distribution has a larger mean, but for chance.
    #expect(normal < evaluation.mean + 0.02 && mixture < evaluation.mean + 0.02)
    #expect(normal > evaluation.mean - 0.1, "\(normal) \(evaluation.mean)")
  }

  /// Beyond very many cells moments are those of the density itself.
  @Test func wideIntegersAreLikeNumbers() throws {
    var density = AdaptiveDensity(edges: (-64...64).map { Double($0) / 8 })
    while !density.pending.isEmpty { density.accept(density.pending.map { -0.5 * $0 * $0 }) }
    let result = try #require(density.result)
    let curve = DensityCurve(
      result, scaling: ColumnScaling(map: .identity, mean: 7.3e6, deviation: 1e6))
    let integers = IntegerCurve(curve)
    #expect(integers.mean == curve.mean && integers.deviation == curve.deviation)
    #expect(integers.mode == curve.mode.rounded())
    let interval = integers.shortestInterval(holding: 0.9)
    #expect((interval.upper - interval.lower - 2 * 1.644_85e6).magnitude < 2e3)
    #expect((integers.probability(of: 7.3e6) * 1e6 - 0.398_942).magnitude < 1e-3)
  }
}

@Suite struct NormalMomentsTests {
  @Test func aWeightIsARepeatedRow() {
    let rows = Batch(features: 2, [1, 2, -1, 0.5, 3, 3])
    let weighted = NormalMoments(of: rows, weights: [2, 1, 0])
    let repeated = NormalMoments(of: Batch(features: 2, [1, 2, 1, 2, -1, 0.5]))
    #expect(weighted.weight == 3 && repeated.weight == 3)
    // By hand: m = (1/3, 3/2), deviations (2/3, 1/2) twice and (-4/3, -1).
    for (a, b) in zip(repeated.mean, [1.0 / 3, 1.5]) { #expect((a - b).magnitude < 1e-15) }
    for (a, b) in zip(repeated.covariance, [8.0 / 9, 2.0 / 3, 2.0 / 3, 0.5]) {
      #expect((a - b).magnitude < 1e-15)
    }
    for (a, b) in zip(
      weighted.mean + weighted.covariance, repeated.mean + repeated.covariance)
    { #expect((a - b).magnitude < 1e-15) }
    #expect(NormalMoments(of: rows, weights: [0, 0, 0]).covariance == [0, 0, 0, 0])
  }
}
