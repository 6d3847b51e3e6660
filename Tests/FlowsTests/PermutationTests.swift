import Tensors
import Testing

@testable import Flows

@Suite("Features as arrays, and where they lie")
struct PermutationTests {
  @Test("axes come in the order that is asked for")
  func axes() {
    let extents = [2, 3, 4]
    let found = Permutation.axes([2, 0, 1], of: extents)
    // x[k][i][j] = z[i][j][k]
    for k in 0..<4 {
      for i in 0..<2 {
        for j in 0..<3 { #expect(found.order[k * 6 + i * 3 + j] == i * 12 + j * 4 + k) }
      }
    }
    #expect(Permutation.axes([0, 1, 2], of: extents).order == Array(0..<24))
    #expect(Permutation.transpose(rows: 2, columns: 3).order == [0, 3, 1, 4, 2, 5])
  }

  @Test("columns that are mapped one by one are those of a stack")
  func columns() {
    let columns: [any Bijector] = (0..<4).map { _ in Elementwise(AffineTransform(), features: 3) }
    let turned = Permutation.transpose(rows: 3, columns: 4)
    let layer = Sandwich(turned, around: Concatenate(columns))
    let sandwich = Trial(layer)
    var parameters = Trial(Stack(columns)).parameters
    parameters.values = sandwich.parameters.values
    let stack = Trial(Stack(columns), parameters)
    let z = points(5 * 12, in: -2...2)
    #expect(sandwich.run(sandwich.program(.forward), z) == stack.run(stack.program(.forward), z))
  }

  private static let circle = Interval(-.pi, .pi)
  private static let spline = RationalQuadraticTransform(
    Spline(bins: 4, bound: .pi, ends: .circular))

  private static func turned(_ mask: [Bool]) -> any Bijector {
    Coupling(mask: mask, transform: spline, network: Perceptron(hidden: [4]))
  }

  @Test("circles stay circles through couplings and permutations")
  func circles() {
    let chain = Chain([
      Permutation([2, 0, 1]), Self.turned([true, false, false]), Identity(3),
      Self.turned([false, true, false]), Permutation.reverse(3),
    ])
    // The feature that nothing turns may lie anywhere: it is the last of z and the first of x.
    #expect(chain.unchanged == [1, nil, nil])
    #expect(chain.domain == [Self.circle, .line, Self.circle])
    #expect(chain.codomain == [.line, Self.circle, Self.circle])
    #expect(chain.inverted.domain == chain.codomain && chain.inverted.codomain == chain.domain)
    #expect(chain.inverted.unchanged == [nil, 0, nil])
    let flow = Flow(base: UniformBox.circle(3), bijector: chain)
    #expect(flow.support == Array(repeating: Self.circle, count: 3))
    let mixed = Independent([VonMises(1), StandardNormal(1), VonMises(1)])
    #expect(Flow(base: mixed, bijector: chain).support == chain.codomain)
  }

  @Test("parts side by side leave unchanged what each of them does")
  func sideBySide() {
    let parts: [any Bijector] = [Permutation.reverse(2), Self.turned([false, true])]
    #expect(Concatenate(parts).unchanged == [1, 0, 2, nil])
    #expect(Stack(parts).unchanged == [2, 1, 0, nil])
  }
}
