extension Figure {
  /// Whether probabilities are right: the values u = F(x) of rows under a model's distribution function F, which are
  /// uniform on (0, 1) if it is the rows' own. Left, their histogram; right, how many rows lie in central intervals.
  /// Grey is where 95 % of the columns and curves of uniform numbers would lie, each place by itself.
  ///
  /// - Parameter columns: for each column what is written above its panels, and u of each row, at least one.
  public static func calibration(_ columns: [(label: String, values: [Double])]) -> Figure {
    precondition(
      !columns.isEmpty && columns.allSatisfy { !$0.values.isEmpty }, "a column without values")
    let rows = columns.enumerated().map { index, column in
      let isLast = index == columns.count - 1
      return [
        histogramPanel(column.values, column.label, isLast),
        coveragePanel(column.values, hasLegend: index == 0, isLast),
      ]
    }
    let height = 66 + (columns.count == 1 ? 224 : 180) * Double(columns.count)
    return Figure(rows, width: 560, height: height, gap: columns.count == 1 ? 16 : 28)
  }

  /// 1.96 deviations of a share of n rows whose chance is p.
  private static func band(_ p: Double, _ count: Int) -> Double {
    1.96 * (p * (1 - p) / Double(count)).squareRoot()
  }

  private static let grey = Color.grey.opacity(0.3)

  private static func histogramPanel(
    _ values: [Double], _ label: String, _ isLast: Bool
  ) -> Panel {
    let bins = values.count < 500 ? 10 : 20
    let histogram = Histogram(densityOf: values, from: 0, to: 1, bins: bins)
    let half = Double(bins) * band(1 / Double(bins), values.count)
    let highest = max(1.5, 1.15 * histogram.heights.max()!, 1 + 1.5 * half)
    let strip = [Point(0, 1 - half), Point(1, 1 - half), Point(1, 1 + half), Point(0, 1 + half)]
    return Panel(
      x: Axis("u = F(x)", from: 0, to: 1, isLabelled: isLast),
      y: Axis("density", from: 0, to: highest),
      layers: [
        .steps(histogram, Stroke(.blue, width: 1), fill: .blue.opacity(0.3)),
        .area(strip, grey),
        .line([Point(0, 1), Point(1, 1)], Stroke(.ink, width: 0.75, dashes: [4, 3])),
      ], title: label)
  }

  private static func coveragePanel(
    _ values: [Double], hasLegend: Bool, _ isLast: Bool
  ) -> Panel {
    // A row is in the central interval of mass m where |2u - 1| ≤ m.
    let sorted = values.map { (2 * $0 - 1).magnitude }.sorted()
    let curve =
      [Point(0, 0)]
      + sorted.enumerated().map { Point($1, Double($0 + 1) / Double(sorted.count)) }
    let steps = (0...100).map { Double($0) / 100 }
    let edges = [1.0, -1.0].map { sign in
      steps.map { Point($0, $0 + sign * band($0, values.count)) }
    }
    let diagonal = Stroke(.ink, width: 0.75, dashes: [4, 3])
    let line = Stroke(.vermilion, width: 1.5)
    return Panel(
      x: Axis("mass of the central interval", from: 0, to: 1, isLabelled: isLast),
      y: Axis("share of rows in it", from: 0, to: 1),
      layers: [
        .area(edges[0] + edges[1].reversed(), grey),
        .line([Point(0, 0), Point(1, 1)], diagonal), .line(curve, line),
      ],
      legend: hasLegend
        ? [LegendEntry("rows", stroke: line), LegendEntry("as it should be", stroke: diagonal)]
        : [], legendCorner: .upperLeft)
  }
}
