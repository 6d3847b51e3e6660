import Formats
import FormulaFits
import Learning
import Symbolics
import Tensors

/// A table, and a formula that is fitted to it.
struct FormulaTable {
  let table: Table
  let proven: ProvenFormula

  init(_ text: String, _ columns: [[Double]]) throws {
    proven = try ProvenFormula(text, file: "formula")
    let names = columns.count == 1 ? ["x"] : columns.indices.map { "x\($0 + 1)" }
    table = Table(
      columnNames: names,
      values: columns[0].indices.flatMap { row in columns.map { $0[row] } })
  }

  func fit(steps: Int = 60) throws -> TableFit {
    var plan = FitPlan(
      rows: table.rowCount, features: table.columnNames.count,
      architecture: Architecture(proven.stated))
    plan.steps = steps
    return try TableFit(table, ColumnRoles(table.columnNames), plan: plan)
  }

  func learned(steps: Int = 60) throws -> LearnedDistribution {
    try fit(steps: steps).run(pool: WorkerPool(count: 2))
  }
}

extension FormulaEstimates {
  /// The value and the standard error of a parameter.
  subscript(name: String) -> (value: Double, error: Double) {
    let found = estimates.first { $0.symbol == Symbol(name) }
    return (found?.value ?? .nan, found?.standardError ?? .nan)
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }

  /// Of the distribution of n values: √(Σ (x - mean)²/n).
  var deviation: Double {
    let mean = mean
    return (reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
  }
}

/// Whether two numbers agree up to a share of the second.
func areClose(_ a: Double, _ b: Double, _ share: Double) -> Bool {
  (a - b).magnitude <= share * b.magnitude
}
