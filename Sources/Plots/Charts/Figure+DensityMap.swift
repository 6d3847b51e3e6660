extension Figure {
  /// A density of two columns as colours, and points of data over it. Colours end where the density is so high that only
  /// 2 % of the mass lie higher, so that a peak does not darken all else.
  ///
  /// - Parameters:
  ///   - grid: the density at the centres of cells.
  ///   - names: the names of both columns.
  ///   - integers: whether these hold integers.
  ///   - data: points that are shown as dots; none for the density alone.
  ///   - title: what is written above.
  public static func densityMap(
    _ grid: DensityGrid, names: (x: String, y: String),
    integers: (x: Bool, y: Bool) = (false, false), data: [Point] = [], title: String? = nil
  ) -> Figure {
    let map = ColorMap.viridis
    let maximum = grid.level(holding: 0.02)
    var layers: [Layer] = [.heat(grid, map, maximum: maximum)]
    var legend: [LegendEntry] = []
    if !data.isEmpty {
      legend = [LegendEntry("data", fill: map.color(at: 0.25), dot: .white)]
      let radius = data.count > 3000 ? 0.4 : data.count > 500 ? 0.7 : 1.2
      layers.append(.points(data, .white.opacity(0.7), radius: radius))
    }
    var x = Axis(names.x, from: grid.x.lowerBound, to: grid.x.upperBound)
    var y = Axis(names.y, from: grid.y.lowerBound, to: grid.y.upperBound)
    (x.isOfIntegers, y.isOfIntegers) = integers
    let panel = Panel(
      x: x, y: y, layers: layers, legend: legend,
      colorBar: ColorBar(map, maximum: maximum, label: "density"))
    return Figure([[panel]], width: 460, height: 380, title: title)
  }

  /// The density of one column as a curve, over a histogram of data.
  ///
  /// - Parameters:
  ///   - curve: points (x, p(x)), by x.
  ///   - name: the name of the column.
  ///   - data: numbers of the column; none for the density alone.
  ///   - bins: the number of bins of the histogram; nil to choose it by the data.
  ///   - ofIntegers: whether the column holds integers.
  ///   - title: what is written above.
  public static func densityCurve(
    _ curve: [Point], name: String, data: [Double] = [], bins: Int? = nil,
    ofIntegers: Bool = false, title: String? = nil
  ) -> Figure {
    precondition(curve.count > 1, "a curve of \(curve.count) points")
    var axis = Axis(name, from: curve[0].x, to: curve[curve.count - 1].x)
    axis.isOfIntegers = ofIntegers
    let model = Stroke(.vermilion, width: 1.5)
    var layers: [Layer] = []
    var highest = curve.map(\.y).filter(\.isFinite).max() ?? 1
    var legend: [LegendEntry] = []
    if !data.isEmpty {
      let histogram = Histogram(
        densityOf: data, from: axis.lower, to: axis.upper,
        bins: bins ?? Histogram.bins(for: data, from: axis.lower, to: axis.upper))
      highest = max(highest, histogram.heights.max()!)
      let (line, fill) = (Stroke(.blue, width: 1), Color.blue.opacity(0.3))
      layers.append(.steps(histogram, line, fill: fill))
      legend = [
        LegendEntry("data", stroke: line, fill: fill), LegendEntry("model", stroke: model),
      ]
    }
    layers.append(.line(curve, model))
    let panel = Panel(
      x: axis, y: Axis("density", from: 0, to: 1.08 * highest),
      layers: layers, legend: legend)
    return Figure([[panel]], width: 420, height: 300, title: title)
  }
}
