import Tensors
import Testing

@testable import Flows

@Suite("Gradients of flows")
struct GradientLawTests {
  private static let rows = 2

  /// The gradient of what a program calls `loss` against central differences of it.
  private func check(
    _ program: Program, _ exactInputs: [[Double]], _ exactParameters: ParameterSet, _ what: String
  ) {
    let inputs = exactInputs.map(Self.rounded)
    var parameters = exactParameters
    parameters.values = Self.rounded(parameters.values)
    let gradient = program.differentiated("loss", withRespectTo: program.inputs.map(\.name))
    let executor = Executor(
      CompiledProgram(gradient, precision: .double), pool: WorkerPool(count: 1))
    let plain = Executor(
      CompiledProgram(program, precision: .double), pool: WorkerPool(count: 1))
    func loss(_ inputs: [[Double]], _ values: [Double]) -> Double {
      plain.values(rows: Self.rows, inputs: inputs, parameters: values).outputs[0][0]
    }
    let found = executor.values(
      rows: Self.rows, inputs: inputs, parameters: parameters.values)
    checkFloat(gradient, executor, inputs, parameters, what)
    // Rounding of the inputs alone changes the loss by ε times its gradient.
    let size = found.outputs.joined().reduce(1) { max($0, $1.magnitude) }
    func compare(_ a: Double, _ what: String, at x: Double, _ f: (Double) -> Double) {
      let tolerance = FlowTolerance.difference * max(size, a.magnitude)
      let found = difference(at: x, within: tolerance, f)
      expect(found.error, 0, within: tolerance, "\(what), differences")
      expect(a, found.value, within: found.error + tolerance, what)
    }
    for (number, batch) in inputs.enumerated() {
      for index in batch.indices {
        compare(
          found.outputs[number + 1][index], "\(what), input \(number)[\(index)]",
          at: batch[index]
        ) { value in
          var moved = inputs
          moved[number][index] = value
          return loss(moved, parameters.values)
        }
      }
    }
    // No gradient reaches states.
    for index in parameters.trainedCount..<parameters.values.count {
      expect(found.gradients[index], 0, within: 0, "\(what), state \(index)")
    }
    for index in 0..<parameters.trainedCount {
      compare(
        found.gradients[index], "\(what), parameter \(index)", at: parameters.values[index]
      ) { value in
        var moved = parameters.values
        moved[index] = value
        return loss(inputs, moved)
      }
    }
  }

  /// The nearest numbers of `Float`, for which both formats compute the same.
  private static func rounded(_ numbers: [Double]) -> [Double] { numbers.map { Double(Float($0)) } }

  /// The gradients in `Float` against those in `Double`: off by no more units than ``FlowTolerance/units(of:)`` of their
  /// size and of what rounding of all inputs and parameters makes of them. For that these are moved by a few roundings,
  /// up or down at random: as roundings are, so that knots and kinks that are near enough count, too.
  private func checkFloat(
    _ gradient: Program, _ executor: Executor, _ inputs: [[Double]], _ parameters: ParameterSet,
    _ what: String
  ) {
    func all(_ executor: Executor, _ inputs: [[Double]], _ values: [Double]) -> [Double] {
      let found = executor.values(rows: Self.rows, inputs: inputs, parameters: values)
      return found.outputs.dropFirst().flatMap { $0 } + found.gradients
    }
    let exact = all(executor, inputs, parameters.values)
    let rounding = Double(8 * Float.ulpOfOne)
    let change = (0..<4).reduce(0.0) { largest, trial in
      var key = RandomKey(seed: 40 + UInt64(trial))
      func moved(_ numbers: [Double]) -> [Double] {
        key = key.split(0)
        return zip(numbers, key.uniforms(numbers.count)).map {
          $0 * (1 + ($1 < 0.5 ? -rounding : rounding))
        }
      }
      let found = all(executor, inputs.map(moved), moved(parameters.values))
      return zip(found, exact).reduce(largest) { max($0, ($1.0 - $1.1).magnitude / rounding) }
    }
    let size = exact.reduce(1) { max($0, $1.magnitude) }
    let single = Executor(
      CompiledProgram(gradient, precision: .float), pool: WorkerPool(count: 1))
    let units = FlowTolerance.units(of: [gradient])
    let tolerance = units * FlowTolerance.epsilon(.float) * (size + change)
    for (index, (a, b)) in zip(all(single, inputs, parameters.values), exact).enumerated() {
      expect(a, b, within: tolerance, "\(what), number \(index) in Float")
    }
  }

  /// Two central differences, extrapolated (Ridders 1982). What they differ by bounds the error. Where
  /// that is large, because a higher derivative is, as in the narrow bins of splines, or because a knot is
  /// near, steps are halved, and what extrapolations differ by is the error.
  private func difference(
    at x: Double, within tolerance: Double, _ f: (Double) -> Double
  ) -> (value: Double, error: Double) {
    func difference(_ step: Double) -> Double { (f(x + step) - f(x - step)) / (2 * step) }
    var step = FlowTolerance.step * max(1, x.magnitude)
    var (near, far) = (difference(step), difference(2 * step))
    var best = (value: (4 * near - far) / 3, error: (near - far).magnitude)
    var last = best.value
    for _ in 0..<FlowTolerance.halvings where best.error > tolerance {
      step /= 2
      (near, far) = (difference(step), near)
      let value = (4 * near - far) / 3
      if (value - last).magnitude < best.error { best = (value, (value - last).magnitude) }
      last = value
    }
    return best
  }

  @Test(
    "of bijectors agree with differences", arguments: Configuration.all, SplineDirection.allCases)
  func bijectors(configuration: Configuration, direction: SplineDirection) {
    let trial = configuration.trial
    let features = configuration.features
    var x = points(Self.rows * features, in: configuration.entry.range, seed: 16)
    if direction == .inverse { x = trial.run(trial.program(.forward), x)[0] }
    let program = trial.program(direction) { x, value, logDet in
      let weights = (0..<features).map { 1 + 0.3 * Double($0 % 4) }
      let weighted = (value * x.trace.constant(weights, [features])).total()
      return [("loss", (weighted + logDet).sumOverRows())]
    }
    check(
      program.keeping(["loss"]), [x] + trial.contexts(rows: Self.rows), trial.parameters,
      "\(configuration) \(direction)")
  }

  @Test(
    "of gradients of bijectors agree with differences",
    arguments: Configuration.all.filter { $0.features == 2 && $0.context == 0 },
    SplineDirection.allCases)
  func secondDerivatives(configuration: Configuration, direction: SplineDirection) {
    let trial = configuration.trial
    var x = points(Self.rows * 2, in: configuration.entry.range, seed: 18)
    if direction == .inverse { x = trial.run(trial.program(.forward), x)[0] }
    let program = trial.program(direction) { x, value, logDet in
      let weights = x.trace.constant([1, 1.3], [2])
      let loss = (value * weights).total() + logDet
      let slopes = loss.gradients(of: [x])[0] ?? x.zeros
      return [("loss", (slopes * weights).total().sumOverRows())]
    }
    check(
      program.keeping(["loss"]), [x], trial.parameters,
      "\(configuration) \(direction), second derivatives")
  }

  @Test("of log-densities agree with differences", arguments: ModelConfiguration.all)
  func distributions(configuration: ModelConfiguration) {
    let model = configuration.model(.double)
    let numbers = points(Self.rows * configuration.features, in: 0.05...0.95, seed: 17)
    let x = stride(from: 0, to: numbers.count, by: configuration.features).flatMap {
      configuration.entry.point(Array(numbers[$0..<$0 + configuration.features]))
    }
    check(
      model.densityProgram.keeping(["loss"]),
      [x] + configuration.contexts(rows: Self.rows), model.parameters, "\(configuration)")
  }
}

/// A distribution of the registry with its dimensions.
struct ModelConfiguration: Sendable, CustomStringConvertible {
  let entry: DistributionCase
  let features: Int
  let context: Int

  var description: String { "\(entry.name), D = \(features), C = \(context)" }

  /// A model whose parameters are far from the first ones.
  func model(_ precision: Precision) -> Model {
    var model = Model(
      entry.make(features, context)!, key: RandomKey(seed: 21), precision: precision)
    model.parameters = model.parameters.shaken(by: 0.25)
    return model
  }

  func contexts(rows: Int) -> [[Double]] {
    context == 0 ? [] : [RandomKey(seed: 8).uniforms(rows * context).map { 2 * $0 - 1 }]
  }

  /// The same context in every row; nil without context.
  func sameContext(rows: Int) -> Batch? {
    context == 0
      ? nil : Batch(features: context, (0..<rows * context).map { 0.5 - Double($0 % context) })
  }

  static let all: [ModelConfiguration] = Registry.distributions.flatMap { entry in
    [1, 2, 5, 8].flatMap { features in
      [0, 2].compactMap { context in
        entry.make(features, context).flatMap {
          $0.contextFeatures == context
            ? ModelConfiguration(entry: entry, features: features, context: context) : nil
        }
      }
    }
  }
}
