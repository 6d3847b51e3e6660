import Flows
import Tensors

/// Draws of what was not observed exactly: p(observed row) = E[r p\_flow(y)] over the draws y, whose ratio r is known.
///
/// An integer n stands for the cell around it: x = n + u, u uniform in (-½, ½), r = Π dy/dx. A value with a normal
/// error ε of known deviation stands for x - ε (Cremer and others 2017 have the bound for several draws).
struct RowDraws: Sendable {
  let rows: RowSet
  let columns: Columns
  let givenColumns: Columns
  /// K of a row with errors or missing values; a row without needs one draw only.
  let drawsOfRow: Int
  let maskShare: Double
  /// Draws missing values; nil where none are.
  let imputation: NormalImputation?
  /// The number format of the model.
  let precision: Precision

  /// Draws for some rows.
  struct Drawn {
    /// y
    let rows: Batch
    /// d; nil where nothing is given.
    let given: Batch?
    /// log r
    let logRatios: [Double]
    /// The draws of each row, as a range of these.
    let ranges: [Range<Int>]
  }

  /// Draws for the rows with these numbers; the same ones for the same key. At most `limit` for each.
  func draw(_ numbers: [Int], key: RandomKey, atMost limit: Int = .max) -> Drawn {
    var ranges: [Range<Int>] = []
    var sources: [Int] = []
    for number in numbers {
      let count = isExact(number) ? 1 : min(limit, drawsOfRow)
      ranges.append(sources.count..<sources.count + count)
      sources += repeatElement(number, count: count)
    }
    var logRatios: [Double] = []
    var values: [Double] = []
    values.reserveCapacity(sources.count * columns.count)
    let size = columns.count * sources.count
    let noise = Noise(
      uniforms: columns.kinds.contains(.integer) ? key.split(0).uniforms(size) : [],
      normals: rows.errors != nil || imputation != nil ? key.split(1).normals(size) : [])
    for (place, number) in sources.enumerated() {
      let drawn = draw(row: number, noise, at: place * columns.count)
      values += drawn.y
      logRatios.append(drawn.logRatio)
    }
    return Drawn(
      rows: Batch(features: columns.count, values), given: given(numbers, ranges, key.split(2)),
      logRatios: logRatios, ranges: ranges)
  }

  private struct Noise {
    let uniforms: [Double]
    let normals: [Double]
  }

  /// Whether nothing of a row but integers is drawn.
  private func isExact(_ number: Int) -> Bool {
    let isKnown = rows.errors.map { $0[number].allSatisfy { $0 == 0 } } ?? true
    return isKnown && (imputation == nil || !rows.values[number].contains(where: \.isNaN))
  }

  /// A normal number moved into an interval that reaches from below 0 to above it, and the logarithm of the share of
  /// normal numbers that lie in it: errors that would lead out of a domain are not drawn, however large they are.
  private static func error(
    _ normal: Double, from lower: Double, to upper: Double
  ) -> (value: Double, logShare: Double) {
    guard lower > -.infinity || upper < .infinity else { return (normal, 0) }
    let below = UnaryFunction.normalCDF.value(lower)
    let share = UnaryFunction.normalCDF.value(upper) - below
    let place = below + share * UnaryFunction.normalCDF.value(normal)
    return (
      UnaryFunction.normalQuantile.value(place), UnaryFunction.logarithm.value(share)
    )
  }

  /// One draw of a row; outside of a domain, as rounding may have it, its ratio is 0.
  private func draw(
    row number: Int, _ noise: Noise, at place: Int
  ) -> (y: [Double], logRatio: Double) {
    var y: [Double] = []
    var logRatio = 0.0
    for (column, observed) in rows.values[number].enumerated() {
      let scaling = columns.scalings[column]
      var x = observed
      if columns.kinds[column].isInteger { x += noise.uniforms[place + column] - 0.5 }
      let (lower, upper) = scaling.map.domain
      if let errors = rows.errors {
        let deviation = errors[number][errors[number].startIndex + column]
        let error = RowDraws.error(
          noise.normals[place + column], from: (x - upper) / deviation, to: (x - lower) / deviation)
        x -= deviation * error.value
        logRatio += error.logShare
      }
      if x.isNaN {
        y.append(.nan)
      } else if lower < x, x < upper {
        y.append(scaling.forward(x))
        logRatio += scaling.logSlope(x)
      } else {
        y.append(0)
        logRatio = -.infinity
      }
    }
    if let imputation, y.contains(where: \.isNaN) {
      logRatio -= imputation.complete(
        &y, noise: noise.normals[place..<place + columns.count])
    }
    // What the format does not hold has no density.
    guard y.allSatisfy(precision.holds) else { return (y.map { _ in 0 }, -.infinity) }
    return (y, logRatio)
  }

  /// The context of each draw, with some values hidden, the same ones in all draws of a row.
  private func given(_ numbers: [Int], _ ranges: [Range<Int>], _ key: RandomKey) -> Batch? {
    guard let given = rows.given else { return nil }
    var values = numbers.flatMap { given[$0] }
    if maskShare > 0 {
      let uniforms = key.uniforms(values.count)
      for index in values.indices where uniforms[index] < maskShare { values[index] = .nan }
    }
    let context = givenColumns.context(Batch(features: given.features, values))
    return Batch(
      features: context.features,
      ranges.enumerated().flatMap { row, range in range.flatMap { _ in context[row] } })
  }
}

extension RowDraws.Drawn {
  /// log (1/K) Σₖ rₖ p(yₖ) of each row, and wₖ = rₖ p(yₖ)/Σ of each draw; 0 where all are.
  ///
  /// - Parameter logDensities: log p(yₖ)
  func estimates(_ logDensities: [Double]) -> (rows: [Double], weights: [Double]) {
    var estimates: [Double] = []
    var weights: [Double] = []
    for range in ranges {
      let terms = range.map { logDensities[$0] + logRatios[$0] }
      let largest = terms.max()!
      guard largest > -.infinity else {
        estimates.append(-.infinity)
        weights += terms.map { _ in 0 }
        continue
      }
      let shares = terms.map { UnaryFunction.exponential.value($0 - largest) }
      let sum = shares.reduce(0, +)
      estimates.append(largest + UnaryFunction.logarithm.value(sum / Double(range.count)))
      weights += shares.map { $0 / sum }
    }
    return (estimates, weights)
  }
}
