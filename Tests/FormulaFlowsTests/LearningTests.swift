import Certificates
import FormulaFlows
import Foundation
import Proofs
import Symbolics
import Tensors
import Testing

@testable import Flows

@Suite("Learned parameters of formulas")
struct LearningTests {
  @Test("begin where they are told, inside of their intervals")
  func firstValues() throws {
    let text = "learn a; learn b > 2; learn c < -1; learn d in (0, 1); learn f > b; z in R"
    let map = "; x = a + (b + d + f - c) z in R"
    let free = try bijector(text + map)
    let names = ["a", "b", "c", "d", "f"].map { Symbol($0) }
    func values(_ bijector: FormulaBijector) throws -> [Double] {
      let found = try #require(bijector.values(in: Flow.standard(bijector).parameters))
      return names.map { found[$0]! }
    }
    for (a, b) in zip(try values(free), [0, 3, -2, 0.5, 4]) {
      #expect((a - b).magnitude <= 4 * b.magnitude.ulp)
    }
    let told = [-7, 2.001, -30, 0.999, 2.5]
    let set = try bijector(text + map, Dictionary(uniqueKeysWithValues: zip(names, told)))
    #expect(set.learned.map(\.firstValue) == told)
    for (a, b) in zip(try values(set), told) {
      // Distances from an end are lost to rounding of the parameter itself.
      #expect((a - b).magnitude <= 64 * b.magnitude.ulp)
    }
    #expect(set.values(in: Flow.standard(free).parameters, at: "bijector.1") == nil)
  }

  @Test("never leave their intervals, whatever the numbers behind them")
  func intervals() throws {
    let map = try bijector("learn s > 0; learn t in (1, 3); z in R; x = t sinh(s z) in R")
    var model = Flow.standard(map)
    for numbers in [[-30.0, -30], [0, 0], [500, 30]] {
      model.parameters.values = numbers
      let values = try #require(map.values(in: model.parameters))
      #expect(values[Symbol("s")]! > 0)
      #expect(values[Symbol("t")]! > 1 && values[Symbol("t")]! < 3)
    }
  }

  /// Data of the formula itself: the estimates are those of maximum likelihood.
  @Test("are found from data, and the fitted problem is one of numbers")
  func fit() throws {
    let map = try bijector("learn a; learn s > 0; z in R; x = a + s sinh(z) in R")
    let rows = 4000
    let data = RandomKey(seed: 9).normals(rows).map { -1.5 + 0.4 * UnaryFunction.sinh.value($0) }
    var model = Flow.standard(map, .float)
    try model.fit(
      Batch(features: 1, data), Training(steps: 1500, batch: 500, rate: 0.03),
      key: RandomKey(seed: 10))
    let found = try #require(map.values(in: model.parameters))
    // Fisher's information of a and of log s is above 1/s² and 1 for each row: five deviations.
    #expect((found[Symbol("a")]! + 1.5).magnitude <= 5 * 0.4 / Double(rows).squareRoot())
    #expect((found[Symbol("s")]! - 0.4).magnitude <= 5 * 0.4 / Double(rows).squareRoot())
    let fitted = try #require(map.fitted(in: model.parameters))
    #expect(fitted.parameters.isEmpty)
    #expect(Prover.verdict(for: fitted).kind == .bijective)
    let again = try FormulaBijector(fitted, verdict: Prover.verdict(for: fitted))
    let x = Batch(features: 1, Array(data.prefix(50)))
    let exact = try Flow.standard(again).logDensity(of: x)
    for (a, b) in zip(try model.logDensity(of: x), exact) {
      #expect((a - b).magnitude <= 1e-5 * max(1, b.magnitude))
    }
  }

  /// What the documentation shows.
  @Test("are learned together with those of other parts")
  func chain() throws {
    // Two clusters, seen through a skewing map.
    let noise = RandomKey(seed: 4).normals(2000)
    let values = noise.enumerated().map { row, number in
      0.5 + 0.8 * UnaryFunction.sinh.value(0.5 * number + (row.isMultiple(of: 2) ? 1 : -1))
    }
    let data = Batch(features: 1, values)
    // The article's lines.
    let text = "learn a; learn s > 0; z in R; x = a + s sinh(z) in R"
    let problem = try FlowParser.parse(text, file: "skew")[0]
    let skew = try FormulaBijector(problem, verdict: Prover.verdict(for: problem))
    let spline = Elementwise(RationalQuadraticTransform(Spline(bins: 8, bound: 3)), features: 1)
    var model = Model(
      Flow(base: StandardNormal(1), bijector: Chain([spline, skew])), key: RandomKey(seed: 1))
    try model.fit(data, key: RandomKey(seed: 2))
    let numbers = skew.values(in: model.parameters, at: "bijector.1")
    let fitted = skew.fitted(in: model.parameters, at: "bijector.1")
    // Up to here.
    #expect(numbers?.count == 2 && fitted?.parameters.isEmpty == true)
    let mean = try model.logDensity(of: data).reduce(0, +) / Double(data.rows)
    // The density that the data comes from, at its points.
    let truth = values.map { x -> Double in
      let u = (x - 0.5) / 0.8
      let (z, slope) = (UnaryFunction.asinh.value(u), (1 + u * u).squareRoot())
      let parts = [1.0, -1].map { exp(-2 * (z - $0) * (z - $0)) }
      return log((parts[0] + parts[1]) / (2 * Double.pi).squareRoot() / (0.8 * slope))
    }
    let best = truth.reduce(0, +) / Double(data.rows)
    #expect(mean > best - 0.05 && mean < best + 0.05, "\(mean) against \(best)")
  }

  @Test("stand in the article as they are compiled here")
  func article() throws {
    let here = URL(filePath: #filePath)
    let source = try String(contentsOf: here, encoding: .utf8)
    let article = try String(
      contentsOf: here.deletingLastPathComponent().appending(
        path: "../../Sources/FormulaFlows/FormulaFlows.docc/FormulaFlows.md"
      ).standardizedFileURL,
      encoding: .utf8)
    let snippets = article.split(separator: "```swift\n").dropFirst()
      .map { $0.prefix(upTo: $0.firstRange(of: "```")!.lowerBound) }
    #expect(snippets.count == 1)
    let lines = Set(source.split(separator: "\n").map { $0.drop { $0 == " " } })
    for line in snippets.joined().split(separator: "\n") {
      #expect(lines.contains(line.drop { $0 == " " }), "not compiled: \(line)")
    }
  }
}
