import Flows
import Foundation
import Tensors
import Testing

struct Bend: ElementwiseTransform {
  let parameterCount = 1

  func forward(_ x: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    bent(x - parameters.reshaped(x.shape.count), slope: 2, shift: x.trace.constant(0))
  }

  func inverse(_ y: Tensor, _ parameters: Tensor) -> ElementwiseImage {
    bent(y, slope: 0.5, shift: parameters.reshaped(y.shape.count))
  }

  private func bent(_ x: Tensor, slope: Double, shift: Tensor) -> ElementwiseImage {
    let isAbove = x .> 0
    let scale = 1 + isAbove * (slope - 1)
    return ElementwiseImage(x * scale + shift, log(scale))
  }
}

struct Cubic: ElementwiseTransform {
  let parameterCount = 0
  func forward(_ x: Tensor, _ none: Tensor) -> ElementwiseImage {
    ElementwiseImage(x + x * square(x), log(1 + 3 * square(x)))
  }
  func inverse(_ y: Tensor, _ none: Tensor) -> ElementwiseImage {
    solved(y, none, between: Tensor.stacked([0 * y, y]).transposed)
  }
}

struct Funnel: Distribution {
  let features = 2
  let scale: any Distribution
  let unit: any Distribution
  var noise: NoiseCount { NoiseCount([scale.noise, unit.noise]) }

  func logDensity(_ x: Tensor, _ scope: Scope) -> Tensor {
    let (v, y) = (x.columns(0..<1), x.columns(1..<2))
    return scale.logDensity(v, scope.child("scale"))
      + unit.logDensity(y * exp(-0.5 * v), scope.child("unit")) - 0.5 * v.column(0)
  }

  func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    let parts = noise.split([scale.noise, unit.noise])
    let v = scale.sample(parts[0], scope.child("scale"))
    let w = unit.sample(parts[1], scope.child("unit"))
    return Tensor.concatenated([v, exp(0.5 * v) * w])
  }
}

/// A decreasing function from ℝ onto (-a, a), without a formula for its inverse.
struct Falling: ElementwiseTransform {
  let parameterCount = 0
  let height: Double
  var codomain: Interval { Interval(-height, height) }
  func forward(_ x: Tensor, _ none: Tensor) -> ElementwiseImage {
    let slope = log(height) - 2 * (abs(x) + log1p(exp(-2 * abs(x)))) + 2 * log(x.trace.constant(2))
    return ElementwiseImage(-height * x.map(.tanh), slope)
  }
  func inverse(_ y: Tensor, _ none: Tensor) -> ElementwiseImage {
    solved(y, none, between: Tensor.stacked([0 * y, -y]).transposed)
  }
}

/// What the article on new transforms says, with nothing but the public interface.
@Suite("A transform from outside of the module")
struct OwnTransformTests {
  @Test("is a layer of any flow")
  func layer() throws {
    let flow = Flow(
      base: StandardNormal(3),
      bijector: Chain([
        Autoregressive(Bend(), features: 3), Permutation.reverse(3), LULinear(features: 3),
      ]))
    var model = Model(flow, key: RandomKey(seed: 1))
    let samples = try model.samples(100, key: RandomKey(seed: 2))
    let losses = try model.fit(samples, Training(steps: 5), key: RandomKey(seed: 3))
    #expect(losses.allSatisfy { $0.isFinite })
    #expect(try model.logDensity(of: samples).allSatisfy { $0.isFinite })
  }

  @Test("has the density of its formula")
  func density() throws {
    let flow = Flow(base: StandardNormal(1), bijector: Elementwise(Bend(), features: 1))
    let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
    // At first a = 0: x = 3 comes from z = 1.5 with slope 2, x = -1 from z = -1 with slope 1.
    let found = try model.logDensity(of: Batch(features: 1, [3, -1]))
    let constant = 0.5 * UnaryFunction.logarithm.value(2 * Double.pi)
    let expected = [
      -1.125 - constant - UnaryFunction.logarithm.value(2), -0.5 - constant,
    ]
    for (a, b) in zip(found, expected) { #expect((a - b).magnitude <= 4 * b.magnitude.ulp) }
  }

  @Test("has a root for an inverse")
  func root() throws {
    let flow = Flow(base: StandardNormal(1), bijector: Elementwise(Cubic(), features: 1))
    let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
    // 0, 2, -10 and 1010 come from 0, 1, -2 and 10, with slopes 1 + 3z².
    let found = try model.logDensity(of: Batch(features: 1, [0, 2, -10, 1010]))
    for (a, z) in zip(found, [0.0, 1, -2, 10]) {
      let expected = -0.5 * (z * z + log(2 * Double.pi)) - log(1 + 3 * z * z)
      #expect((a - expected).magnitude <= 8 * expected.magnitude.ulp, "\(z)")
    }
  }

  @Test("of a decreasing function has roots where there are some", arguments: Precision.allCases)
  func decreasing(precision: Precision) throws {
    let flow = Flow(
      base: StandardNormal(1), bijector: Elementwise(Falling(height: 3), features: 1))
    let model = Model(flow, key: RandomKey(seed: 1), precision: precision)
    let map = try #require(FlowMap(model))
    let y = [0, 1.5, -2.75, 2.9375, -0.125]
    let found = try map.inverseAndLogDets(Batch(features: 1, y))
    let epsilon = precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne
    for (index, y) in y.enumerated() {
      let slope = 3 * (1 - y * y / 9)
      let unit = 16 * epsilon * (1 + 3 / slope)
      #expect((found.values.values[index] + atanh(y / 3)).magnitude <= unit, "\(precision) \(y)")
      #expect((found.logDets[index] + log(slope)).magnitude <= unit, "\(precision) \(y)")
    }
  }

  @Test("has no root where there is none", arguments: Precision.allCases)
  func noRoot(precision: Precision) throws {
    // Whoever says that the image is all of ℝ gets a sentence for what it is not.
    struct Boundless: ElementwiseTransform {
      let parameterCount = 0
      let falling = Falling(height: 3)
      func forward(_ x: Tensor, _ none: Tensor) -> ElementwiseImage { falling.forward(x, none) }
      func inverse(_ y: Tensor, _ none: Tensor) -> ElementwiseImage {
        solved(y, none, between: Tensor.stacked([0 * y, -y]).transposed)
      }
    }
    let flow = Flow(base: StandardNormal(1), bijector: Elementwise(Boundless(), features: 1))
    let model = Model(flow, key: RandomKey(seed: 1), precision: precision)
    let map = try #require(FlowMap(model))
    for y in [3.001, -3.001, 7, -1e6] {
      #expect(throws: FlowError.noImage(row: 1)) {
        _ = try map.inverse(Batch(features: 1, [1, y]))
      }
    }
  }

  @Test("a distribution made of parts has the density of its formula, and samples")
  func funnel() throws {
    let funnel = Funnel(scale: StandardNormal(1), unit: StandardNormal(1))
    let model = Model(funnel, key: RandomKey(seed: 1), precision: .double)
    let found = try model.logDensity(of: Batch(features: 2, [0.5, -1.25, -2, 0.75]))
    for (value, (v, y)) in zip(found, [(0.5, -1.25), (-2, 0.75)]) {
      let expected = -log(2 * Double.pi) - 0.5 * (v * v + y * y * exp(-v) + v)
      #expect((value - expected).magnitude <= 16 * expected.magnitude.ulp)
    }
    let samples = try model.samples(20_000, key: RandomKey(seed: 2)).values
    // y e^(-v/2) is a standard normal number: its square has mean 1 and variance 2.
    let mean =
      stride(from: 0, to: samples.count, by: 2)
      .reduce(0) { $0 + pow(samples[$1 + 1], 2) * exp(-samples[$1]) } / 20_000
    // Five standard deviations: 6 in 10⁷.
    #expect((mean - 1).magnitude < 5 * (2.0 / 20_000).squareRoot())
  }

  @Test("a map gives values and log-dets of both directions")
  func map() throws {
    let bijector = Elementwise(Cubic(), features: 2)
    let flow = Flow(base: StandardNormal(2), bijector: bijector)
    let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
    let map = try #require(FlowMap(model))
    let there = try map.forwardAndLogDets(Batch(features: 2, [1, -2]))
    #expect(there.values.values == [2, -10])
    #expect((there.logDets[0] - log(4 * 13.0)).magnitude <= 8 * Double.ulpOfOne)
    let back = try map.inverseAndLogDets(there.values)
    #expect(
      zip(back.values.values, [1, -2]).allSatisfy { ($0 - $1).magnitude <= 4 * $1.magnitude.ulp })
    #expect((back.logDets[0] + log(4 * 13.0)).magnitude <= 8 * log(4 * 13.0).ulp)
  }

  @Test("heavy tails are an option of splines")
  func heavyTails() throws {
    let spline = RationalQuadraticTransform(Spline(bins: 8, bound: 2, ends: .linear))
    let layer = Autoregressive(spline.heavyTailed.inverted, features: 3).inverted
    var model = Model(
      Flow(base: StandardNormal(3), bijector: layer).standardized, key: RandomKey(seed: 1))
    // Student's t with 3 degrees of freedom.
    let normals = RandomKey(seed: 4).normals(4 * 900)
    let data = Batch(
      features: 3,
      (0..<900).map { index in
        let squares = (1..<4).reduce(0) { $0 + pow(normals[4 * index + $1], 2) }
        return normals[4 * index] / (squares / 3).squareRoot()
      })
    let losses = try model.fit(data, Training(steps: 50), key: RandomKey(seed: 2))
    #expect(losses.last! < losses[0])
  }

  /// The difference of log-densities at 10⁹ and 10⁸ of a flow of one feature, as it begins.
  private func fall(_ flow: Flow) throws -> Double {
    let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
    let found = try model.logDensity(of: Batch(features: 1, [1e8, 1e9]))
    return found[1] - found[0]
  }

  @Test("heavy tails are an option of named flows of splines")
  func namedTails() throws {
    // p falls as |x|^-(1 + 1/t), t = 0.3 at first; what is added to x there is off by about 10⁻⁸.
    let expected = -(1 + 1 / 0.3) * log(10)
    let heavy = [
      Flow.splineCoupling(features: 1, bound: 2, tails: .heavy),
      Flow.splineAutoregressive(features: 1, bound: 2, tails: .heavy),
      Flow.triangular(features: 1, bound: 2, tails: .heavy),
    ]
    for flow in heavy { #expect(abs(try fall(flow) - expected) < 1e-6) }
    // Otherwise they are those of the base.
    let light = [
      Flow.splineCoupling(features: 1), Flow.splineCoupling(features: 1, tails: .linear),
      Flow.splineAutoregressive(features: 1), Flow.triangular(features: 1, tails: .identity),
      Flow.triangular(features: 1),
    ]
    for flow in light { #expect(abs(try fall(flow) + 0.5 * (1e18 - 1e16)) < 1e-9 * 1e18) }
  }

  @Test("heavy tails of named flows are learned in all features")
  func learnedTails() throws {
    let flow = Flow.splineAutoregressive(features: 3, bound: 2, tails: .heavy)
    let flows = [flow, Flow.splineCoupling(features: 3, layers: 3, bound: 2, tails: .heavy)]
    for flow in flows {
      let model = Model(flow, key: RandomKey(seed: 1), precision: .double)
      for feature in 0..<3 {
        let near = (0..<3).map { $0 == feature ? 1e3 : 0.0 }
        let found = try model.logDensity(of: Batch(features: 3, near + near.map { 10 * $0 }))
        // Of t above 0.05 in one feature; the others and the volume depend on it through networks, which are small at
        // first. A normal tail falls by 5 · 10⁷.
        #expect((-100..<0).contains(found[1] - found[0]), "feature \(feature): \(found)")
      }
    }
  }

  @Test("named flows take two lines")
  func twoLines() throws {
    let data = Batch(features: 2, RandomKey(seed: 4).normals(64))
    let context = Batch(features: 1, RandomKey(seed: 5).normals(32))
    func plain() throws -> Model {
      var model = Model(Flow.maf(features: 2), key: RandomKey(seed: 1))
      try model.fit(data, key: RandomKey(seed: 2))
      return model
    }
    func conditional() throws -> Model {
      var model = Model(Flow.realNVP(features: 2, context: 1), key: RandomKey(seed: 1))
      try model.fit(data, given: context, key: RandomKey(seed: 2))
      return model
    }
    #expect(try plain().logDensity(of: data).allSatisfy { $0.isFinite })
    #expect(try conditional().logDensity(of: data, given: context).allSatisfy { $0.isFinite })
  }
}
