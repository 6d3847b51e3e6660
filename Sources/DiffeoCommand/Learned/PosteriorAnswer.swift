import Formats
import Learning

/// What `posterior` says of one row.
struct PosteriorAnswer {
  private let posterior: Posterior
  private let row: Int
  private let grid: Int?

  private static let quantiles: [(name: String, level: Double)] = [
    ("q05", 0.05), ("q16", 0.16), ("median", 0.5), ("q84", 0.84), ("q95", 0.95),
  ]

  static let columnNames =
    ["mean", "deviation", "mode"] + quantiles.map(\.name)
    + ["lower90", "upper90", "effectiveDraws", "meanError"]

  /// - Parameters:
  ///   - posterior: the density.
  ///   - row: the number of the row, from 1.
  ///   - grid: the number of points of the density that are wanted; nil for none.
  init(_ posterior: Posterior, row: Int, grid: Int?) {
    self.posterior = posterior
    self.row = row
    self.grid = grid
  }

  /// The numbers of ``columnNames``; nan for those of draws where nothing is missing.
  var values: [Double] {
    let interval = posterior.shortestInterval(holding: 0.9)
    return [posterior.mean, posterior.deviation, posterior.mode]
      + Self.quantiles.map { posterior.quantile($0.level) }
      + [
        interval.lower, interval.upper, posterior.integration?.effectiveDraws ?? .nan,
        posterior.integration?.meanError ?? .nan,
      ]
  }

  private static let mostIntegers = 100_000.0

  /// x and p(x), at equal distances between the quantiles of 0.0005 and 0.9995; of a column of integers, all in between
  /// and their masses, but no more than ``mostIntegers``.
  var points: [[Double]] {
    guard let grid else { return [] }
    let (lower, upper) = (posterior.quantile(0.0005), posterior.quantile(0.9995))
    if let integers = posterior.integers {
      let step = ((upper - lower + 1) / Self.mostIntegers).rounded(.up)
      return stride(from: lower, through: upper, by: step).map {
        [$0, integers.probability(of: $0)]
      }
    }
    return (0..<grid).map { step in
      let x = lower + (upper - lower) * Double(step) / Double(grid - 1)
      return [x, posterior.curve.logDensity(at: x).exponential]
    }
  }

  var json: JSONValue {
    var fields = [JSONValue.Field("row", .integer(row))]
    fields += zip(Self.columnNames, values).map { .init($0, .number($1)) }
    fields.append(.init("missing", .strings(posterior.integration?.columns ?? [])))
    fields.append(.init("quadratureError", .number(posterior.quadratureError)))
    if grid != nil {
      fields.append(.init("grid", .array(points.map { .array($0.map { .number($0) }) })))
    }
    return .object(fields)
  }
}
