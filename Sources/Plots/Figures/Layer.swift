/// What is drawn in a panel, one layer above the other. Points that are not finite are left out.
public enum Layer: Sendable {
  /// A curve through points; it is interrupted where one is not finite.
  case line([Point], Stroke)
  /// The outline of a histogram's columns, and what is below it.
  case steps(Histogram, Stroke, fill: Color?)
  /// Dots of this radius on paper.
  case points([Point], Color, radius: Double)
  /// A cell of colour for each number of a grid, from 0 to a maximum; larger ones have its colour.
  case heat(DensityGrid, ColorMap, maximum: Double)
  /// Curves along which a grid's numbers are equal to the levels.
  case contours(DensityGrid, levels: [Double], Stroke)
  /// The edges between cells of a grid whose numbers reach a level and cells whose numbers do not.
  case regions(DensityGrid, levels: [Double], Stroke)
  /// The inside of a polygon.
  case area([Point], Color)
}

/// How a line looks.
public struct Stroke: Hashable, Sendable {
  /// Its colour
  public var color: Color
  /// Its width on paper
  public var width: Double
  /// Lengths of dashes and gaps on paper; none for a line without gaps.
  public var dashes: [Double]

  /// A line.
  public init(_ color: Color, width: Double = 1.25, dashes: [Double] = []) {
    self.color = color
    self.width = width
    self.dashes = dashes
  }
}
