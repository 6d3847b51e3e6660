/// Finds the maximum of a likelihood by Newton's method, each step shortened until L rises. Where L is not concave, a step
/// goes uphill along each eigenvector of the information.
struct LikelihoodClimb {
  private let surface: LikelihoodSurface

  /// Far more than a maximum takes that there is.
  private static let mostSteps = 200
  private static let mostHalvings = 40
  /// In standard errors: the step after one so short is the last.
  private static let short = 1e-7
  /// Where rounding ends the climb, a maximum may be as far away as this, in standard errors.
  private static let near = 1e-5

  init(_ surface: LikelihoodSurface) { self.surface = surface }

  /// A point on the way.
  private struct Point {
    var parameters: [Double]
    var value: Double
    var gradient: [Double]
    /// How far log p of a single row is about a parabola, for each parameter.
    var scales: [Double]
    var information: [[Double]]?
  }

  /// - Parameter start: where L is finite.
  /// - Returns: the parameters, and what L is there.
  func maximum(from start: [Double]) -> (parameters: [Double], maximum: LikelihoodMaximum) {
    let (value, gradient) = surface.value(at: start)
    guard start.count <= LikelihoodMaximum.mostParameters else {
      return (
        start, LikelihoodMaximum(logLikelihood: value, information: nil, isReached: false)
      )
    }
    var point = Point(
      parameters: start, value: value, gradient: gradient,
      scales: start.map { 0.1 * max(1, $0.magnitude) })
    var isReached = start.isEmpty
    for _ in 0..<Self.mostSteps where !isReached {
      look(at: &point)
      guard let information = point.information else { break }
      let step = ScaledMatrix(information).step(point.gradient)
      let slope = zip(step, point.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      let moved = go(from: point, step, slope: slope)
      let length = slope.squareRoot()
      isReached = length <= (moved == nil ? Self.near : Self.short)
      guard let moved else { break }
      point = moved
    }
    look(at: &point)
    return (
      point.parameters,
      LikelihoodMaximum(
        logLikelihood: point.value, information: point.information, isReached: isReached,
        scoreSum: point.information.flatMap { _ in
          surface.scoreSum(at: point.parameters, scales: point.scales)
        })
    )
  }

  /// Finds the information, and from it how far the next differences should reach.
  private func look(at point: inout Point) {
    point.information = surface.information(at: point.parameters, scales: point.scales)
    guard let information = point.information else { return }
    for i in point.scales.indices where information[i][i] > 0 {
      let scale = (surface.weight / information[i][i]).squareRoot()
      // Where L is almost flat the quotient is rounding, or says nothing of what is farther away.
      point.scales[i] = min(scale, 30 * max(1, point.parameters[i].magnitude))
    }
  }

  /// The first point along the step at which L is larger; nil where there is none.
  private func go(from point: Point, _ step: [Double], slope: Double) -> Point? {
    let rounding = 1e-13 * (point.value.magnitude + surface.weight)
    var share = 1.0
    for _ in 0..<Self.mostHalvings {
      let parameters = zip(point.parameters, step).map { $0 + share * $1 }
      let (value, gradient) = surface.value(at: parameters)
      if value.isFinite, gradient.allSatisfy(\.isFinite), parameters != point.parameters,
        value >= point.value + 1e-4 * share * slope - rounding
      {
        return Point(
          parameters: parameters, value: value, gradient: gradient, scales: point.scales,
          information: nil)
      }
      share *= 0.5
    }
    return nil
  }
}
