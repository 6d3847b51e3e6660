import Exact
import Foundation
import Symbolics
import Testing

/// What the other properties rest on: the generated text and the values known by hand agree.
@Suite("Property generators")
struct GeneratorTests {
  @Test("Text and hand-derived values are one map", arguments: Iterations.seeds(40))
  func triangular(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 1)
    let map = TriangularMap.random(
      dimension: draw.integer(in: 1...8), halfLines: draw.flip(), using: &draw)
    let problem = try parsed(map.source())
    let point = map.point(using: &draw)
    let z = point.map(\.doubleValue)
    let values = Dictionary(uniqueKeysWithValues: zip(problem.inputs, point))
    for (formula, expected) in zip(problem.composedFormulas, map.values(at: z)) {
      let ball = formula.ball(at: values, precision: 256)
      let error = (ball.midpointDouble - expected.value).magnitude
      #expect(error <= 4 * expected.condition * Double.ulpOfOne, "\(map.source())")
    }
    let determinant = try #require(
      NumericJacobian.determinant(of: problem.composedFormulas, by: problem.inputs, at: point))
    let difference = log(determinant.magnitude) - map.logAbsDet(at: z)
    #expect(difference.magnitude < 1e-11, "\(map.source())")
  }

  @Test("Affine maps have the determinant they were built with", arguments: Iterations.seeds(20))
  func affine(seed: Int) throws {
    var draw = SplitMix64(seed: seed, stream: 2)
    let map = AffineMap.random(
      dimension: draw.integer(in: 1...8), isSingular: draw.flip(), using: &draw)
    let problem = try parsed(map.source)
    #expect(NumericJacobian.determinant(map.matrix) == map.determinant)
    let z = (0..<map.dimension).map { _ in draw.coefficient() }
    let values = Dictionary(
      uniqueKeysWithValues: zip(problem.inputs, z.map { Expression($0) }))
    let images = problem.composedFormulas.map { $0.substituting(values).rationalValue }
    #expect(images == map.values(at: z), "\(map.source)")
  }
}

/// The one problem of a text.
func parsed(_ source: String) throws -> Problem {
  try #require(try FlowParser.parse(source, file: "property.flow").first)
}
