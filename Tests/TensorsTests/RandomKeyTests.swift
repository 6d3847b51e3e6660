import Testing

@testable import Tensors

@Suite("Random keys")
struct RandomKeyTests {
  private static let key = RandomKey(seed: 17)
  private static let count = 1000

  typealias Draw = @Sendable (_ count: Int, _ first: Int) -> [Double]

  static let draws: [Draw] = [
    { key.uniforms($0, first: $1) }, { key.normals($0, first: $1) },
    { key.exponentials($0, first: $1) }, { key.logistics($0, first: $1) },
    { key.laplaces($0, first: $1) },
    { key.students($0, first: $1, degreesOfFreedom: 2.5) },
  ]

  @Test("an element is the same in whatever portion it is drawn", arguments: draws.indices)
  func portions(number: Int) {
    let draw = Self.draws[number]
    let all = draw(Self.count, 0)
    #expect(all.count == Self.count)
    for (first, count) in [(0, 1), (1, 1), (3, 64), (257, 100), (999, 1), (500, 0)] {
      #expect(draw(count, first) == Array(all[first..<first + count]))
    }
  }

  @Test("each number is the stated function of uniform ones, evaluated in another way")
  func definitions() {
    let f = UnaryFunction.self
    let (u, count) = (Self.key.uniforms(Self.count), Self.count)
    let first = Self.key.split(0).uniforms(count)
    let second = Self.key.split(1).uniforms(count)
    let nu = 2.5
    let expected: [([Double], [Double])] = [
      (Self.key.exponentials(count), u.map { -f.logarithm.value($0) }),
      (Self.key.logistics(count), u.map { 2 * f.atanh.value(2 * $0 - 1) }),
      (
        Self.key.laplaces(count),
        u.map { $0 < 0.5 ? f.logarithm.value(2 * $0) : -f.logarithm.value(2 - 2 * $0) }
      ),
      (
        Self.key.students(count, degreesOfFreedom: nu),
        zip(first, second).map {
          let power = f.exponential.value(-2 / nu * f.logarithm.value($0))
          return (nu * (power - 1)).squareRoot() * f.cosine.value(2 * Double.pi * $1)
        }
      ),
    ]
    for (found, value) in expected {
      // Where the other form cancels it is the worse one: near the centre, by its distance from it.
      #expect(zip(found, value).allSatisfy { ($0 - $1).magnitude <= 1e-13 * max(1, $1.magnitude) })
    }
  }

  @Test("split keys differ from each other and from their origin")
  func splits() {
    let keys = [Self.key] + (0..<100).map { Self.key.split($0) }
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys.map { $0.uniforms(1)[0] }).count == keys.count)
  }
}
