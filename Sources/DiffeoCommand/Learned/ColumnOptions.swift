import ArgumentParser
import Formats
import Learning

/// Which columns of a table are modelled, which are given, and what their values are.
struct ColumnOptions: ParsableArguments {
  @Option(
    name: .customLong("columns"),
    help: ArgumentHelp(
      "The columns to model; by default all that have no other use.", valueName: "a,b"))
  var modelled: String?

  @Option(
    help: ArgumentHelp(
      "Columns that the density is conditioned on; they may hold words.", valueName: "a,b"))
  var given: String?

  @Option(
    help: ArgumentHelp("Columns of positive numbers; samples are positive too.", valueName: "a,b"))
  var positive: String?

  @Option(
    name: .customLong("bounds"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      The open interval that a column lies in, as in share=0:1, or mass=0: and loss=:0 for one end; of \
      integers, the first and the last (repeatable).
      """,
      valueName: "column=a:b"))
  var bounds: [String] = []

  @Option(
    help: ArgumentHelp(
      "Columns of integers to be treated like other numbers.", valueName: "a,b"))
  var continuous: String?

  @Option(
    help: ArgumentHelp(
      "A column with the weight of each row, 0 or more.", valueName: "column"))
  var weights: String?

  @Option(
    name: .customLong("error"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      """
      A column with the deviations of the normal errors of another one, as in u=u_err: the density \
      of the true values is learned (repeatable).
      """,
      valueName: "column=deviation"))
  var errors: [String] = []

  @Option(
    help: ArgumentHelp(
      """
      Missing values (empty, NA, NaN): an error; drop such rows; or model them, as missing at random.
      """,
      valueName: "error|drop|model"))
  var missing: MissingValues = .error

  @Option(
    help: ArgumentHelp(
      "Hide this share of given values in training, so that any may be missing later.",
      valueName: "share"))
  var maskShare: Double = 0

  /// What is done about missing values.
  enum MissingValues: String, ExpressibleByArgument, CaseIterable {
    case error, drop, model
  }

  func validate() throws {
    guard (0..<1).contains(maskShare) else {
      throw ValidationError("--mask-share takes a number from 0 to less than 1, not \(maskShare).")
    }
    if maskShare > 0, given == nil {
      throw ValidationError("--mask-share hides given values: name some by --given.")
    }
  }

  /// How the table is read. Columns that are not named are looked at only where all are to be modelled.
  func tableOptions() throws -> CSVOptions {
    var options = CSVOptions()
    options.acceptsMissing = true
    let given = ColumnList.names(given)
    options.words = .found(in: Set(given))
    if modelled != nil {
      let used = ColumnList.names(modelled) + given + weightColumns
      options.columns = Set(used + (try errorColumns().values))
    }
    return options
  }

  /// The column of weights, if there is one.
  var weightColumns: [String] { weights.map { [$0] } ?? [] }

  /// The deviations' columns by the names of the columns with errors.
  func errorColumns() throws -> [String: String] {
    var columns: [String: String] = [:]
    for text in errors {
      guard let (name, deviation) = ColumnList.pair(text) else {
        throw CommandFailure.usage(
          "--error: '\(text)' is no pair of columns", hint: "write --error u=u_err")
      }
      guard columns.updateValue(deviation, forKey: name) == nil else {
        throw CommandFailure.usage("--error: column '\(name)' is there twice")
      }
    }
    return columns
  }

  /// The maps of the columns whose place is stated. Cells of integers reach half a unit beyond them.
  func maps(of table: Table, integers: Set<String>) throws -> [String: ColumnMap] {
    var maps: [String: ColumnMap] = [:]
    let positive = ColumnList.names(positive)
    try ColumnList.check(positive, of: table)
    for name in positive { maps[name] = .log(above: integers.contains(name) ? 0.5 : 0) }
    for text in bounds {
      let (name, ends) = try Self.interval(text)
      try ColumnList.check([name], of: table)
      let isOfIntegers = integers.contains(name)
      if isOfIntegers, !ends.hasIntegers {
        throw CommandFailure.usage(
          "--bounds: there is no integer in the interval of column '\(name)'",
          hint: "give the first and the last integer, or list the column in --continuous")
      }
      let map = isOfIntegers ? ends.mapOfCells : ends.map
      guard maps.updateValue(map, forKey: name) == nil else {
        throw CommandFailure.usage(
          "--bounds: where column '\(name)' lies is said twice", hint: "say it once")
      }
    }
    return maps
  }

  /// - Throws: where an option is not written as it should be, whatever the table is.
  func checkTexts() throws {
    _ = try errorColumns()
    for text in bounds { _ = try Self.interval(text) }
  }

  /// `name=a:b`, without one of the ends where there is none.
  private static func interval(_ text: String) throws -> (name: String, ends: IntervalEnds) {
    guard let equals = text.lastIndex(of: "="), equals > text.startIndex,
      let ends = IntervalEnds(text[text.index(after: equals)...])
    else {
      throw CommandFailure.usage(
        "--bounds: '\(text)' is no interval",
        hint:
          "write column=a:b with a < b, as in --bounds share=0:1, or mass=0: and loss=:0 for one end"
      )
    }
    return (String(text[..<equals]), ends)
  }
}
