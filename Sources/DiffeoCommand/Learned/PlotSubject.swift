import Formats
import Learning
import Plots
import Tensors

/// A model and rows, and the figures of them.
struct PlotSubject {
  let learned: LearnedDistribution
  let path: String
  let data: Table?
  /// The columns that are shown, of those that are modelled.
  private let names: [String]
  let workers: Workers

  /// The most columns of a corner plot
  private static let mostColumns = 12

  init(_ model: ModelArgument, data: Table?, columns: String?, workers: Workers) throws {
    learned = model.learned
    path = model.path
    self.workers = workers
    self.data = data
    let all = learned.columns.names
    names = columns.map(ColumnList.names) ?? all
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
      samples: try names.map { try column($0, of: samples) },
      integers: Set(names.indices.filter { isInteger(names[$0]) }), bounds: names.map(bounds))
  }

  /// Where numbers of a column can lie.
  func bounds(_ name: String) -> ClosedRange<Double> {
    let columns = learned.columns
    let index = columns.names.firstIndex(of: name)!
    let (lower, upper) = columns.scalings[index].map.domain
    return lower...upper
  }

  /// Samples, given one row or, where there is none, what the data have.
  func samples(given: Table?, count: Int, seed: UInt64) throws -> Table {
    let key = RandomKey(seed: seed)
    guard isConditional, let rows = given ?? data else {
      return try learned.samples(count, key: key)
    }
    let context = rows.keeping((0..<count).map { $0 % rows.rowCount })
    return try learned.samples(count, key: key, given: context)
  }

  /// Whether a column holds integers.
  func isInteger(_ name: String) -> Bool {
    zip(learned.columns.names, learned.columns.kinds).contains { $0 == name && $1 == .integer }
  }

  func column(_ name: String, of table: Table) throws -> [Double] {
    guard let column = table.column(named: name) else {
      throw LearningError.missingColumn(name, found: table.columnNames)
    }
    return column
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
        let left = calibration.missing > 0 ? ", \(calibration.missing) without a value" : ""
        let rows = "\(calibration.values.count) rows\(left)"
        return ("\(calibration.column): KS distance \(distance), \(rows)", calibration.values)
      })
  }
}
