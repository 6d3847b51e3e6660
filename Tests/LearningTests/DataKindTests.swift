import Flows
import Formats
import Tensors
import Testing

@testable import Learning

@Suite struct DataKindTests {
  private static let log2Pi = 1.837_877_066_409_345_5

  private static func normalPlan(_ rows: Int, features: Int, context: Int = 0) -> FitPlan {
    var plan = FitPlan(
      rows: rows, features: features, context: context, architecture: Architecture(.normal))
    plan.steps = 1500
    plan.rate = 0.02
    return plan
  }

  private static func fit(
    _ table: Table, _ roles: ColumnRoles, _ change: (inout FitPlan) -> Void = { _ in }
  ) throws -> LearnedDistribution {
    var plan = normalPlan(
      table.rowCount, features: roles.modelled.count, context: roles.given.count)
    change(&plan)
    return try TableFit(table, roles, plan: plan).run()
  }

  private static func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    return (mean, square.squareRoot())
  }

  /// The mean and the deviation of the normal distribution that a model of one column is.
  private static func moments(_ learned: LearnedDistribution) throws -> (
    mean: Double, deviation: Double
  ) {
    moments(try learned.samples(100_000, key: RandomKey(seed: 99)).values)
  }

  @Test func weightsAreThoseOfTheLikelihood() throws {
    // Half of the rows from N(0, 1) with weight 3, half from N(4, 1) with weight 1: mean 1, variance 1 + 3.
    let rows = 6000
    let noise = RandomKey(seed: 1).normals(rows)
    let table = Table(
      columnNames: ["x", "w"],
      values: (0..<rows).flatMap { row -> [Double] in
        row.isMultiple(of: 2) ? [noise[row], 3] : [4 + noise[row], 1]
      })
    var roles = ColumnRoles(["x"])
    roles.weights = "w"
    let learned = try Self.fit(table, roles)
    let found = try Self.moments(learned)
    // Standard errors are about 0.04; 4 of them.
    #expect((found.mean - 1).magnitude < 0.15, "\(found)")
    #expect((found.deviation - 2).magnitude < 0.15, "\(found)")
    let weighted = try Evaluation(of: learned, on: table, weights: "w")
    let plain = try Evaluation(of: learned, on: table)
    let logs = try learned.logDensity(of: table)
    let sum = zip(logs, table.column(1)).reduce(0) { $0 + $1.0 * $1.1 }
    #expect((weighted.mean - sum / Double(2 * rows)).magnitude < 1e-12)
    #expect(weighted.mean > plain.mean)
    // The best normal distribution has the variance 4, but for chance: -½ log(2πe·4).
    #expect((weighted.normal! + 0.5 * (Self.log2Pi + 1) + 0.693_147).magnitude < 0.05)
  }

  @Test func errorsAreTakenOutOfTheDistribution() throws {
    // True values N(3, 1), errors of deviations from 0.5 to 1.5, which differ from row to row.
    let rows = 8000
    let (truth, noise) = (RandomKey(seed: 2).normals(rows), RandomKey(seed: 3).normals(rows))
    let table = Table(
      columnNames: ["x", "e"],
      values: (0..<rows).flatMap { row -> [Double] in
        let error = 0.5 + Double(row % 11) / 10
        return [3 + truth[row] + error * noise[row], error]
      })
    var roles = ColumnRoles(["x"])
    roles.errors = ["x": "e"]
    let found = try Self.moments(Self.fit(table, roles))
    let observed = Self.moments(table.column(0))
    #expect(observed.deviation > 1.4)
    // A deviation of 8000 rows blurred like this has a standard error of about 0.025; the bound with 16
    // draws makes it smaller by some percent.
    #expect((found.mean - 3).magnitude < 0.08, "\(found)")
    #expect((found.deviation - 1).magnitude < 0.12, "\(found)")
  }

  /// p(observed) under a uniform distribution of five true values in (0, 1) is the share of errors that lead there.
  @Test func errorsWiderThanAnIntervalLeadOutOfNone() throws {
    let names = ["a", "b", "c", "d", "e"]
    let scaling = ColumnScaling(map: .logit(lower: 0, upper: 1), mean: 0, deviation: 1)
    let columns = Columns(names: names, scalings: names.map { _ in scaling })
    let table = Table(columnNames: names + ["s"], values: [0.01, 0.2, 0.3, 0.4, 0.99, 3])
    var roles = ColumnRoles(names)
    for name in names { roles.errors[name] = "s" }
    let none = Columns(names: [], scalings: [])
    let draws = RowDraws(
      rows: try RowSet([0], of: table, columns, none, roles), columns: columns, givenColumns: none,
      drawsOfRow: 64, maskShare: 0, imputation: nil, precision: .double)
    let drawn = draws.draw([0], key: RandomKey(seed: 1))
    let uniform = (0..<drawn.rows.rows).map { row in
      drawn.rows[row].reduce(0) { $0 - scaling.logSlope(scaling.inverse($1)) }
    }
    let cdf = UnaryFunction.normalCDF.value
    let expected = table.row(0).prefix(5).reduce(0) { sum, x in
      sum + UnaryFunction.logarithm.value(cdf(x / 3) - cdf((x - 1) / 3))
    }
    let found = drawn.estimates(uniform).rows[0]
    #expect((found - expected).magnitude < 1e-9, "\(found) against \(expected)")
  }

  @Test func integersHaveMasses() throws {
    // n from 0 to 4 with probabilities in proportion to 1, 4, 6, 4, 1.
    let rows = 4000
    let uniforms = RandomKey(seed: 4).uniforms(rows)
    let masses = [1.0, 4, 6, 4, 1].map { $0 / 16 }
    let values = uniforms.map { u -> Double in
      var (n, rest) = (0, u)
      while n < 4, rest > masses[n] {
        rest -= masses[n]
        n += 1
      }
      return Double(n)
    }
    var roles = ColumnRoles(["n"])
    roles.integers = ["n"]
    roles.maps = ["n": .logit(lower: -0.5, upper: 4.5)]
    let learned = try Self.fit(Table(columnNames: ["n"], values: values), roles) { plan in
      plan.architecture = Architecture(.nsf, layers: 2, hidden: [16], bins: 12)
      plan.batch = 128
      plan.rate = 5e-3
    }
    let support = Table(columnNames: ["n"], values: [0, 1, 2, 3, 4])
    let found = try learned.logDensity(of: support).map { UnaryFunction.exponential.value($0) }
    // The cells fill the interval, so that their masses sum to 1 but for the error of the rule for each.
    #expect((found.reduce(0, +) - 1).magnitude < 2e-3, "\(found)")
    for (n, mass) in masses.enumerated() {
      // 4 standard errors of a frequency, and what is not learned.
      let chance = 4 * (mass * (1 - mass) / Double(rows)).squareRoot()
      #expect((found[n] - mass).magnitude < chance + 0.02, "\(n): \(found[n])")
    }
    let samples = try learned.samples(2000, key: RandomKey(seed: 5)).values
    #expect(samples.allSatisfy { $0 == $0.rounded() && (0...4).contains($0) && $0.sign == .plus })
    let others = Table(columnNames: ["n"], values: [1.5, 7])
    #expect(try learned.logDensity(of: others) == [-.infinity, -.infinity])
  }

  @Test(arguments: [1, 2, 3, 4]) func theRuleOfACellIsExactOrClose(_ dimensions: Int) {
    let cell = UnitCell(dimensions: dimensions)
    // ∫ Π (1 + u + 12 u²) = 2^m over the cell; and of an odd function 0.
    let sum = zip(cell.points, cell.weights).reduce(0) { sum, entry in
      sum + entry.1 * entry.0.reduce(1) { $0 * (1 + $1 + 12 * $1 * $1) }
    }
    var expected = 1.0
    for _ in 0..<dimensions { expected *= 2 }
    let tolerance = dimensions <= 2 ? 1e-12 : 0.05 * expected
    #expect((sum - expected).magnitude < tolerance, "\(sum)")
    #expect(cell.points.allSatisfy { $0.allSatisfy { -0.5 < $0 && $0 < 0.5 } })
    #expect((cell.weights.reduce(0, +) - 1).magnitude < 1e-13)
    if dimensions == 1 {
      // The degree of exactness: ∫ u³⁰ = 2/(31·2³¹).
      let power = zip(cell.points, cell.weights).reduce(0) { sum, entry in
        sum + entry.1 * (0..<30).reduce(1) { power, _ in power * entry.0[0] }
      }
      #expect((power / (2 / (31 * 0x1p31)) - 1).magnitude < 1e-10)
    }
  }

  @Test func wordsAndMissingValuesAreConditions() throws {
    // y = 0, 2 or 5 by the word, plus x where x is known; x is N(0, 1) and missing in every third row.
    let rows = 6000
    let (x, noise) = (RandomKey(seed: 6).normals(rows), RandomKey(seed: 7).normals(rows))
    let table = Table(
      columnNames: ["y", "type", "x"],
      values: (0..<rows).flatMap { row -> [Double] in
        let type = row % 4 % 3
        return [
          [0, 2, 5][type] + x[row] + 0.5 * noise[row], Double(type), row % 3 == 0 ? .nan : x[row],
        ]
      }, words: ["type": ["a", "b", "c"]])
    let learned = try Self.fit(table, ColumnRoles(["y"], given: ["type", "x"])) { plan in
      plan.architecture = Architecture(.nsf, layers: 2, hidden: [32, 32], bins: 6)
      plan.batch = 128
      plan.rate = 5e-3
    }
    #expect(learned.givenColumns.contextWidth == 5)
    for (type, center) in [0.0, 2, 5].enumerated() {
      for (x, mean, deviation) in [(1.0, center + 1, 0.5), (Double.nan, center, 1.25.squareRoot())]
      {
        let given = Table(
          columnNames: ["type", "x"],
          values: (0..<4000).flatMap { _ in [Double(type), x] }, words: ["type": ["a", "b", "c"]])
        let samples = try learned.samples(4000, key: RandomKey(seed: 8), given: given).values
        let found = Self.moments(samples)
        #expect((found.mean - mean).magnitude < 0.2, "\(type) \(x): \(found)")
        #expect((found.deviation - deviation).magnitude < 0.15, "\(type) \(x): \(found)")
      }
    }
    for (words, value) in [(["b", "a", "c"], 0.0), (["a", "b", "c"], 3), (["a", "b", "c"], 0.5)] {
      let other = Table(
        columnNames: ["type", "x"], values: [value, 0], words: ["type": words])
      #expect(throws: LearningError.otherWords("type", known: ["a", "b", "c"])) {
        try learned.samples(1, key: RandomKey(seed: 1), given: other)
      }
    }
    let back = try LearnedDistribution(learned.file, name: "m")
    #expect(back.givenColumns == learned.givenColumns)
    #expect(try back.logDensity(of: table) == learned.logDensity(of: table))
    #expect(try Evaluation(of: learned, on: table).normal == nil)
  }

  @Test func hiddenValuesMayBeMissingLater() throws {
    let rows = 4000
    let (x, noise) = (RandomKey(seed: 9).normals(rows), RandomKey(seed: 10).normals(rows))
    let table = Table(
      columnNames: ["y", "x"],
      values: (0..<rows).flatMap { row in [2 * x[row] + 0.5 * noise[row], x[row]] })
    var roles = ColumnRoles(["y"], given: ["x"])
    let strict = try Self.fit(table, roles) { $0.steps = 20 }
    let unknown = Table(columnNames: ["x"], values: [.nan])
    #expect(throws: LearningError.self) {
      try strict.samples(1, key: RandomKey(seed: 1), given: unknown)
    }
    roles.maskShare = 0.4
    let learned = try Self.fit(table, roles) { plan in
      plan.architecture = Architecture(.nsf, layers: 2, hidden: [32, 32], bins: 6)
    }
    let given = Table(columnNames: ["x"], values: [Double](repeating: .nan, count: 4000))
    let found = Self.moments(
      try learned.samples(4000, key: RandomKey(seed: 8), given: given).values)
    #expect((found.deviation - 4.25.squareRoot()).magnitude < 0.2, "\(found)")
    let known = Table(columnNames: ["x"], values: [Double](repeating: 1, count: 4000))
    let sharp = Self.moments(
      try learned.samples(4000, key: RandomKey(seed: 8), given: known).values)
    #expect(
      (sharp.mean - 2).magnitude < 0.15 && (sharp.deviation - 0.5).magnitude < 0.15, "\(sharp)")
  }

  @Test func drawsAreTheSameEachTime() throws {
    let rows = 300
    let noise = RandomKey(seed: 11).normals(2 * rows)
    let table = Table(
      columnNames: ["x", "n"],
      values: (0..<rows).flatMap { [noise[2 * $0], noise[2 * $0 + 1].rounded()] })
    var roles = ColumnRoles(["x", "n"])
    roles.integers = ["n"]
    let models = try (0..<2).map { _ in try Self.fit(table, roles) { $0.steps = 40 } }
    #expect(models[0].file.encoded == models[1].file.encoded)
  }

  @Test func whatDoesNotFitIsSaidWithItsLine() throws {
    let text = "x,n,w\n" + (0..<20).map { "\($0).5,\($0),1\n" }.joined() + "1,2.5,-1\n,3,1\n"
    var options = CSVOptions()
    options.acceptsMissing = true
    let table = try CSVReader(bytes: Array(text.utf8), name: "t", options: options).readAll()
    func error(_ change: (inout ColumnRoles) -> Void) -> String {
      var roles = ColumnRoles(["n"])
      change(&roles)
      do {
        _ = try TableFit(table, roles, plan: Self.normalPlan(20, features: 1))
        return ""
      } catch { return "\(error)" }
    }
    #expect(error { _ in } == "")
    #expect(error { $0.integers = ["n"] }.contains("'n' is 2.5 in line 22"))
    #expect(error { $0.weights = "w" }.contains("'w' is -1.0 in line 22"))
    #expect(error { $0.errors = ["n": "w"] }.contains("'w' is -1.0 in line 22"))
    #expect(
      error { $0.modelled = ["x"] }.contains(
        "'x' has 1 missing value, the first in line 23"))
    #expect(error { $0.weights = "v" }.contains("no column 'v'"))
    let words = Table(
      columnNames: ["t"], values: (0..<20).map { Double($0 % 2) }, words: ["t": ["a", "b"]])
    #expect(throws: LearningError.words("t")) {
      try TableFit(words, ColumnRoles(["t"]), plan: Self.normalPlan(20, features: 1))
    }
  }
}
