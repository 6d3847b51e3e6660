import Formats
import Learning
import Plots
import Tensors

/// A model and rows, and the figures of them.
struct PlotSubject {
  private let learned: LearnedDistribution
  private let path: String
  private let data: Table?
  /// The columns that are shown, of those that are modelled.
  private let names: [String]
  private let workers: Workers

  /// Cells of a density map along each axis
  private static let cells = 240
  /// The most columns of a corner plot
  private static let mostColumns = 12

  init(_ model: ModelArgument, data: String?, columns: String?, workers: Workers) throws {
    learned = model.learned
    path = model.path
    self.workers = workers
    let options = learned.tableOptions
    self.data = try data.map { try TableReader(path: $0, options: options).readAll() }
    let all = learned.columns.names
    names = columns?.split(separator: ",").map(String.init) ?? all
    if let wrong = names.first(where: { !all.contains($0) }) {
      throw CommandFailure.usage(
        "\(path) does not model a column '\(wrong)'",
        hint: "it models \(all.joined(separator: ", "))")
    }
    guard Set(names).count == names.count, !names.isEmpty else {
      throw CommandFailure.usage("--columns names a column twice, or none")
    }
  }

  var isConditional: Bool { !learned.givenColumns.names.isEmpty }
  var hasData: Bool { data != nil }

  /// Histograms of columns and densities of pairs.
  ///
  /// - Parameter given: one row of what is given; nil for a joint density, and to take what the data have.
  func corner(given: Table?, count: Int, seed: UInt64) throws -> Figure {
    guard names.count <= Self.mostColumns else {
      throw CommandFailure.usage(
        "a corner plot of \(names.count) columns is too small to read",
        hint: "choose up to \(Self.mostColumns) with --columns")
    }
    let samples = try samples(given: given, count: count, seed: seed)
    let shown = try data.map { table in try names.map { try column($0, of: table) } }
    return .corner(
      names: names, data: given == nil ? shown : nil,
      samples: try names.map { try column($0, of: samples) })
  }

  private func samples(given: Table?, count: Int, seed: UInt64) throws -> Table {
    let key = RandomKey(seed: seed)
    guard isConditional, let rows = given ?? data else {
      return try learned.samples(count, key: key)
    }
    let context = Table(
      columnNames: rows.columnNames,
      values: (0..<count).flatMap { Array(rows.row($0 % rows.rowCount)) })
    return try learned.samples(count, key: key, given: context)
  }

  private func column(_ name: String, of table: Table) throws -> [Double] {
    guard let column = table.column(named: name) else {
      throw LearningError.missingColumn(name, found: table.columnNames)
    }
    return column
  }

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
    let density = try solver.posteriors(of: row)[0].curve
    let (lower, upper) = (density.quantile(0.0005), density.quantile(0.9995))
    let margin = 0.05 * (upper - lower)
    let points = (0...600).map { step -> Point in
      let x = lower - margin + (upper - lower + 2 * margin) * Double(step) / 600
      return Point(x, density.logDensity(at: x).exponential)
    }
    // Data of other conditions would not be comparable.
    let shown = isConditional ? [] : try data.map { try column(name, of: $0) } ?? []
    return .densityCurve(points, name: name, data: shown)
  }

  private func map(_ given: Table?) throws -> Figure {
    let columns = learned.columns.names
    let samples = try samples(given: given, count: 20_000, seed: 0)
    let ranges = columns.map { name in
      Axis(name, around: samples.column(named: name)!, margin: 1.0 / 12).interval
    }
    let cells = Self.cells
    let grid = DensityGrid(
      x: ranges[0], y: ranges[1], columns: cells,
      values: [Double](repeating: 0, count: cells * cells))
    let context = given.map { Array($0.row(0)) } ?? []
    let rows = Table(
      columnNames: columns + (given?.columnNames ?? []),
      values: (0..<cells * cells).flatMap { index -> [Double] in
        let point = grid.center(index % cells, index / cells)
        return [point.x, point.y] + context
      })
    let logs = try TableScorer(learned, pool: workers.all).logDensity(of: rows)
    let density = DensityGrid(
      x: ranges[0], y: ranges[1], columns: cells, values: logs.map { $0.isNaN ? 0 : $0.exponential }
    )
    let shown = isConditional ? nil : data
    let points = try shown.map { table in
      zip(try column(columns[0], of: table), try column(columns[1], of: table)).map(Point.init)
    }
    return .densityMap(density, names: (columns[0], columns[1]), data: points ?? [])
  }

  /// Whether the probabilities of each column are right on the data.
  func calibration(seed: UInt64) throws -> Figure {
    guard let data else { throw CommandFailure.usage("--calibration needs --data") }
    let all = try Calibration.columns(
      of: learned, on: data, key: RandomKey(seed: seed), pool: workers.all)
    let shown = all.filter { names.contains($0.column) && !$0.values.isEmpty }
    guard !shown.isEmpty else { throw CommandFailure.badData("no row has a value to compare") }
    return .calibration(
      shown.map { calibration in
        let distance = calibration.kolmogorovSmirnov.digits(4)
        return ("\(calibration.column): KS distance \(distance)", calibration.values)
      })
  }
}
