import ArgumentParser
import Formats
import Learning

/// What a conditional model is given.
struct GivenOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Values of a model's given columns, as in u=26.7,g=25.9.", valueName: "column=value,…"))
  var given: String?

  @Option(
    help: ArgumentHelp("A table with the given columns: samples for each row.", valueName: "csv"))
  var givenData: String?

  func validate() throws {
    if given != nil, givenData != nil {
      throw ValidationError("--given and --given-data exclude each other.")
    }
  }

  /// Whether nothing is given.
  var isEmpty: Bool { given == nil && givenData == nil }

  /// `count` rows of what is given, or those of the table, each `count` times; nil for a joint density.
  func table(for model: ModelArgument, count: Int) throws -> Table? {
    let names = model.learned.givenColumns.names
    guard !names.isEmpty else {
      guard given == nil, givenData == nil else {
        throw CommandFailure.usage("\(model.path) is a joint density: nothing can be given")
      }
      return nil
    }
    let row = try givenData.map { try CSVReader(path: $0).readAll() } ?? row(names, model.path)
    return Table(
      columnNames: row.columnNames,
      values: (0..<row.rowCount).flatMap { number in
        (0..<count).flatMap { _ in Array(row.row(number)) }
      })
  }

  private func row(_ names: [String], _ path: String) throws -> Table {
    let example = names.map { "\($0)=…" }.joined(separator: ",")
    guard let given else {
      throw CommandFailure.usage(
        "\(path) is a density given \(names.joined(separator: ", "))",
        hint: "add --given \(example), or --given-data CSV")
    }
    var values: [String: Double] = [:]
    for part in given.split(separator: ",") {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, let value = Double(sides[1]), value.isFinite else {
        throw CommandFailure.usage("--given: '\(part)' is no column=number", hint: example)
      }
      values[String(sides[0])] = value
    }
    guard Set(values.keys) == Set(names) else {
      throw CommandFailure.usage(
        "--given has \(values.keys.sorted().joined(separator: ", "))", hint: "needed: \(example)")
    }
    return Table(columnNames: names, values: names.map { values[$0]! })
  }
}
