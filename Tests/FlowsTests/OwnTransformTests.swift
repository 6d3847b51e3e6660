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

  @Test(
    "code stands in the articles as it is compiled here", arguments: ["WriteYourOwn", "NamedFlows"])
  func article(name: String) throws {
    let here = URL(filePath: #filePath)
    let source = try String(contentsOf: here, encoding: .utf8)
    let article = try String(
      contentsOf: here.deletingLastPathComponent()
        .appending(path: "../../Sources/Flows/Flows.docc/\(name).md").standardizedFileURL,
      encoding: .utf8)
    let snippets = article.split(separator: "```swift\n").dropFirst()
      .map { $0.prefix(upTo: $0.firstRange(of: "```")!.lowerBound) }
    #expect(snippets.count >= 2)
    let lines = Set(source.split(separator: "\n").map { $0.drop { $0 == " " } })
    for line in snippets.joined().split(separator: "\n") {
      #expect(lines.contains(line.drop { $0 == " " }), "not compiled: \(line)")
    }
  }
}
