import Exact
import Symbolics

/// Compositions of a map with a proposed inverse, enclosed: 256 bits leave 50 digits and room for the
/// digits that cancel.
enum RoundTrip {
  private static let precision = 256
  private static let tolerance = Rational(10).power(-40)!

  /// Whether `second`(`first`(point)) is within 1e-40 of the point, certainly.
  static func returns(
    _ point: [Rational], through first: [Expression], of inputs: [Symbol],
    andBackBy second: [Expression], of outputs: [Symbol]
  ) -> Bool {
    let values = Dictionary(uniqueKeysWithValues: zip(inputs, point))
    let image = first.map { $0.ball(at: values, precision: precision) }
    let box = Dictionary(uniqueKeysWithValues: zip(outputs, image))
    return second.count == point.count
      && zip(second, point).allSatisfy { formula, coordinate in
        let ball = formula.ball(over: box, precision: precision)
        guard let lower = ball.lowerBound, let upper = ball.upperBound else { return false }
        return coordinate - lower <= tolerance && upper - coordinate <= tolerance
      }
  }
}
