/// A point of a training curve.
public struct TrainingPoint: Hashable, Sendable {
  /// The number of steps
  public var step: Double
  /// The mean log-density of rows that were learned from
  public var training: Double
  /// The mean log-density of rows that were kept apart; nil where there are none.
  public var validation: Double?

  /// A point of these numbers.
  public init(step: Double, training: Double, validation: Double?) {
    self.step = step
    self.training = training
    self.validation = validation
  }
}

extension Figure {
  /// How mean log-densities grew with the steps of a fit. The vertical axis shows what comes after the first twentieth
  /// of the steps, which would hide all else. Where steps begin anew, as those of another flow, so do the curves.
  ///
  /// - Parameter points: at least one, by step.
  public static func trainingCurve(_ points: [TrainingPoint]) -> Figure {
    precondition(!points.isEmpty, "a training curve without points")
    let last = points.map(\.step).max()!
    let late = points.filter { $0.step >= 0.05 * last }
    let values = late.flatMap { [$0.training, $0.validation ?? .nan] }.filter(\.isFinite)
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let padding = 0.06 * (high - low)
    let training = Stroke(.skyBlue, width: 1.25)
    let validation = Stroke(.vermilion, width: 1.5)
    var layers: [Layer] = [.line(curve(points) { $0.training }, training)]
    var legend = [LegendEntry("training rows", stroke: training)]
    if let best = points.max(by: { $0.score < $1.score }), let value = best.validation {
      layers.append(.line(curve(points) { $0.validation ?? .nan }, validation))
      layers.append(.points([Point(best.step, value)], .vermilion, radius: 3.5))
      legend.append(LegendEntry("rows kept apart (dot: best)", stroke: validation))
    }
    let panel = Panel(
      x: Axis("step", from: 0, to: 1.03 * last),
      y: Axis("mean log-density (nats)", from: low - padding, to: high + padding), layers: layers,
      legend: legend, legendCorner: .lowerRight)
    return Figure([[panel]], width: 460, height: 320)
  }
}

/// One of the numbers at each step, with a gap where steps begin anew.
private func curve(
  _ points: [TrainingPoint], _ value: (TrainingPoint) -> Double
) -> [Point] {
  var result: [Point] = []
  var last = -Double.infinity
  for point in points {
    if point.step <= last { result.append(Point(.nan, .nan)) }
    result.append(Point(point.step, value(point)))
    last = point.step
  }
  return result
}

extension TrainingPoint {
  fileprivate var score: Double {
    guard let validation, validation.isFinite else { return -.infinity }
    return validation
  }
}
