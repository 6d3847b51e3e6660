import Tensors

extension Figure {
  /// All columns against each other: on the diagonal the densities of each column, below it those of each pair. Data
  /// are blue, as columns and shaded cells; samples are vermilion, as outlines and as contours of the smallest
  /// regions that hold 50 % and 90 % of them.
  ///
  /// Axes show what ``Axis/init(_:around:margin:within:isLabelled:)`` shows of data and samples together. Columns of
  /// integers have a cell for each, or for a few of them, and regions are made of such cells.
  ///
  /// - Parameters:
  ///   - names: D names.
  ///   - data: D columns of any one length; nil for samples alone.
  ///   - samples: D columns of any one length, at least one number each.
  ///   - integers: which columns hold integers.
  ///   - bounds: where numbers of each column can lie; empty for anywhere.
  public static func corner(
    names: [String], data: [[Double]]?, samples: [[Double]], integers: Set<Int> = [],
    bounds: [ClosedRange<Double>] = []
  ) -> Figure {
    precondition(
      names.count == samples.count && data?.count ?? names.count == names.count,
      "\(names.count) names for \(samples.count) columns")
    precondition(
      bounds.isEmpty || bounds.count == names.count,
      "\(bounds.count) bounds for \(names.count) columns")
    let chart = CornerChart(
      names: names, data: data, samples: samples, integers: integers, bounds: bounds)
    let rows = names.indices.map { i in
      names.indices.map { j in
        j < i ? chart.pair(j, i) : j == i ? chart.single(i) : nil
      }
    }
    let size = min(900, 70 + (names.count <= 2 ? 190 : 135) * Double(names.count))
    return Figure(
      rows, width: names.count == 1 ? 360 : size, height: size, legend: chart.legend, gap: 7)
  }
}

/// The panels of a corner plot.
private struct CornerChart {
  let names: [String]
  let data: [[Double]]?
  let samples: [[Double]]
  private let ranges: [ClosedRange<Double>]
  /// The cells of each column of integers.
  private let integerCells: [Int: IntegerCells]

  private static let dataColor = Color.blue
  private static let samplesLine = Stroke(.vermilion, width: 1.2)
  private static let samplesShades = ColorMap([.white, .white.mixed(with: .vermilion, 0.45)])
  private static let cells = 40
  private static let contourCells = 64
  private static let mostIntegerCells = 60

  init(
    names: [String], data: [[Double]]?, samples: [[Double]], integers: Set<Int>,
    bounds: [ClosedRange<Double>]
  ) {
    self.names = names
    self.data = data
    self.samples = samples
    var cells: [Int: IntegerCells] = [:]
    ranges = samples.indices.map { index in
      let values = (data?[index] ?? []) + samples[index]
      guard integers.contains(index) else {
        return bounds.isEmpty
          ? Axis("", around: values, margin: 0.03).interval
          : Axis("", around: values, margin: 0.03, within: bounds[index]).interval
      }
      let own = IntegerCells(around: values, atMost: Self.mostIntegerCells)
      cells[index] = own
      return own.interval
    }
    integerCells = cells
  }

  var legend: [LegendEntry] {
    let label = names.count > 1 ? "model (50 %, 90 %)" : "model"
    return (data == nil ? [] : [dataEntry]) + [LegendEntry(label, stroke: Self.samplesLine)]
  }

  private var dataEntry: LegendEntry {
    LegendEntry(
      "data", stroke: Stroke(Self.dataColor, width: 1), fill: Self.dataColor.opacity(0.3))
  }

  /// The densities of one column.
  func single(_ i: Int) -> Panel {
    let range = ranges[i]
    let (lower, upper) = (range.lowerBound, range.upperBound)
    let bins =
      integerCells[i]?.count
      ?? Histogram.bins(for: data?[i] ?? samples[i], from: lower, to: upper)
    var layers: [Layer] = []
    var highest = 0.0
    if let data {
      let histogram = Histogram(densityOf: data[i], from: lower, to: upper, bins: bins)
      highest = histogram.heights.max()!
      layers.append(
        .steps(
          histogram, Stroke(Self.dataColor, width: 1), fill: Self.dataColor.opacity(0.3)))
    }
    let histogram = Histogram(densityOf: samples[i], from: lower, to: upper, bins: bins)
    highest = max(highest, histogram.heights.max()!)
    layers.append(.steps(histogram, Self.samplesLine, fill: nil))
    let isAlone = names.count == 1
    return Panel(
      x: axis(i, isLabelled: i == names.count - 1),
      y: Axis(
        isAlone ? "density" : "", from: 0, to: 1.08 * highest, isLabelled: isAlone,
        hasTicks: isAlone), layers: layers)
  }

  /// The densities of a pair of columns.
  func pair(_ i: Int, _ j: Int) -> Panel {
    var layers: [Layer] = []
    let grid = smoothed(i, j)
    if let data {
      let counts = DensityGrid(
        countsOf: data[i], data[j], x: ranges[i], y: ranges[j],
        columns: integerCells[i]?.count ?? Self.cells,
        rows: integerCells[j]?.count ?? Self.cells)
      layers.append(
        .heat(counts, .shades(of: Self.dataColor), maximum: counts.values.max()!))
    } else {
      layers.append(.heat(grid, Self.samplesShades, maximum: grid.values.max()!))
    }
    // What lies beyond the axes belongs to no region.
    let levels = [0.9, 0.5].map(grid.level)
    // Between integers there is nothing that a line could be led through.
    let isOfIntegers = integerCells[i] != nil || integerCells[j] != nil
    layers.append(
      isOfIntegers
        ? .regions(grid, levels: levels, Self.samplesLine)
        : .contours(grid, levels: levels, Self.samplesLine))
    return Panel(
      x: axis(i, isLabelled: j == names.count - 1), y: axis(j, isLabelled: i == 0), layers: layers)
  }

  private func axis(_ i: Int, isLabelled: Bool) -> Axis {
    var axis = Axis(
      names[i], from: ranges[i].lowerBound, to: ranges[i].upperBound, isLabelled: isLabelled)
    axis.isOfIntegers = integerCells[i] != nil
    axis.label = axis.label(hiding: samples[i])
    return axis
  }

  /// Counts of samples, convolved with a normal density of half the width that D. Scott's rule (1992) has for two
  /// dimensions, n^(-1/6) deviations, so that narrow features stay; a cell at least where cells are not integers.
  private func smoothed(_ i: Int, _ j: Int) -> DensityGrid {
    let grid = DensityGrid(
      countsOf: samples[i], samples[j], x: ranges[i], y: ranges[j],
      columns: integerCells[i]?.count ?? Self.contourCells,
      rows: integerCells[j]?.count ?? Self.contourCells)
    func cells(_ index: Int) -> Double {
      let range = ranges[index]
      let inside = samples[index].filter(range.contains)
      let count = integerCells[index]?.count ?? Self.contourCells
      let cell = (range.upperBound - range.lowerBound) / Double(count)
      let least = integerCells[index] == nil ? 1.0 : 0
      return max(least, 0.5 * CornerChart.scottWidth(inside) / cell)
    }
    return grid.smoothed(horizontally: cells(i), vertically: cells(j))
  }

  private static func scottWidth(_ values: [Double]) -> Double {
    let count = Double(max(1, values.count))
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return variance.squareRoot() / UnaryFunction.cubeRoot.value(count.squareRoot())
  }
}
