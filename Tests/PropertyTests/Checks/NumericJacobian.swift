import Exact
import Symbolics

/// det Df at a point by central differences at high precision, without any rule of differentiation:
/// with a step of 2^-100 the truncation error is about 2^-200.
enum NumericJacobian {
  private static let step = Rational(2).power(-100)!
  private static let precision = 600

  /// nil where the map is not defined around the point.
  static func determinant(
    of map: [Expression], by inputs: [Symbol], at point: [Rational]
  ) -> Double? {
    var columns: [[Rational]] = []
    for index in inputs.indices {
      var (above, below) = (point, point)
      above[index] += step
      below[index] -= step
      guard let high = values(of: map, inputs, above), let low = values(of: map, inputs, below)
      else { return nil }
      columns.append(zip(high, low).map { ($0 - $1) / (step + step) })
    }
    return determinant(columns).doubleValue
  }

  private static func values(
    of map: [Expression], _ inputs: [Symbol], _ point: [Rational]
  ) -> [Rational]? {
    let values = Dictionary(uniqueKeysWithValues: zip(inputs, point))
    let midpoints = map.compactMap { $0.ball(at: values, precision: precision).midpoint }
    return midpoints.count == map.count ? midpoints : nil
  }

  /// By elimination, exactly.
  static func determinant(_ matrix: [[Rational]]) -> Rational {
    var rows = matrix
    var result = Rational.one
    for column in rows.indices {
      guard let pivot = rows.indices.dropFirst(column).first(where: { !rows[$0][column].isZero })
      else { return .zero }
      if pivot != column {
        rows.swapAt(pivot, column)
        result = -result
      }
      result *= rows[column][column]
      for row in rows.indices.dropFirst(column + 1) where !rows[row][column].isZero {
        let factor = rows[row][column] / rows[column][column]
        for entry in column..<rows.count { rows[row][entry] -= factor * rows[column][entry] }
      }
    }
    return result
  }
}
