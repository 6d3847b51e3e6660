import Flows
import Formats
import Learning
import Tensors
import Testing

@Suite struct EvaluationTests {
  /// a, b standard normal with correlation 3/5, c = 1/2 · a third normal.
  private static let table: Table = {
    let rows = 20_000
    let noise = RandomKey(seed: 1).normals(3 * rows)
    return Table(
      columnNames: ["a", "b", "c"],
      values: (0..<rows).flatMap { row -> [Double] in
        let (x, y, z) = (noise[3 * row], noise[3 * row + 1], noise[3 * row + 2])
        return [x, 0.6 * x + 0.8 * y, 0.5 * z]
      })
  }()

  private static func evaluation(_ names: [String], given: [String] = []) throws -> Evaluation {
    var plan = FitPlan(
      rows: table.rowCount, features: names.count, context: given.count,
      architecture: Architecture(.normal))
    plan.steps = 600
    plan.rate = 0.03
    let learned = try TableFit(table, columns: names, given: given, plan: plan).run()
    return try Evaluation(of: learned, on: table)
  }

  private static let log2PiE = 2.837_877_066_409_345_5

  @Test func aNormalDistributionReachesTheEntropy() throws {
    let evaluation = try Self.evaluation(["a", "b", "c"])
    // -½ log det Σ - 3/2 log 2πe with det Σ = 0.64 · 0.25
    let entropy = 0.5 * (-1.832_581_463_748_310_2) + 1.5 * Self.log2PiE
    // Mean and deviation of 20 000 rows: 5 standard errors of √(3/2n).
    let chance = 5 * (1.5 / 20_000).squareRoot()
    #expect((evaluation.normal! + entropy).magnitude < chance)
    // No normal distribution can do better than the best, and this one is close.
    #expect(evaluation.mean <= evaluation.normal! + 1e-6)
    #expect(evaluation.mean > evaluation.normal! - 0.01, "\(evaluation)")
    #expect((evaluation.standardError / (1.5 / 20_000).squareRoot() - 1).magnitude < 0.05)
    #expect(evaluation.impossibleRows == 0)
  }

  @Test func aConditionalOneReachesTheConditionalEntropy() throws {
    let evaluation = try Self.evaluation(["b"], given: ["a"])
    let entropy = 0.5 * -0.446_287_102_628_419_5 + 0.5 * Self.log2PiE
    let chance = 5 * (0.5 / 20_000).squareRoot()
    #expect((evaluation.normal! + entropy).magnitude < chance)
    #expect(evaluation.mean > evaluation.normal! - 0.02, "\(evaluation)")
  }

  @Test func rowsThatLackAValueAreLeftOut() throws {
    let learned = try TableFit(
      Self.table, columns: ["a", "b"],
      plan: {
        var plan = FitPlan(rows: 20_000, features: 2, architecture: Architecture(.normal))
        plan.steps = 20
        return plan
      }()
    ).run()
    let rows = Table(columnNames: ["a", "b"], values: [.nan, 1, 0, 0, 9, 1, 1, .nan, 1, 1])
    let evaluation = try Evaluation(of: learned, on: rows)
    let whole = try learned.logDensity(of: rows.keeping([1, 2, 4]))
    #expect(evaluation.rows == 3 && evaluation.leftOut == 2)
    #expect((evaluation.mean - whole.reduce(0, +) / 3).magnitude < 1e-12)
    #expect(evaluation.worst.row == 2 && evaluation.worst.value == whole[1])
    #expect(evaluation.calibrations.map(\.missing) == [1, 1])
    #expect(throws: LearningError.self) {
      try Evaluation(of: learned, on: rows.keeping([0, 3]))
    }
  }

  @Test func aSingularCovarianceHasNoNormalDistribution() throws {
    let rows = Table(
      columnNames: ["a", "b"], values: (0..<50).flatMap { [Double($0), 2 * Double($0)] })
    var plan = FitPlan(rows: 50, features: 2, architecture: Architecture(.normal))
    plan.steps = 20
    let learned = try TableFit(rows, columns: ["a", "b"], plan: plan).run()
    #expect(try Evaluation(of: learned, on: rows).normal == nil)
  }
}
