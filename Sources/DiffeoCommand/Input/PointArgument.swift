import Symbolics

/// Points and numbers on the command line: exact constants such as `-1,2,1/3` or `(0, sqrt(2))`.
enum PointArgument {
  /// The point `text`, with as many coordinates as the problem has.
  ///
  /// - Parameters:
  ///   - text: numbers between commas, with or without parentheres around them.
  ///   - dimension: the number of coordinates.
  ///   - parameters: the parameters that the coordinates may contain.
  ///   - settings: those with a value, which is put in for them.
  static func point(
    _ text: String, dimension: Int, parameters: [Parameter], settings: [Symbol: Expression],
    for option: String
  ) throws -> [Expression] {
    let names = parameters.map(\.symbol) + settings.keys.sorted()
    let point = try Formula.parsePoint(text, names: .only(names), file: option)
      .map { $0.substituting(settings) }
    guard point.count == dimension else {
      throw CommandFailure.usage(
        "\(option): '\(text)' has \(point.count) coordinates instead of \(dimension)",
        hint: "separate the coordinates by commas, as in --at 0,1,1/3")
    }
    return point
  }
}
