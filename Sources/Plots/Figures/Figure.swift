/// A figure: panels in rows and columns, and what is written around them. It says what is shown; drawing it is
/// another matter, and the same for each file format.
public struct Figure: Sendable {
  /// The size on paper, in points of 1/72 inch.
  public var width, height: Double
  /// What is written above; nil for nothing.
  public var title: String?
  /// The panels from top to bottom, each row from left to right; nil for a place that stays empty. All rows are of
  /// one length.
  public var rows: [[Panel?]]
  /// What colours mean, in the upper right corner of the figure; none for no legend.
  public var legend: [LegendEntry]
  /// The distance between panels
  public var gap: Double

  /// A figure.
  ///
  /// - Parameters:
  ///   - rows: the panels; all rows are of one length.
  ///   - width: in points of 1/72 inch.
  ///   - height: in points of 1/72 inch.
  ///   - title: what is written above.
  ///   - legend: what colours mean.
  ///   - gap: the distance between panels.
  public init(
    _ rows: [[Panel?]], width: Double, height: Double, title: String? = nil,
    legend: [LegendEntry] = [], gap: Double = 10
  ) {
    precondition(
      !rows.isEmpty && !rows[0].isEmpty && rows.allSatisfy { $0.count == rows[0].count },
      "rows of \(rows.map(\.count)) panels")
    precondition(
      width > 0 && width <= 14_400 && height > 0 && height <= 14_400,
      "a figure of \(width) by \(height) points")
    self.rows = rows
    self.width = width
    self.height = height
    self.title = title
    self.legend = legend
    self.gap = gap
  }
}

/// Two axes and what is drawn between them.
public struct Panel: Sendable {
  /// The horizontal axis
  public var x: Axis
  /// The vertical axis
  public var y: Axis
  /// What is drawn, from below to above
  public var layers: [Layer]
  /// What is written above; nil for nothing.
  public var title: String?
  /// What colours mean; none for no legend.
  public var legend: [LegendEntry]
  /// Where the legend stands
  public var legendCorner: LegendCorner
  /// The scale of a heat layer's colours, to the right; nil for none.
  public var colorBar: ColorBar?

  /// A panel.
  public init(
    x: Axis, y: Axis, layers: [Layer], title: String? = nil, legend: [LegendEntry] = [],
    legendCorner: LegendCorner = .upperRight, colorBar: ColorBar? = nil
  ) {
    self.x = x
    self.y = y
    self.layers = layers
    self.title = title
    self.legend = legend
    self.legendCorner = legendCorner
    self.colorBar = colorBar
  }
}

/// A corner of a panel
public enum LegendCorner: Hashable, Sendable {
  /// The corner of that name
  case upperLeft, upperRight, lowerLeft, lowerRight
}

/// What a colour or line means.
public struct LegendEntry: Hashable, Sendable {
  /// The meaning
  public var label: String
  /// The line; nil for none.
  public var stroke: Stroke?
  /// The colour of an area; nil for none.
  public var fill: Color?
  /// The colour of a dot; nil for none.
  public var dot: Color?

  /// An entry for a line, an area, or dots, which may lie on an area.
  public init(_ label: String, stroke: Stroke? = nil, fill: Color? = nil, dot: Color? = nil) {
    self.label = label
    self.stroke = stroke
    self.fill = fill
    self.dot = dot
  }
}

/// The scale of colours.
public struct ColorBar: Hashable, Sendable {
  /// The colours
  public var map: ColorMap
  /// The number of the last colour; the first is that of 0.
  public var maximum: Double
  /// What the numbers are
  public var label: String

  /// A scale of the colours of numbers from 0 to `maximum`.
  public init(_ map: ColorMap, maximum: Double, label: String) {
    self.map = map
    self.maximum = maximum
    self.label = label
  }
}
