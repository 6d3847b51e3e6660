import Flows
import Tensors

/// The likelihood of mixtures of normals on rows that they were not fitted to.
enum MixtureLikelihood {
  /// The most components, and the fewest rows for each.
  private static let (mostComponents, rowsPerComponent) = (10, 50)
  /// More rows than this would only take time.
  private static let mostRows = 10_000

  /// The mean log-density of rows under mixtures of normals, each fitted to one half of the rows and asked for the
  /// other; given some columns, the difference of the joint density and that of these columns.
  ///
  /// - Parameters:
  ///   - rows: all columns, those that are given last.
  ///   - given: how many are given.
  /// - Returns: nil where there are too few rows, or a covariance is singular.
  static func crossValidatedMean(of rows: Batch, given: Int) -> Double? {
    let scalings = (0..<rows.features).compactMap { feature in
      ColumnScaling(map: .identity, of: rows.column(feature))
    }
    guard scalings.count == rows.features else { return nil }
    let columns = Columns(names: scalings.map { _ in "" }, scalings: scalings)
    let scaled = columns.forward(rows)
    let modelled = rows.features - given
    let shift = scalings.prefix(modelled).reduce(0) {
      $0 - UnaryFunction.logarithm.value($1.deviation)
    }
    let halves = [0, 1].map { half in Array(stride(from: half, to: rows.rows, by: 2)) }
    var sum = 0.0
    for (fitted, asked) in [(halves[0], halves[1]), (halves[1], halves[0])] {
      guard let mixture = fit(scaled.picking(Array(fitted.prefix(mostRows)))),
        let logs = logDensity(scaled.picking(asked), mixture, modelled)
      else { return nil }
      sum += logs.reduce(0, +)
    }
    return sum / Double(rows.rows) + shift
  }

  private static func fit(_ rows: Batch) -> NormalMixture? {
    let components = min(mostComponents, rows.rows / rowsPerComponent)
    guard components > 0 else { return nil }
    return NormalMixture(fitting: rows, components: components, key: RandomKey(seed: 0))
  }

  /// log p(x | c) of rows (x, c), with x of `modelled` columns.
  private static func logDensity(
    _ rows: Batch, _ mixture: NormalMixture, _ modelled: Int
  ) -> [Double]? {
    let joint = mixture.logDensity(of: rows)
    let given = Array(modelled..<rows.features)
    guard !given.isEmpty else { return joint }
    guard let marginal = mixture.marginal(given) else { return nil }
    let values = (0..<rows.rows).flatMap { rows[$0].dropFirst(modelled) }
    let logs = marginal.logDensity(of: Batch(features: given.count, values))
    return zip(joint, logs).map { $0 - $1 }
  }
}
