import Flows
import Formats
import Tensors
import Testing

@testable import Learning

@Suite struct CalibrationTests {
  @Test func distanceAndCoverageOfKnownNumbers() {
    func calibration(_ values: [Double]) -> Calibration {
      Calibration(column: "x", values: values, samples: nil)
    }
    // The steps of 1/4 at 0.1, 0.2, 0.3 and 0.9 are farthest above u at 0.3: 3/4 - 0.3.
    #expect((calibration([0.3, 0.9, 0.1, 0.2]).kolmogorovSmirnov - 0.45).magnitude < 1e-15)
    // Before the first step at 0.7 there is none: 0.7.
    #expect(calibration([0.7, 0.8]).kolmogorovSmirnov == 0.7)
    #expect(calibration([0.05, 0.4, 0.5, 0.9]).coverage(of: 0.5) == 0.5)
    #expect(calibration([0.05, 0.4, 0.5, 0.9]).coverage(of: 0.85) == 0.75)
    let even = calibration((0..<1000).map { (Double($0) + 0.5) / 1000 })
    #expect((even.kolmogorovSmirnov - 0.0005).magnitude < 1e-12)
    #expect((even.coverage(of: 0.9) - 0.9).magnitude < 1e-12)
  }

  /// Φ(f⁻¹(y)) is the integral of the density, here by the trapezoidal rule in log x.
  @Test func valuesAreIntegralsOfTheDensity() throws {
    let (learned, table) = try PosteriorTests.conditional()
    let few = Table(columnNames: table.columnNames, values: Array(table.values.prefix(12)))
    let calibration = try #require(try Calibration.columns(of: learned, on: few).first)
    #expect(calibration.samples == nil && calibration.values.count == 6)
    for row in 0..<6 {
      let (x, c) = (few[row, 0], few[row, 1])
      let (steps, start) = (4000, UnaryFunction.logarithm.value(x) - 10)
      let nodes = (0...steps).map {
        UnaryFunction.exponential.value(start + 10 * Double($0) / Double(steps))
      }
      let logs = try learned.logDensity(
        of: Table(columnNames: ["x", "c"], values: nodes.flatMap { [$0, c] }))
      var sum = 0.0
      for (index, (node, log)) in zip(nodes, logs).enumerated() {
        let end = index == 0 || index == steps ? 0.5 : 1.0
        sum += end * node * UnaryFunction.exponential.value(log) * 10 / Double(steps)
      }
      #expect((calibration.values[row] - sum).magnitude < 2e-4, "\(row)")
    }
  }

  /// Φ(f⁻¹(y)) is what the quadrature of the density gives, whatever the flow: all maps increase.
  @Test(arguments: Architecture.Kind.named) func bothWaysAgree(_ kind: Architecture.Kind) throws {
    let noise = RandomKey(seed: 9).normals(600)
    var values: [Double] = []
    for row in 0..<300 {
      let (a, b) = (noise[2 * row], noise[2 * row + 1])
      values += [a * a + b, b]
    }
    let table = Table(columnNames: ["x", "c"], values: values)
    for given in [[], ["c"]] {
      var plan = FitPlan(
        rows: 300, features: 1, context: given.count,
        architecture: Architecture(kind, layers: 3, hidden: [16]))
      plan.steps = 100
      let learned = try TableFit(table, columns: ["x"], given: given, plan: plan).run()
      let base = (learned.model.distribution as? Flow)?.base
      let exact = try Calibration.exact(learned, table, [], WorkerPool())
      #expect((exact != nil) == (base is Flows.StandardNormal))
      guard let exact else { continue }
      let integrated = try Calibration.integrated(learned, table, [], WorkerPool())
      for (u, v) in zip(exact.values, integrated.values) {
        // Flows run in `Float`; the line between two points of the grid costs the rest.
        #expect((u - v).magnitude < 5e-4)
      }
    }
  }

  @Test func aMapMayFall() throws {
    let (fitted, table) = try PosteriorTests.conditional()
    var learned = LearnedDistribution(
      columns: fitted.columns, givenColumns: Columns(names: [], scalings: []),
      architecture: Architecture(.normal), provenance: fitted.provenance)
    let falling = Chain([Elementwise(AffineTransform(), features: 1), Householder(features: 1)])
    learned.model = Model(
      Flow(base: Flows.StandardNormal(1), bijector: falling), key: RandomKey(seed: 0))
    let exact = try #require(try Calibration.exact(learned, table, [], WorkerPool()))
    let integrated = try Calibration.integrated(learned, table, [], WorkerPool())
    for (u, v) in zip(exact.values, integrated.values) { #expect((u - v).magnitude < 5e-4) }
    #expect(exact.values.contains { $0 < 0.4 } && exact.values.contains { $0 > 0.6 })
  }

  private static func normals(_ rows: Int, _ scale: Double) -> Table {
    let noise = RandomKey(seed: 8).normals(2 * rows)
    var values: [Double] = []
    for row in 0..<rows {
      values += [noise[2 * row], noise[2 * row] + scale * noise[2 * row + 1]]
    }
    return Table(columnNames: ["a", "b"], values: values)
  }

  @Test func severalColumnsAreRankedAmongSamples() throws {
    let train = Self.normals(3000, 1)
    var plan = FitPlan(rows: 3000, features: 2, architecture: Architecture(.normal))
    plan.steps = 400
    plan.rate = 0.03
    let learned = try TableFit(train, columns: ["a", "b"], plan: plan).run()
    let found = try Calibration.columns(of: learned, on: train)
    #expect(found.map(\.column) == ["a", "b"] && found.allSatisfy { $0.samples == 20_000 })
    // The distance of n uniform numbers exceeds 2/√n with chance 2 e^-8, and 20 000 samples add little.
    #expect(found.allSatisfy { $0.kolmogorovSmirnov < 2 / 54.8 + 0.01 })
    for mass in [0.5, 0.9] {
      #expect(found.allSatisfy { ($0.coverage(of: mass) - mass).magnitude < 0.04 })
    }
    // Rows of another distribution are told apart.
    let other = try Calibration.columns(of: learned, on: Self.normals(3000, 3))
    #expect(other[1].kolmogorovSmirnov > 0.1)
  }

  /// -2 log of a standard normal density's share has two degrees of freedom: P(p(X) < p(x)) = exp(-|x|²/2).
  @Test func likelihoodRanksOfANormal() throws {
    let scaling = ColumnScaling(map: .identity, mean: 0, deviation: 1)
    var learned = LearnedDistribution(
      columns: Columns(names: ["a", "b"], scalings: [scaling, scaling]),
      givenColumns: Columns(names: [], scalings: []), architecture: Architecture(.normal),
      provenance: Provenance(
        seed: 1, trainingRows: 0, validationRows: 0, steps: 0, validation: nil),
      precision: .double)
    learned.model.parameters.values = learned.model.parameters.values.map { _ in 0 }
    let rows = Table(columnNames: ["a", "b"], values: [0, 0, 1, 0, 1, -1, 3, 0, 9, 9])
    let exact = [1, 0.606_530_7, 0.367_879_4, 0.011_109_0, 0]
    let ranks = try LikelihoodRanks(learned, samples: 20_000, key: RandomKey(seed: 1))
    let found = try ranks.ranks(of: rows)
    #expect(found.logDensity == (try learned.logDensity(of: rows)))
    for (q, p) in zip(found.share, exact) {
      #expect((q - p).magnitude <= 5 * (p * (1 - p) / 20_000).squareRoot() + 1e-3 * (1 - p))
    }
  }

  @Test func likelihoodRanksGivenAColumn() throws {
    let (learned, table) = try PosteriorTests.conditional()
    let few = Table(columnNames: table.columnNames, values: Array(table.values.prefix(200)))
    let ranks = try LikelihoodRanks(learned, samples: 400, key: RandomKey(seed: 1))
    let found = try ranks.ranks(of: few).share
    // Under the right model ranks are uniform; this one is close to it.
    let calibration = Calibration(column: "", values: found, samples: 400)
    #expect(calibration.kolmogorovSmirnov < 0.16)
    let again = try LikelihoodRanks(learned, samples: 400, key: RandomKey(seed: 1))
    #expect(try again.ranks(of: few).share == found)
  }
}
