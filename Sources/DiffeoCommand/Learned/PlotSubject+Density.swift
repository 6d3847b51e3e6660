import Formats
import Learning
import Plots
import Tensors

extension PlotSubject {
  /// Cells of a density map along each axis
  private static let cells = 240

  /// The density of one column as a curve, of two as colours.
  ///
  /// - Parameter given: one row of what is given; nil for a joint density.
  func density(given: Table?) throws -> Figure {
    if let given, given.rowCount != 1 {
      throw CommandFailure.usage(
        "--density draws one density, but --given-data has \(given.rowCount) rows",
        hint: "give the values of one with --given")
    }
    let columns = learned.columns.names
    switch columns.count {
    case 1: return try curve(given)
    case 2: return try map(given)
    default:
      throw CommandFailure.usage(
        "\(path) has \(columns.count) columns, but --density draws one or two",
        hint: "leave out --density: a corner plot shows the densities of all pairs")
    }
  }

  private func curve(_ given: Table?) throws -> Figure {
    let name = learned.columns.names[0]
    let solver = try PosteriorSolver(learned, column: name, pool: workers.all)
    let row = given ?? Table(columnNames: [name], values: [0])
    let posterior = try solver.posteriors(of: row)[0]
    // Data of other conditions would not be comparable.
    let shown = isConditional ? [] : try data.map { try column(name, of: $0) } ?? []
    guard let integers = posterior.integers else {
      let quantiles = Self.quantiles(of: posterior.curve)
      let axis = Axis(name, around: quantiles, margin: 0.05, within: bounds(name))
      return .densityCurve(
        Self.points(of: posterior.curve, axis), name: axis.label(hiding: quantiles), data: shown)
    }
    let ends = [0.0005, 0.9995].map(posterior.quantile)
    let cells = IntegerCells(around: ends, atMost: Self.cells)
    return .densityCurve(
      Self.steps(of: integers, cells), name: name, data: shown, bins: cells.count,
      ofIntegers: true)
  }

  /// Numbers that are spread as the density is.
  private static func quantiles(of density: DensityCurve) -> [Double] {
    (0..<2000).map { density.quantile((Double($0) + 0.5) / 2000) }
  }

  private static func points(of density: DensityCurve, _ axis: Axis) -> [Point] {
    (0...600).map { step -> Point in
      let x = axis.lower + (axis.upper - axis.lower) * Double(step) / 600
      // At the ends of an open interval there is no density.
      let isEnd = step == 0 || step == 600
      return Point(x, isEnd ? .nan : density.logDensity(at: x).exponential)
    }
  }

  /// The mean mass of the integers in each cell, as stairs.
  private static func steps(of integers: IntegerCurve, _ cells: IntegerCells) -> [Point] {
    (0..<cells.count).flatMap { index -> [Point] in
      let left = cells.lower + Double(index) * cells.width
      let mass = integers.probability(from: left + 0.5, through: left + cells.width - 0.5)
      return [left, left + cells.width].map { Point($0, mass / cells.width) }
    }
  }

  private func map(_ given: Table?) throws -> Figure {
    let columns = learned.columns.names
    let samples = try samples(given: given, count: 20_000, seed: 0)
    let axes = try columns.map { try mapAxis($0, column($0, of: samples)) }
    let (x, y) = (axes[0].axis.interval, axes[1].axis.interval)
    let (width, height) = (axes[0].cells, axes[1].cells)
    let grid = DensityGrid(
      x: x, y: y, columns: width, values: [Double](repeating: 0, count: width * height))
    let context = given.map { Array($0.row(0)) } ?? []
    let areIntegers = columns.map(isInteger)
    let rows = Table(
      columnNames: columns + (given?.columnNames ?? []),
      values: (0..<width * height).flatMap { index -> [Double] in
        let point = grid.center(index % width, index / width)
        // Masses are those of integers.
        return zip([point.x, point.y], areIntegers).map { $1 ? $0.rounded() : $0 } + context
      })
    let logs = try TableScorer(learned, pool: workers.all).logDensity(of: rows)
    let density = DensityGrid(
      x: x, y: y, columns: width, values: logs.map { $0.isNaN ? 0 : $0.exponential })
    let shown = isConditional ? nil : data
    let points = try shown.map { table in
      zip(try column(columns[0], of: table), try column(columns[1], of: table)).map(Point.init)
    }
    let names = try columns.indices.map {
      axes[$0].axis.label(hiding: try column(columns[$0], of: samples))
    }
    return .densityMap(
      density, names: (names[0], names[1]), integers: (areIntegers[0], areIntegers[1]),
      data: points ?? [])
  }

  /// What a density map shows of a column, and in how many cells.
  private func mapAxis(
    _ name: String, _ samples: [Double]
  ) -> (axis: Axis, cells: Int) {
    guard isInteger(name) else {
      let axis = Axis(name, around: samples, margin: 1.0 / 12, within: bounds(name))
      return (axis, Self.cells)
    }
    let cells = IntegerCells(around: samples, atMost: Self.cells)
    let interval = cells.interval
    return (Axis(name, from: interval.lowerBound, to: interval.upperBound), cells.count)
  }
}
