import ArgumentParser
import Learning

/// How rows are ranked among a model's own samples.
struct QuantileOptions: ParsableArguments {
  @Flag(help: "Also the share of the model's samples that are less likely than each row.")
  var quantile = false

  @Option(
    help: ArgumentHelp(
      "The samples for --quantile: 20000 by default, for a conditional model 500 for each row.",
      valueName: "number"))
  var samples: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of these samples.", valueName: "number"))
  var seed: UInt64 = 0

  func validate() throws {
    if let samples, !(10...10_000_000).contains(samples) {
      throw ValidationError("--samples takes 10 to 10000000, not \(samples).")
    }
  }

  /// How many samples rows are ranked among; nil for no ranks.
  func samples(of model: ModelArgument) -> Int? {
    guard quantile else { return nil }
    return samples ?? (model.learned.givenColumns.count == 0 ? 20_000 : 500)
  }
}
