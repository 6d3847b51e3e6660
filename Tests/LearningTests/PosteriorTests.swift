import Flows
import Formats
import Tensors
import Testing

@testable import Learning

@Suite struct PosteriorTests {
  /// A joint normal distribution of three columns, in `Double`, with parameters that are not special.
  private static let joint: LearnedDistribution = {
    let scalings = [(1.0, 2.0), (-4, 0.5), (10, 3)].map {
      ColumnScaling(map: .identity, mean: $0.0, deviation: $0.1)
    }
    var learned = LearnedDistribution(
      columns: Columns(names: ["a", "b", "c"], scalings: scalings),
      givenColumns: Columns(names: [], scalings: []), architecture: Architecture(.normal),
      provenance: Provenance(
        seed: 1, trainingRows: 0, validationRows: 0, steps: 0, validation: nil),
      precision: .double)
    let numbers = [0.3, -0.2, 0.5, -0.6, 0.8, 0.4, -0.1, 0.7, 0.2]
    learned.model.parameters.values = learned.model.parameters.values.indices.map { numbers[$0] }
    return learned
  }()

  /// The precision Λ and the mean m of log p = const - ½ (x - m)ᵀ Λ (x - m), from values of log p alone.
  private static func normal() throws -> (precision: [[Double]], mean: [Double]) {
    func log(_ x: [Double]) throws -> Double {
      try joint.logDensity(of: Table(columnNames: ["a", "b", "c"], values: x))[0]
    }
    func unit(_ i: Int, _ size: Double = 1) -> [Double] { (0..<3).map { $0 == i ? size : 0 } }
    func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }
    let zero = try log([0, 0, 0])
    let precision = try (0..<3).map { i in
      try (0..<3).map { j in
        try -(log(sum(unit(i), unit(j))) - log(unit(i)) - log(unit(j)) + zero)
      }
    }
    // The gradient at 0 is Λ m.
    let gradient = try (0..<3).map { i in try (log(unit(i)) - log(unit(i, -1))) / 2 }
    return (precision, solve(precision, gradient))
  }

  /// Cramer's rule for three unknowns.
  private static func solve(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    func determinant(_ m: [[Double]]) -> Double {
      m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
        - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
        + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0])
    }
    return (0..<3).map { column in
      var changed = matrix
      for row in 0..<3 { changed[row][column] = right[row] }
      return determinant(changed) / determinant(matrix)
    }
  }

  /// a given b and c is normal with precision Λaa and mean ma - (Λab (b - mb) + Λac (c - mc))/Λaa.
  @Test func aNormalConditional() throws {
    let (precision, mean) = try Self.normal()
    let rows = Table(columnNames: ["c", "b"], values: [10, -4, 13, -3.5, 4, -5])
    let found = try PosteriorSolver(Self.joint, column: "a").posteriors(of: rows)
    for (index, posterior) in found.enumerated() {
      let (c, b) = (rows[index, 0], rows[index, 1])
      let shift = precision[0][1] * (b - mean[1]) + precision[0][2] * (c - mean[2])
      let expected = mean[0] - shift / precision[0][0]
      let deviation = 1 / precision[0][0].squareRoot()
      #expect((posterior.curve.mean - expected).magnitude < 1e-5 * deviation)
      #expect((posterior.curve.deviation / deviation - 1).magnitude < 1e-5)
      #expect((posterior.curve.mode - expected).magnitude < 1e-4 * deviation)
      #expect(
        (posterior.curve.quantile(0.16) - expected + 0.994_457_9 * deviation).magnitude < 1e-3
          * deviation)
      #expect(posterior.integration == nil)
      #expect(posterior.quadratureError < 1e-4)
    }
  }

  /// Without c, a given b has the covariance of the block: Λaa - Λac²/Λcc is its precision, and so on.
  @Test func aMissingColumnIsIntegratedOut() throws {
    let (precision, mean) = try Self.normal()
    func reduced(_ i: Int, _ j: Int) -> Double {
      precision[i][j] - precision[i][2] * precision[2][j] / precision[2][2]
    }
    let deviation = 1 / reduced(0, 0).squareRoot()
    let solver = try PosteriorSolver(Self.joint, column: "a", draws: 2000)
    for (rows, b) in [
      (Table(columnNames: ["b"], values: [-3.2]), -3.2),
      (Table(columnNames: ["b", "c"], values: [-4.5, .nan]), -4.5),
    ] {
      let posterior = try solver.posteriors(of: rows)[0]
      let integration = try #require(posterior.integration)
      let expected = mean[0] - reduced(0, 1) * (b - mean[1]) / reduced(0, 0)
      #expect(integration.columns == ["c"])
      #expect(integration.effectiveDraws > 500 && integration.effectiveDraws <= 2000)
      #expect(integration.meanError < 0.1 * deviation)
      // Five standard errors, of which ten groups tell the size within a factor of about 1.5.
      #expect((posterior.curve.mean - expected).magnitude < 7 * integration.meanError)
      #expect((posterior.curve.deviation / deviation - 1).magnitude < 0.1)
    }
  }

  @Test func allOthersMayBeMissing() throws {
    let samples = try Self.joint.samples(20_000, key: RandomKey(seed: 2)).column(named: "b")!
    let solver = try PosteriorSolver(Self.joint, column: "b", draws: 2000)
    let posterior = try solver.posteriors(of: Table(columnNames: ["x"], values: [0]))[0]
    let mean = samples.reduce(0, +) / 20_000
    let deviation = (samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000).squareRoot()
    let error = posterior.integration!.meanError + deviation / 141
    #expect((posterior.curve.mean - mean).magnitude < 7 * error)
    #expect((posterior.curve.deviation / deviation - 1).magnitude < 0.1)
    let again = try PosteriorSolver(Self.joint, column: "b", draws: 2000)
      .posteriors(of: Table(columnNames: ["x"], values: [0]))[0]
    #expect(posterior == again)
  }

  static func conditional() throws -> (LearnedDistribution, Table) {
    let rows = 400
    let noise = RandomKey(seed: 3).normals(2 * rows)
    let table = Table(
      columnNames: ["x", "c"],
      values: (0..<rows).flatMap { row -> [Double] in
        let c = noise[2 * row]
        return [UnaryFunction.exponential.value(0.5 * c + 0.3 * noise[2 * row + 1]), c]
      })
    var plan = FitPlan(
      rows: rows, features: 1, context: 1,
      architecture: Architecture(.nsfar, layers: 2, hidden: [16]))
    plan.steps = 150
    let fit = try TableFit(
      table, columns: ["x"], given: ["c"], maps: ["x": .log(above: 0)], plan: plan)
    return (try fit.run(), table)
  }

  /// Of one column, quantiles are images of those of the base.
  @Test func quantilesOfAFlowOfOneColumn() throws {
    let (learned, table) = try Self.conditional()
    let few = Table(columnNames: table.columnNames, values: Array(table.values.prefix(20)))
    let posteriors = try PosteriorSolver(learned, column: "x").posteriors(of: few)
    let map = try #require(FlowMap(learned.model))
    let given = try #require(try learned.scaledGiven(of: few))
    for p in [0.05, 0.5, 0.9] {
      let z = [Double](repeating: UnaryFunction.normalQuantile.value(p), count: 10)
      let y = try map.forward(Batch(features: 1, z), given: given)
      for (posterior, x) in zip(posteriors, learned.columns.inverse(y).values) {
        // A deviation of log x is about 0.3; flows run in `Float`.
        #expect((posterior.curve.quantile(p) / x - 1).magnitude < 3e-4)
      }
    }
  }

  /// A flow of two columns, and its density on a grid of x by y.
  private static func bent() throws -> (learned: LearnedDistribution, grid: [[Double]]) {
    let noise = RandomKey(seed: 5).normals(2000)
    var values: [Double] = []
    for row in 0..<1000 {
      let (a, b) = (noise[2 * row], noise[2 * row + 1])
      values += [a, 2 + 0.4 * a * a + 0.3 * b]
    }
    var plan = FitPlan(
      rows: 1000, features: 2, architecture: Architecture(.nsfar, layers: 2, hidden: [16]))
    plan.steps = 300
    let table = Table(columnNames: ["x", "y"], values: values)
    let learned = try TableFit(table, columns: ["x", "y"], plan: plan).run()
    let points = (0..<bentRows * bentCells).flatMap { index in
      [bentX(index / bentCells), bentY(index % bentCells)]
    }
    let logs = try learned.logDensity(of: Table(columnNames: ["x", "y"], values: points))
    let exp = UnaryFunction.exponential.value
    return (
      learned,
      (0..<bentRows).map { i in (0..<bentCells).map { exp(logs[i * bentCells + $0]) } }
    )
  }

  private static let (bentRows, bentCells) = (401, 1201)
  private static func bentX(_ i: Int) -> Double { -5 + 10 * Double(i) / 400 }
  private static func bentY(_ j: Int) -> Double { -10 + 30 * Double(j) / 1200 }

  /// Means and deviations of the grid's slices and of its marginal.
  @Test func aFlowOfTwoColumns() throws {
    let (learned, grid) = try Self.bent()
    func moments(_ weights: [Double]) -> (mean: Double, deviation: Double) {
      let total = weights.reduce(0, +)
      let mean = weights.indices.reduce(0) { $0 + weights[$1] * Self.bentY($1) } / total
      let variance = weights.indices.reduce(0) { sum, j in
        sum + weights[j] * (Self.bentY(j) - mean) * (Self.bentY(j) - mean) / total
      }
      return (mean, variance.squareRoot())
    }
    let solver = try PosteriorSolver(learned, column: "y", draws: 3000)
    for i in [120, 200, 270] {
      let row = Table(columnNames: ["x"], values: [Self.bentX(i)])
      let curve = try solver.posteriors(of: row)[0].curve
      let expected = moments(grid[i])
      // Cells of 0.03 against slopes of splines that jump: a thousandth of a deviation.
      #expect((curve.mean - expected.mean).magnitude < 2e-3 * expected.deviation)
      #expect((curve.deviation / expected.deviation - 1).magnitude < 4e-3)
    }
    let marginal = try solver.posteriors(of: Table(columnNames: ["z"], values: [0]))[0]
    let expected = moments((0..<Self.bentCells).map { j in grid.reduce(0) { $0 + $1[j] } })
    let integration = try #require(marginal.integration)
    #expect((marginal.curve.mean - expected.mean).magnitude < 7 * integration.meanError)
    #expect(integration.meanError < 0.1 * expected.deviation)
    #expect((marginal.curve.deviation / expected.deviation - 1).magnitude < 0.1)
  }

  @Test func errorsSayWhatToDo() throws {
    #expect(throws: LearningError.notModelled("z", modelled: ["a", "b", "c"])) {
      try PosteriorSolver(Self.joint, column: "z")
    }
    let (learned, _) = try Self.conditional()
    let solver = try PosteriorSolver(learned, column: "x")
    #expect(
      throws: LearningError.missing(column: "c", place: RowPlace(row: 1), count: 1, isGiven: true)
    ) {
      try solver.posteriors(of: Table(columnNames: ["c"], values: [0, .nan]))
    }
    #expect(throws: LearningError.missingColumn("c", found: ["d"])) {
      try solver.posteriors(of: Table(columnNames: ["d"], values: [0]))
    }
  }
}
