import CKernels
import Tensors
import Testing

@Suite("Functions of one number, against Arb")
struct UnaryAccuracyTests {
  static let cases = exponentialCases + trigonometricCases + specialCases

  @Test("no further from the true value than the bound, at every level", arguments: cases)
  func kernels(_ test: UnaryCase) {
    for format in Format.allCases {
      let points = test.samples(in: format)
      let truths = points.map { test.truth($0, in: format) }
      for level in Level.available {
        let values = level.apply(test.function, to: points, in: format)
        check(test, "\(format) at level \(level.name)", points, values, truths, in: format)
      }
    }
  }

  @Test("the definitions in Double keep the same bound", arguments: cases + definitionCases)
  func definitions(_ test: UnaryCase) {
    guard let function = UnaryFunction.all.first(where: { test.name == caseName($0) }) else {
      return
    }
    let points = test.samples(in: .double)
    let truths = points.map { test.truth($0, in: .double) }
    check(test, "definition", points, points.map(function.value), truths, in: .double)
  }

  private func check(
    _ test: UnaryCase, _ what: String, _ points: [Double], _ values: [Double], _ truths: [Truth],
    in format: Format
  ) {
    var worst = (error: 0.0, index: 0)
    for index in points.indices {
      var error = truths[index].error(of: values[index], in: format)
      if format == .double {
        error /= max(1, test.terms(points[index]) / values[index].magnitude)
      }
      if error > worst.error { worst = (error, index) }
    }
    let (x, y) = (points[worst.index], values[worst.index])
    #expect(
      worst.error <= test.bound,
      "\(test.name), \(what): \(worst.error) ulp at \(x), where it is \(y)")
  }
}
