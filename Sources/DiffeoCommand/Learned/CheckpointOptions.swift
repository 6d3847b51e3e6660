import ArgumentParser

/// How a fit outlives an interruption.
struct CheckpointOptions: ParsableArguments {
  @Flag(help: "Go on from the checkpoint of an interrupted fit; without one, begin.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "The time between checkpoints, as in 30s or 5m; 0 for none.", valueName: "time"))
  var checkpointEvery = "30s"

  private var seconds: Double {
    get throws { try TimeArgument.seconds(checkpointEvery, "--checkpoint-every", orNever: true) }
  }

  /// - Throws: where the time is none.
  func check() throws { _ = try seconds }

  /// The checkpoint beside a model; a model that is no file has none.
  func file(of model: String, isReplaceable: Bool) throws -> CheckpointFile {
    let seconds = try seconds
    guard isReplaceable || !resume else {
      throw CommandFailure.usage("--resume needs a model in a file; '\(model)' is none")
    }
    return CheckpointFile(of: model, every: isReplaceable ? seconds : 0)
  }
}

/// A time on the command line.
enum TimeArgument {
  /// The seconds in a text such as 60s, 5m or 1h.
  ///
  /// - Parameters:
  ///   - text: a number with a unit, or of seconds.
  ///   - option: what errors name.
  ///   - orNever: whether 0 is allowed.
  static func seconds(_ text: String, _ option: String, orNever: Bool = false) throws -> Double {
    let units: [(String, Double)] = [("s", 1), ("m", 60), ("h", 3600)]
    let unit = units.first { text.hasSuffix($0.0) }
    let number = unit == nil ? text : String(text.dropLast())
    // A year is longer than any fit.
    guard let value = Double(number), value > 0 || (orNever && value == 0),
      value * (unit?.1 ?? 1) <= 366 * 86_400
    else {
      throw CommandFailure.usage(
        "\(option): '\(text)' is no time", hint: "write seconds, minutes or hours: 60s, 5m, 1h")
    }
    return value * (unit?.1 ?? 1)
  }
}
