import Foundation
import Tensors
import Testing

@testable import Flows

@Suite("Misuse")
struct MisuseTests {
  private static let model = Model(
    Flow.realNVP(features: 2, layers: 1, network: Perceptron(hidden: [4])),
    key: RandomKey(seed: 1))

  private func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test("bad data is answered with a sentence that has both numbers")
  func data() {
    #expect(
      message { _ = try Self.model.logDensity(of: Batch(features: 3, [1, 2, 3])) }
        == "the data has 3 columns, but the model needs 2")
    #expect(
      message { _ = try Self.model.logDensity(of: Batch(features: 2, [1, 2, 3, .nan])) }
        == "the data holds nan in row 1, column 1, counted from 0; "
        + "remove such rows or replace the number")
    let context = Batch(features: 1, [1])
    #expect(
      message { _ = try Self.model.logDensity(of: Batch(features: 2, [1, 2]), given: context) }
        == "the model takes no context, but some was given")
    #expect(
      message {
        var model = Self.model
        try model.fit(Batch(features: 2, []), key: RandomKey(seed: 1))
      } == "there are no rows to learn from")
    #expect(
      message {
        let flow = Flow(
          base: StandardNormal(1), bijector: Elementwise(SigmoidTransform(), features: 1))
        var model = Model(flow, key: RandomKey(seed: 1))
        try model.fit(Batch(features: 1, [0.5, 1.5]), key: RandomKey(seed: 1))
      } == "the data holds 1.5 in row 1, column 0, counted from 0, but the model's values there "
        + "lie in (0.0, 1.0)")
  }

  @Test("rows one by one are those that lie one after the other")
  func rows() {
    #expect(Batch(rows: [[1, 2], [3, 4], [5, 6]]) == Batch(features: 2, [1, 2, 3, 4, 5, 6]))
  }

  @Test("bad weights are answered with a sentence that has the row")
  func weights() {
    func message(_ weights: [Double]) -> String {
      self.message {
        _ = try TrainingRun(
          Self.model, Batch(features: 2, [1, 2, 3, 4]), weights: weights, Training(),
          key: RandomKey(seed: 1))
      }
    }
    let rest = "weights must not be negative, and finite in the model's number format"
    #expect(message([1, -0.5]) == "the weight of row 1, counted from 0, is -0.5; \(rest)")
    #expect(message([.nan, 1]) == "the weight of row 0, counted from 0, is nan; \(rest)")
    #expect(message([0, 0]) == "there are no rows to learn from")
  }

  @Test("rows that no point leads to are refused before training, and nothing changes")
  func unreachable() {
    var model = Model(
      Flow(base: StandardNormal(2), bijector: Chain([ActNorm(2), Simplex(2)])),
      key: RandomKey(seed: 1))
    let before = model.parameters
    #expect(
      message {
        try model.fit(Batch(features: 2, [0.2, 0.3, 0.6, 0.7]), key: RandomKey(seed: 1))
      }
        == "row 1 of the data, counted from 0, has density 0 under the model's first parameters: no "
        + "point leads to it, or it lies so far out that numbers overflow; scale the data, or remove "
        + "such rows")
    #expect(model.parameters == before)
  }

  @Test("a context that does not fit is answered with a sentence")
  func context() {
    let model = Model(Flow.diagonalNormal(features: 1, context: 2), key: RandomKey(seed: 1))
    let x = Batch(features: 1, [1, 2])
    #expect(
      message { _ = try model.logDensity(of: x) }
        == "the model needs a context of 2 columns, but none was given")
    #expect(
      message { _ = try model.logDensity(of: x, given: Batch(features: 2, [1, 2])) }
        == "the context has 1 rows for 2 rows of data")
  }

  @Test("a map refuses points that it is not defined on, and those to which none leads")
  func map() throws {
    func map(_ bijector: any Bijector) -> FlowMap {
      let flow = Flow(base: UniformBox(Array(repeating: .unit, count: 2)), bijector: bijector)
      return FlowMap(Model(flow, key: RandomKey(seed: 1)))!
    }
    let sides =
      "the data holds 2.0 in row 1, column 0, counted from 0, but the model's values there lie in"
    let bad = Batch(features: 2, [0.5, 0.25, 2, 0.5])
    let logit = map(Elementwise(SigmoidTransform.logit, features: 2))
    #expect(message { _ = try logit.forward(bad) } == "\(sides) (0.0, 1.0)")
    let unit = map(Elementwise(SigmoidTransform(), features: 2))
    #expect(message { _ = try unit.inverse(bad) } == "\(sides) (0.0, 1.0)")
    let exponential = map(Elementwise(ExponentialTransform(), features: 2))
    #expect(
      message { _ = try exponential.inverse(Batch(features: 2, [1, -1])) }
        == "the data holds -1.0 in row 0, column 1, counted from 0, but the model's values there "
        + "lie in (0.0, inf)")
    let circle = map(Elementwise(CircularShiftTransform(), features: 2))
    #expect(
      message { _ = try circle.forward(Batch(features: 2, [1, 10])) }.contains("10.0 in row 0"))
    #expect(
      message { _ = try map(Simplex(2)).inverse(Batch(features: 2, [0.2, 0.3, 0.6, 0.7])) }
        == "row 1 of the data, counted from 0, has no image: it lies outside of the set on which "
        + "the map is defined, or so far out that numbers overflow")
  }

  @Test("kept parameters that do not fit are refused, and nothing changes")
  func restore() {
    var parameters = Self.model.parameters
    var arrays = parameters.arrays
    let last = arrays.removeLast()
    #expect(message { try parameters.restore(arrays) } == "the parameter '\(last.name)' is missing")
    arrays.append(NamedArray(name: last.name, dims: [7], values: Array(repeating: 0, count: 7)))
    #expect(
      message { try parameters.restore(arrays) }
        == "parameter '\(last.name)' has extents [7], but the model needs \(last.dims)")
    arrays[arrays.count - 1] = NamedArray(name: "other", dims: [], values: [0])
    #expect(message { try parameters.restore(arrays) } == "the model has no parameter 'other'")
    arrays[arrays.count - 1] = arrays[0]
    #expect(
      message { try parameters.restore(arrays) }
        == "the parameter '\(arrays[0].name)' is given twice; keep one array for each")
    arrays[arrays.count - 1] = NamedArray(
      name: last.name, dims: last.dims, values: last.values.dropLast() + [.nan])
    #expect(
      message { try parameters.restore(arrays) }
        == "parameter '\(last.name)' holds nan at place \(last.values.count - 1), counted from 0; "
        + "its values must be finite in the model's number format")
    #expect(parameters == Self.model.parameters)
  }

  @Test("a number that is none is found in any column of data and context")
  func notFinite() {
    let model = Model(Flow.diagonalNormal(features: 3, context: 2), key: RandomKey(seed: 1))
    let (x, context) = (Batch(features: 3, [1, 2, 3, 4, 5, 6]), Batch(features: 2, [1, 2, 3, 4]))
    for (bad, name) in [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")] {
      for place in 0..<6 {
        var values = x.values
        values[place] = bad
        let expected =
          "the data holds \(name) in row \(place / 3), column \(place % 3), counted from 0; "
          + "remove such rows or replace the number"
        let data = Batch(features: 3, values)
        #expect(message { _ = try model.logDensity(of: data, given: context) } == expected)
        #expect(
          message {
            var model = model
            try model.fit(data, given: context, key: RandomKey(seed: 1))
          } == expected)
      }
      for place in 0..<4 {
        var values = context.values
        values[place] = bad
        let expected =
          "the context holds \(name) in row \(place / 2), column \(place % 2), counted from 0; "
          + "remove such rows or replace the number"
        let given = Batch(features: 2, values)
        #expect(message { _ = try model.logDensity(of: x, given: given) } == expected)
        #expect(
          message { _ = try model.samples(2, key: RandomKey(seed: 1), given: given) } == expected)
      }
    }
  }

  @Test("numbers that Float does not hold are refused with row and column, and taken in Double")
  func beyondFloat() throws {
    let (flow, key) = (Flow.diagonalNormal(features: 2, context: 1), RandomKey(seed: 1))
    let model = Model(flow, key: key)
    let (x, given) = (Batch(features: 2, [1, 2, 1e39, 4]), Batch(features: 1, [1, -4e38]))
    let rest =
      "counted from 0, which is beyond the numbers of Float, up to 3.4028235e+38; scale the data, or make the model "
      + "with the precision .double"
    let data = "the data holds 1e+39 in row 1, column 0, \(rest)"
    let context = "the context holds -4e+38 in row 1, column 0, \(rest)"
    let (small, ones) = (Batch(features: 2, [1, 2, 3, 4]), Batch(features: 1, [1, 1]))
    #expect(message { _ = try model.logDensity(of: x, given: ones) } == data)
    #expect(message { _ = try FlowMap(model)!.inverse(x, given: ones) } == data)
    #expect(
      message {
        var model = model
        try model.fit(x, given: ones, key: key)
      } == data)
    #expect(message { _ = try model.logDensity(of: small, given: given) } == context)
    #expect(message { _ = try model.samples(2, key: key, given: given) } == context)
    #expect(
      message {
        let plain = Model(Flow.diagonalNormal(features: 2), key: key)
        _ = try TrainingRun(plain, small, weights: [1, 1e39], Training(), key: key)
      }
        == "the weight of row 1, counted from 0, is 1e+39; weights must not be negative, and finite in the model's "
        + "number format")
    let exact = try Model(flow, key: key, precision: .double).logDensity(of: x, given: given)
    let areFinite = exact.allSatisfy(\.isFinite)
    #expect(areFinite)
  }

  /// Parts that do not fit, with what is said before the program stops.
  private static let misfits: [(name: String, says: String, make: @Sendable () -> Void)] = [
    (
      "base outside of the domain",
      "feature 0 of the base lies in (-inf, inf), but the bijector is defined on (0.0, inf)",
      {
        _ = Flow(
          base: StandardNormal(2),
          bijector: Elementwise(ExponentialTransform.logarithm, features: 2))
      }
    ),
    (
      "circle of another size",
      "feature 0 of the base lies in (-3.141592653589793, 3.141592653589793), but the bijector is "
        + "defined on (-3.0, 3.0)",
      {
        let spline = RationalQuadraticTransform(Spline(bins: 4, bound: 3, ends: .circular))
        _ = Flow(base: UniformBox.circle(1), bijector: Elementwise(spline, features: 1))
      }
    ),
    (
      "base of another width", "a base of 2 features for a bijector of 3",
      { _ = Flow(base: StandardNormal(2), bijector: Identity(3)) }
    ),
    (
      "chain of different widths", "part 0 has 2 features, part 1 has 3",
      { _ = Chain([Identity(2), Identity(3)]) }
    ),
    (
      "chain out of a domain",
      "part 0 leads into (-inf, inf) in feature 0, but part 1 is defined on (0.0, 1.0)",
      {
        _ = Chain([
          Elementwise(AffineTransform(), features: 1),
          Elementwise(SigmoidTransform.logit, features: 1),
        ])
      }
    ),
    (
      "base outside of what follows unchanged features",
      "feature 1 of the base lies in (-inf, inf), but the bijector is defined on (0.0, 1.0)",
      {
        let logit = Elementwise(SigmoidTransform.logit, features: 1)
        _ = Flow(
          base: StandardNormal(2),
          bijector: Chain([Permutation.reverse(2), Concatenate([logit, Identity(1)])]))
      }
    ),
    (
      "contexts of different widths", "parts with contexts of [1, 2] features cannot share one",
      {
        _ = Chain(
          [1, 2].map { Conditional(AffineTransform(), features: 1, context: $0) })
      }
    ),
    (
      "stack of different widths", "stack: parts of [1, 2] features",
      { _ = Stack([Identity(1), Identity(2)]) }
    ),
    (
      "mixture of different widths", "mixture: components of [1, 2] features",
      { _ = Mixture([StandardNormal(1), StandardNormal(2)]) }
    ),
    (
      "ensemble of different widths", "ensemble: members of [1, 2] features",
      { _ = Ensemble([StandardNormal(1), StandardNormal(2)]) }
    ),
    (
      "sandwich of different widths", "an outer part of 1 features, an inner one of 2",
      { _ = Sandwich(Identity(1), around: Identity(2)) }
    ),
    (
      "no rows of a table", "5 values are no rows of 2",
      { _ = Batch(features: 2, [1, 2, 3, 4, 5]) }
    ),
    (
      "rows of different lengths", "row 0 has 2 values, but row 2 has 3",
      { _ = Batch(rows: [[1, 2], [3, 4], [5, 6, 7]]) }
    ),
    (
      "tails on a circle", "a spline on a circle has no tails",
      { _ = RationalQuadraticTransform(Spline(bound: .pi, ends: .circular)).heavyTailed }
    ),
    (
      "no steps", "at least one step of one row expected, got 0 of 256", { _ = Training(steps: 0) }
    ),
    ("no rate", "a step of length nan is not in [0, ∞)", { _ = Training(rate: .nan) }),
    (
      "a negative number of layers", "at least one layer expected, got -1",
      { _ = Flow.realNVP(features: 2, layers: -1) }
    ),
    (
      "no layers of an autoregressive flow", "at least one layer expected, got 0",
      { _ = Flow.maf(features: 2, layers: 0) }
    ),
    ("no features", "at least one feature expected, got 0", { _ = StandardNormal(0) }),
    (
      "a negative number of features", "at least one feature expected, got -1",
      { _ = Flow.glow(features: -1) }
    ),
    (
      "a negative number to reverse", "at least one feature expected, got -3",
      { _ = Permutation.reverse(-3) }
    ),
    (
      "a negative context", "chain: contexts of [-1, 0] features; 0 is for none",
      { _ = Flow.realNVP(features: 2, context: -1, layers: 1) }
    ),
    (
      "a negative context of a base", "GaussianMixture: contexts of [-2] features; 0 is for none",
      { _ = Model(GaussianMixture(1, components: 2, context: -2), key: RandomKey(seed: 1)) }
    ),
    (
      "a spline on all numbers", "a bound of inf is not in (0, ∞)",
      { _ = Flow.triangular(features: 1, bound: .infinity) }
    ),
    (
      "a polynomial on all numbers", "a bound of inf is not in (0, ∞)",
      { _ = BernsteinTransform(bound: .infinity) }
    ),
    (
      "a spline on a negative interval", "a bound of -1.0 is not in (0, ∞)",
      { _ = Spline(bins: 4, bound: -1) }
    ),
    (
      "a circle of a negative length", "a bound of -1.0 is not in (0, ∞)",
      { _ = CircularShiftTransform(bound: -1) }
    ),
    (
      "scales without a bound", "a bound of inf on log-scales",
      { _ = AffineTransform(maximumLogScale: .infinity) }
    ),
    (
      "tensors of different extents", "the extents of",
      {
        let trace = Trace()
        _ = trace.input("a", features: 2) + trace.input("b", features: 3)
      }
    ),
  ]

  @Test("parts that do not fit stop with both numbers", arguments: misfits.indices)
  func misfit(number: Int) async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { [number = number as Int] in
      Self.misfits[number].make()
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    let misfit = Self.misfits[number]
    #expect(text.contains(misfit.says), "\(misfit.name): \(text)")
  }
}
