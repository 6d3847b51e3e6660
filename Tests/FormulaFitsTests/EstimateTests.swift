import Formats
import FormulaFits
import Learning
import Symbolics
import Tensors
import Testing

@Suite("Estimates of formulas' parameters")
struct EstimateTests {
  /// In standard errors and relative to them.
  private static let (atMaximum, errors) = (1e-7, 1e-7)

  @Test(
    "of a normal distribution are mean and deviation, however far away they begin",
    arguments: [(0.0, 1.0), (500, 3), (-2e4, 1e-2), (1e-5, 2e-6), (3e6, 1e8)])
  func normal(mean: Double, deviation: Double) throws {
    let data = RandomKey(seed: 1).normals(300).map { mean + deviation * $0 }
    let fitted = try FormulaTable("learn m, s > 0; z in R; x = m + s z in R", [data])
    let found = try #require(FormulaEstimates(try fitted.learned()))
    let (m, s, n) = (found["m"], found["s"], 300.0)
    #expect((m.value - data.mean).magnitude <= Self.atMaximum * data.deviation, "\(found)")
    #expect((s.value - data.deviation).magnitude <= Self.atMaximum * data.deviation, "\(found)")
    #expect(areClose(m.error, data.deviation / n.squareRoot(), Self.errors), "\(found)")
    #expect(areClose(s.error, data.deviation / (2 * n).squareRoot(), Self.errors), "\(found)")
    // The total is -n/2 (1 + log 2π) - n log s.
    let log = UnaryFunction.logarithm.value
    let total = -n / 2 * (1 + log(2 * .pi)) - n * log(data.deviation)
    #expect((found.logLikelihood - total).magnitude <= 1e-9 * max(n, total.magnitude))
    #expect(found.remarks.isEmpty)
  }

  @Test("of a log-normal distribution are those of the logarithms")
  func logNormal() throws {
    let logs = RandomKey(seed: 2).normals(500).map { 2 + 0.5 * $0 }
    let data = logs.map(UnaryFunction.exponential.value)
    let fitted = try FormulaTable("learn m, s > 0; z in R; x = exp(m + s z) in (0, inf)", [data])
    let found = try #require(FormulaEstimates(try fitted.learned()))
    #expect((found["m"].value - logs.mean).magnitude <= 1e-8)
    #expect((found["s"].value - logs.deviation).magnitude <= 1e-8)
    #expect(areClose(found["m"].error, logs.deviation / 500.0.squareRoot(), Self.errors))
    #expect(areClose(found["s"].error, logs.deviation / 1000.0.squareRoot(), Self.errors))
  }

  /// x = L z + μ: the maximum is at the sample's mean and the Cholesky factor of its covariance.
  @Test("of an affine map of the plane are those of mean and covariance")
  func plane() throws {
    let noise = RandomKey(seed: 3).normals(800)
    let first = (0..<400).map { 10 + 2 * noise[$0] }
    let second = (0..<400).map { -5 + 1.5 * noise[$0] + 0.3 * noise[400 + $0] }
    let text = """
      learn a, b, c > 0, d, f > 0; z in R^2
      x = (a + c z1, b + d z1 + f z2) in R^2; z ~ normal(0, I)
      """
    let found = try #require(
      FormulaEstimates(try FormulaTable(text, [first, second]).learned()))
    let (m1, m2) = (first.mean, second.mean)
    let cross = zip(first, second).map { ($0 - m1) * ($1 - m2) }.mean
    let c = first.deviation
    let d = cross / c
    let f = (second.deviation * second.deviation - d * d).squareRoot()
    for (name, value) in [("a", m1), ("b", m2), ("c", c), ("d", d), ("f", f)] {
      #expect((found[name].value - value).magnitude <= 1e-8 * max(1, value.magnitude), "\(found)")
    }
    // The inverse of Fisher's information, which is the observed one for a normal distribution.
    let root = 400.0.squareRoot()
    #expect(areClose(found["a"].error, c / root, Self.errors))
    #expect(areClose(found["b"].error, second.deviation / root, Self.errors))
    #expect(areClose(found["c"].error, c / 800.0.squareRoot(), Self.errors))
    #expect(areClose(found["f"].error, f / 800.0.squareRoot(), Self.errors))
  }

  /// The score and the information are written out by hand.
  @Test("of a logistic distribution solve its equations, with the information as covariance")
  func logistic() throws {
    let data = RandomKey(seed: 4).uniforms(400).map { u in
      7 + 2 * (UnaryFunction.logarithm.value(u) - UnaryFunction.log1p.value(-u))
    }
    let fitted = try FormulaTable(
      "learn m in (0, 20), s > 0; z in R; x = m + s z in R; z ~ logistic(0, 1)", [data])
    let found = try #require(FormulaEstimates(try fitted.learned()))
    let (m, s) = (found["m"].value, found["s"].value)
    var (slopes, matrix) = ((0.0, 0.0), (0.0, 0.0, 0.0))
    for x in data {
      let u = (x - m) / s
      let t = UnaryFunction.tanh.value(u / 2)
      let h = 1 - t * t
      slopes.0 += t / s
      slopes.1 += (u * t - 1) / s
      matrix.0 += h / (2 * s * s)
      matrix.1 += (t + u / 2 * h) / (s * s)
      matrix.2 -= (1 - 2 * u * t - u * u / 2 * h) / (s * s)
    }
    #expect(slopes.0.magnitude < 1e-6 && slopes.1.magnitude < 1e-6, "\(slopes)")
    let determinant = matrix.0 * matrix.2 - matrix.1 * matrix.1
    let covariance = try #require(found.covariance)
    #expect(areClose(covariance[0][0], matrix.2 / determinant, 1e-6))
    #expect(areClose(covariance[1][1], matrix.0 / determinant, 1e-6))
    #expect((covariance[0][1] + matrix.1 / determinant).magnitude <= 1e-6 * covariance[0][0])
  }

  @Test("that the data cannot tell apart are named")
  func singular() throws {
    let data = RandomKey(seed: 5).normals(200)
    let fitted = try FormulaTable("learn a, b, s > 0; z in R; x = a + b + s z in R", [data])
    let found = try #require(FormulaEstimates(try fitted.learned()))
    #expect(found.estimates.allSatisfy { $0.standardError == nil })
    #expect(found.remarks.count == 1 && found.remarks[0].contains("do not identify a, b:"))
    #expect(areClose(found["s"].value, data.deviation, 1e-8))
    #expect((found["a"].value + found["b"].value - data.mean).magnitude < 1e-8)
  }

  @Test("at an end of an interval have no standard errors")
  func edge() throws {
    let data = RandomKey(seed: 6).normals(200).map { $0 - 1 }
    let fitted = try FormulaTable("learn m > 0, s > 0; z in R; x = m + s z in R", [data])
    let found = try #require(FormulaEstimates(try fitted.learned()))
    #expect(found["m"].value >= 0 && found["m"].value < 1e-3)
    #expect(found["m"].error.isNaN)
    #expect(!found.remarks.isEmpty)
  }

  @Test("with weights are those of rows that are there several times")
  func weights() throws {
    let data = RandomKey(seed: 7).normals(100)
    let weights = data.indices.map { Double($0 % 3) }
    let repeated = zip(data, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    let proven = try ProvenFormula("learn m, s > 0; z in R; x = m + s z in R", file: "formula")
    let table = Table(
      columnNames: ["x", "w"], values: zip(data, weights).flatMap { [$0, $1] })
    var roles = ColumnRoles(["x"])
    roles.weights = "w"
    var plan = FitPlan(rows: 100, features: 1, architecture: Architecture(proven.stated))
    plan.steps = 20
    let learned = try TableFit(table, roles, plan: plan).run()
    let found = try #require(FormulaEstimates(learned))
    #expect((found["m"].value - repeated.mean).magnitude < 1e-8)
    #expect(areClose(found["s"].value, repeated.deviation, 1e-8))
    // H⁻¹ (Σ w² s sᵀ) H⁻¹ by hand: H = Σw diag(1/s², 2/s²), and scores (x - m)/s² and ((x - m)²/s² - 1)/s.
    let (m, s, total) = (repeated.mean, repeated.deviation, weights.reduce(0, +))
    var variances = (0.0, 0.0)
    for (x, w) in zip(data, weights) {
      let u = (x - m) / s
      variances.0 += w * w * u * u
      variances.1 += w * w * (u * u - 1) * (u * u - 1) / 4
    }
    #expect(found.isRobust)
    #expect(areClose(found["m"].error, s * variances.0.squareRoot() / total, Self.errors))
    #expect(areClose(found["s"].error, s * variances.1.squareRoot() / total, Self.errors))
  }

  /// Rows x ~ N(0, 2²) with weights of their own: what the mean scatters by over many tables.
  @Test("with weights have the standard errors that a simulation shows")
  func robustErrors() throws {
    let (tables, rows) = (400, 60)
    var (means, errors): ([Double], [Double]) = ([], [])
    let proven = try ProvenFormula("learn m, s > 0; z in R; x = m + s z in R", file: "formula")
    for number in 0..<tables {
      let key = RandomKey(seed: 8).split(UInt64(number))
      let values = key.split(0).normals(rows).map { 2 * $0 }
      let weights = key.split(1).exponentials(rows)
      let table = Table(
        columnNames: ["x", "w"], values: zip(values, weights).flatMap { [$0, $1] })
      var roles = ColumnRoles(["x"])
      roles.weights = "w"
      var plan = FitPlan(rows: rows, features: 1, architecture: Architecture(proven.stated))
      plan.steps = 5
      let found = try #require(
        FormulaEstimates(try TableFit(table, roles, plan: plan).run(pool: WorkerPool(count: 1))))
      means.append(found["m"].value)
      errors.append(found["m"].error)
    }
    // The scatter of 400 numbers is known to 3.5 %; errors of 60 rows are a few percent too small on average.
    #expect((errors.mean / means.deviation - 1).magnitude < 0.15, "\(errors.mean)")
  }

  @Test("that run to an end of their interval are said to be there, not to be unknown")
  func ends() throws {
    let data = RandomKey(seed: 9).normals(50).map { $0 - 10 }
    let low = try #require(
      FormulaEstimates(try FormulaTable("learn a > 0; z in R; x = a + z in R", [data]).learned()))
    #expect(low["a"].value > 0 && low["a"].value < 1e-3)
    #expect(low.remarks.count == 1 && low.remarks[0].hasPrefix("a at an end of its interval"))
    let wide = RandomKey(seed: 10).normals(50).map { 1e6 * $0 }
    let high = try #require(
      FormulaEstimates(
        try FormulaTable("learn s in (0, 1); z in R; x = s z in R", [wide]).learned()))
    #expect(high["s"].value > 0.99 && high["s"].value < 1)
    #expect(high.remarks.count == 1 && high.remarks[0].hasPrefix("s at an end of its interval"))
  }
}
