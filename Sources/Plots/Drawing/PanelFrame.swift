/// A panel's place on paper: where its axes' numbers are.
struct PanelFrame {
  let panel: Panel
  /// Inside of the axes
  let inside: Rectangle
  let xTicks, yTicks: Ticks

  static let fontSize = 9.0
  static let labelSize = 10.0
  static let tickLength = 3.5

  init(_ panel: Panel, inside: Rectangle, canvas: Canvas) {
    self.panel = panel
    self.inside = inside
    xTicks = PanelFrame.ticks(panel.x, length: inside.width) { label in
      canvas.width(of: label, size: PanelFrame.fontSize) + 8
    }
    yTicks = PanelFrame.ticks(panel.y, length: inside.height) { _ in 2 * PanelFrame.fontSize }
  }

  /// As many ticks as there is room for their labels, but no more than 7.
  private static func ticks(
    _ axis: Axis, length: Double, room: (String) -> Double
  ) -> Ticks {
    func ticks(atMost count: Int) -> Ticks {
      Ticks(from: axis.lower, to: axis.upper, atMost: count, ofIntegers: axis.isOfIntegers)
    }
    for count in stride(from: 7, through: 2, by: -1) {
      let ticks = ticks(atMost: count)
      let distance = length / (axis.upper - axis.lower)
      let step = ticks.values.count > 1 ? ticks.values[1] - ticks.values[0] : .infinity
      if ticks.labels.allSatisfy({ room($0) <= step * distance }) { return ticks }
    }
    return ticks(atMost: 1)
  }

  /// Where a point of the axes is on paper.
  func place(_ point: Point) -> Point { Point(x(point.x), y(point.y)) }

  func x(_ value: Double) -> Double { inside.left + bounded(panel.x.share(value)) * inside.width }

  func y(_ value: Double) -> Double {
    inside.bottom - bounded(panel.y.share(value)) * inside.height
  }

  /// Cairo counts in fixed point: what lies far outside is put less far outside.
  private func bounded(_ share: Double) -> Double { min(max(share, -5), 6) }
}
