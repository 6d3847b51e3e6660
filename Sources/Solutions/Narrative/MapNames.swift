import Symbolics

/// What a solution calls a map, its argument and its value: f, z and x; f2, h and x for the second
/// stage of a stack.
struct MapNames {
  /// f
  let map: Mathematics.Notation
  /// f⁻¹
  let inverse: Mathematics.Notation
  /// f′
  let derivative: Mathematics.Notation
  /// z, or (u, v) where the coordinates have no letter in common.
  let input: Mathematics.Notation
  /// x, likewise.
  let output: Mathematics.Notation
  private let inputArguments: Mathematics.Notation
  private let outputArguments: Mathematics.Notation
  private let isScalar: Bool

  /// The names for the map of `problem`; for a stage of a stack with its number, from 1.
  init(_ problem: Problem, stage: Int? = nil) {
    let letter = Mathematics.Notation(
      "f" + (stage.map { "\($0)" } ?? ""), latex: "f" + (stage.map { "_{\($0)}" } ?? ""))
    map = letter
    inverse = .init(letter.text + "^-1", latex: letter.latex + "^{-1}")
    derivative = .init(letter.text + "'", latex: letter.latex + "'")
    isScalar = problem.inputs.count == 1
    inputArguments = Self.arguments(problem.inputs)
    outputArguments = Self.arguments(problem.outputs)
    input = Self.point(problem.inputs, inputArguments)
    output = Self.point(problem.outputs, outputArguments)
  }

  /// f(z)
  var value: Mathematics { .application(map, [.notation(inputArguments)]) }
  /// f⁻¹(x)
  var inverseValue: Mathematics { .application(inverse, [.notation(outputArguments)]) }
  /// p1(z)
  var baseDensity: Mathematics { .application(.baseDensity, [.notation(inputArguments)]) }
  /// p2(x)
  var density: Mathematics { .application(.density, [.notation(outputArguments)]) }

  /// |det Df(z)|⁻¹
  var scale: Mathematics {
    .notation(
      .init(
        "|det Df(\(inputArguments.text))|^-1",
        latex: #"\lvert\det Df(\#(inputArguments.latex))\rvert^{-1}"#))
  }

  /// log|f'(z)|
  var logSlope: Mathematics {
    .notation(
      .init(
        "log|\(derivative.text)(\(inputArguments.text))|",
        latex: #"\log\lvert \#(derivative.latex)(\#(inputArguments.latex)) \rvert"#))
  }

  /// p1(z)/|det Df(z)|, or with f'(z) for one variable.
  var quotient: Mathematics.Notation {
    let slope =
      isScalar ? derivative : .determinant
    let (text, latex) = (inputArguments.text, inputArguments.latex)
    return .init(
      "p1(\(text))/|\(slope.text)(\(text))|",
      latex: #"p_1(\#(latex)) / \lvert \#(slope.latex)(\#(latex)) \rvert"#)
  }

  /// Σ over the z with f(z) = x of p1(z)/|det Df(z)|
  var sumOverFibre: Mathematics.Notation {
    let (z, arguments) = (input, inputArguments)
    return .init(
      "sum over all \(z.text) with \(map.text)(\(arguments.text)) = \(output.text) of "
        + "p1(\(arguments.text)) / |det Df(\(arguments.text))|",
      latex: #"\sum_{\#(z.latex) :\, \#(map.latex)(\#(arguments.latex)) = \#(output.latex)} "#
        + #"p_1(\#(arguments.latex)) \, \lvert\det Df(\#(arguments.latex))\rvert^{-1}"#)
  }

  /// The letter that coordinates numbered from 1 have in common, or all of them.
  private static func arguments(_ coordinates: [Symbol]) -> Mathematics.Notation {
    let stem = coordinates[0].stem
    if coordinates == coordinates.indices.map({ Symbol(stem, $0 + 1) }) {
      return .init(stem, latex: Expression(Symbol(stem)).latex)
    }
    return .init(
      coordinates.map(\.name).joined(separator: ", "),
      latex: coordinates.map { Expression($0).latex }.joined(separator: ", "))
  }

  private static func point(
    _ coordinates: [Symbol], _ arguments: Mathematics.Notation
  ) -> Mathematics.Notation {
    let isOne = !arguments.text.contains(",")
    return isOne ? arguments : .init("(\(arguments.text))", latex: "(\(arguments.latex))")
  }
}
