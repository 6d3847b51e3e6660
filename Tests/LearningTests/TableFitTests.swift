import Flows
import Formats
import Learning
import Tensors
import Testing

@Suite struct TableFitTests {
  /// x exponential with mean 2, y normal with mean x and deviation 1/2.
  private static func table(_ rows: Int, seed: UInt64) -> Table {
    let key = RandomKey(seed: seed)
    let (x, noise) = (key.split(0).exponentials(rows), key.split(1).normals(rows))
    return Table(
      columnNames: ["x", "y"],
      values: (0..<rows).flatMap { [2 * x[$0], 2 * x[$0] + 0.5 * noise[$0]] })
  }

  private static func plan(_ rows: Int, _ context: Int = 0) -> FitPlan {
    var plan = FitPlan(
      rows: rows, features: 2 - context, context: context,
      architecture: Architecture(.nsf, layers: 3, hidden: [32, 32]))
    plan.steps = 1500
    return plan
  }

  /// The mean of the true log-density over the rows of a table: -log 2 - x/2 + log N(y; x, 1/2).
  private static func truth(_ table: Table, given: Bool) -> Double {
    let values = (0..<table.rowCount).map { row -> Double in
      let (x, y) = (table[row, 0], table[row, 1])
      let conditional = -0.5 * 4 * (y - x) * (y - x) - 0.5 * 1.837_877_066_409_345_5
      let log2 = 0.693_147_180_559_945_3
      return conditional + log2 + (given ? 0 : -log2 - x / 2)
    }
    return mean(values)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  @Test func aJointDensityIsLearnedInTheUnitsOfTheData() throws {
    let (train, test) = (Self.table(4000, seed: 1), Self.table(4000, seed: 2))
    let fit = try TableFit(
      train, columns: ["x", "y"], maps: ["x": .log(above: 0)], plan: Self.plan(train.rowCount))
    let learned = try fit.run()
    let found = Self.mean(try learned.logDensity(of: test))
    let truth = Self.truth(test, given: false)
    // No density is likelier on average than the true one; chance is some hundredths on 4000 rows.
    #expect(found < truth + 0.03)
    #expect(found > truth - 0.1, "\(found) against \(truth)")
    let samples = try learned.samples(4000, key: RandomKey(seed: 3))
    #expect(samples.column(named: "x")!.allSatisfy { $0 > 0 })
    // 5 standard errors of the mean of an exponential distribution with mean 2, and what is not learned.
    #expect((Self.mean(samples.column(named: "x")!) - 2).magnitude < 5 * 2 / 63 + 0.1)
  }

  @Test func aConditionalDensityIsLearned() throws {
    let (train, test) = (Self.table(4000, seed: 4), Self.table(4000, seed: 5))
    let fit = try TableFit(
      train, columns: ["y"], given: ["x"], plan: Self.plan(train.rowCount, 1))
    let learned = try fit.run()
    let found = Self.mean(try learned.logDensity(of: test))
    let truth = Self.truth(test, given: true)
    #expect(found < truth + 0.03)
    #expect(found > truth - 0.1, "\(found) against \(truth)")
    let given = Table(columnNames: ["x"], values: [Double](repeating: 3, count: 2000))
    let samples = try learned.samples(2000, key: RandomKey(seed: 6), given: given)
    #expect((Self.mean(samples.values) - 3).magnitude < 0.15)
  }

  @Test func otherUnitsShiftDensitiesByTheirLogarithm() throws {
    let table = Self.table(500, seed: 7)
    let scaled = Table(columnNames: ["x", "y"], values: table.values.map { 1024 * $0 })
    var plan = Self.plan(500)
    plan.steps = 50
    let (first, second) = (
      try TableFit(table, columns: ["x", "y"], plan: plan).run(),
      try TableFit(scaled, columns: ["x", "y"], plan: plan).run()
    )
    let log1024 = 6.931_471_805_599_453
    for (a, b) in zip(try first.logDensity(of: table), try second.logDensity(of: scaled)) {
      #expect((a - b - 2 * log1024).magnitude < 1e-9 * (1 + a.magnitude))
    }
  }

  @Test func theSameSeedGivesTheSameModelAndBytes() throws {
    let table = Self.table(300, seed: 8)
    var plan = Self.plan(300)
    plan.steps = 60
    let models = try (0..<2).map { _ in
      try TableFit(table, columns: ["x", "y"], plan: plan).run(pool: WorkerPool(count: 2))
    }
    #expect(models[0].file.encoded == models[1].file.encoded)
  }

  @Test func aTimeBudgetEnds() throws {
    let table = Self.table(300, seed: 9)
    var plan = Self.plan(300)
    plan.timeBudget = 0.3
    var last: FitProgress?
    _ = try TableFit(table, columns: ["x", "y"], plan: plan).run {
      last = $0
      return .goOn
    }
    #expect(last!.step > 20)
  }

  @Test func theCallerCanStop() throws {
    let table = Self.table(300, seed: 9)
    var reports = 0
    let learned = try TableFit(table, columns: ["x", "y"], plan: Self.plan(300)).run { _ in
      reports += 1
      return .stop
    }
    #expect(reports == 1)
    #expect(learned.provenance.steps > 0)
  }

  @Test func errorsSayWhatToDo() throws {
    let table = Table(
      columnNames: ["a", "b"], values: (0..<40).map { $0.isMultiple(of: 2) ? Double($0) : 7 })
    func error(_ columns: [String], _ maps: [String: ColumnMap] = [:]) -> String {
      do {
        _ = try TableFit(
          table, columns: columns, maps: maps, plan: FitPlan(rows: 20, features: 1))
        return ""
      } catch { return "\(error)" }
    }
    #expect(error(["b"]).contains("column 'b' is 7.0 in all rows"))
    #expect(error(["c"]).contains("no column 'c'; the table has 'a', 'b'"))
    #expect(error(["a"], ["a": .log(above: 0)]).contains("column 'a' is 0.0 in row 1"))
    let small = Table(columnNames: ["a"], values: [1, 2])
    #expect(throws: LearningError.tooFewRows(found: 2, needed: 10)) {
      try TableFit(small, columns: ["a"], plan: FitPlan(rows: 2, features: 1))
    }
  }
}
