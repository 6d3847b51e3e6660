import Flows
import Formats
import Tensors
import Testing

@testable import Learning

/// Weights count in scalings as they do in the likelihood: a row of weight n is a row that is there n times.
@Suite struct WeightedScalingTests {
  private static let names = ["plain", "tails", "positive", "given", "w"]

  /// Rows of which far ones weigh more.
  private static let rows: [[Double]] = {
    let noise = RandomKey(seed: 8).normals(4 * 300)
    return (0..<300).map { row in
      let z = Array(noise[4 * row..<4 * row + 4])
      let far = UnaryFunction.sinh.value(2.5 * z[1])
      let weight = far.magnitude > 8 ? 5.0 : Double(row % 4)
      return [3 + z[0], far, UnaryFunction.exponential.value(z[2]), 10 * z[3], weight]
    }
  }()

  private static func fit(_ rows: [[Double]], isWeighted: Bool) throws -> TableFit {
    var roles = ColumnRoles(["plain", "tails", "positive"], given: ["given"])
    roles.maps["positive"] = .log(above: 0)
    roles.weights = isWeighted ? "w" : nil
    var plan = FitPlan(rows: rows.count, features: 3, context: 1)
    plan.validationShare = 0
    return try TableFit(Table(columnNames: names, values: rows.flatMap(\.self)), roles, plan: plan)
  }

  @Test(arguments: [1, 0.001, 1e6]) func integerWeightsAreRepetitions(_ unit: Double) throws {
    let weighted = try Self.fit(
      Self.rows.map { Array($0.dropLast()) + [$0[4] * unit] }, isWeighted: true)
    let repeated = try Self.fit(
      Self.rows.flatMap { [[Double]](repeating: $0, count: Int($0[4])) }, isWeighted: false)
    let plain = try Self.fit(Self.rows, isWeighted: false)
    // Sums of N numbers are off by up to N roundings each way; deviations of less than 4 times their mean.
    let rounding = 8 * Double(repeated.training.rows.rows) * 0x1p-53
    let scalings = [weighted, repeated, plain].map {
      $0.columns.scalings + $0.givenColumns.scalings
    }
    for number in 0..<4 {
      let (a, b, other) = (scalings[0][number], scalings[1][number], scalings[2][number])
      let size = b.mean.magnitude + b.deviation
      if case (.asinh(let c, let w), .asinh(let d, let v)) = (a.map, b.map) {
        // Quantiles of repeated rows may be the next ones of some 200 different values.
        #expect((c - d).magnitude < 0.05 * w && (w / v - 1).magnitude < 0.05)
        continue
      }
      #expect(a.map == b.map, "\(Self.names[number])")
      #expect((a.mean - b.mean).magnitude <= rounding * size, "\(Self.names[number])")
      #expect((a.deviation - b.deviation).magnitude <= rounding * size, "\(Self.names[number])")
      #expect((a.mean - other.mean).magnitude > 1e-3 * size, "\(Self.names[number])")
    }
    guard case .asinh = weighted.columns.scalings[1].map else {
      Issue.record("\(weighted.columns.scalings[1].map)")
      return
    }
  }

  @Test func rowsOfWeightZeroSayNothing() throws {
    let rows = Self.rows.map { Array($0.dropLast()) + [1] }
    let more = rows + [[1e6, -1e6, 1e6, 1e6, 0]]
    let scalings = try [more, rows].map { try Self.fit($0, isWeighted: true).columns.scalings }
    // Weights are divided by their mean, which has a rounding of its own.
    let rounding = 8 * Double(rows.count) * 0x1p-53
    for (a, b) in zip(scalings[0], scalings[1]) {
      let size = b.mean.magnitude + b.deviation
      #expect(a.map == b.map)
      #expect((a.mean - b.mean).magnitude <= rounding * size)
      #expect((a.deviation - b.deviation).magnitude <= rounding * size)
    }
    #expect(throws: LearningError.noWeights("w")) {
      try Self.fit(rows.map { Array($0.dropLast()) + [0] }, isWeighted: true)
    }
  }
}
