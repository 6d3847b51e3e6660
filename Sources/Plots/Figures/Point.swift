/// A point of the plane, in the units of a panel's axes or, on paper, in points of 1/72 inch.
public struct Point: Hashable, Sendable {
  /// To the right
  public var x: Double
  /// Upwards in a panel, downwards on paper
  public var y: Double

  /// The point (x, y).
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  var isFinite: Bool { x.isFinite && y.isFinite }
}

/// A rectangle on paper; y grows downwards.
struct Rectangle: Hashable {
  var left, top, width, height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }
  var center: Point { Point(left + width / 2, top + height / 2) }
  var corners: [Point] {
    [Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)]
  }

  func inset(left: Double, top: Double, right: Double, bottom: Double) -> Rectangle {
    Rectangle(
      left: self.left + left, top: self.top + top, width: max(1, width - left - right),
      height: max(1, height - top - bottom))
  }
}
