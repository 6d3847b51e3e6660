import Exact

/// Equations that are polynomial in unknowns z, after multiplication by denominators: resultants
/// leave one unknown at a time.
public struct PolynomialSystem {
  private let equations: [Polynomial]
  private let kernels: [Expression]
  private let unknowns: [Int]

  /// The system u = 0 for every u of `equations`.
  ///
  /// - Returns: nil where an equation is not rational in `unknowns`, or too large.
  public init?(_ equations: [Expression], unknowns: [Symbol]) {
    let marked = equations.enumerated().map { $1 * .symbol("equation \($0)") }
    guard let table = KernelTable(of: .sum(marked), style: .asWritten) else { return nil }
    let kernels = table.kernels.map(\.expression)
    var positions: [Int] = []
    for unknown in unknowns {
      guard let position = kernels.firstIndex(of: Expression(unknown)) else { return nil }
      positions.append(position)
    }
    let others = kernels.indices.filter { !positions.contains($0) }
    guard !others.contains(where: { kernels[$0].containsAny(of: unknowns) }) else { return nil }
    var limits = PolynomialRing.Limits()
    limits.terms = 400
    limits.degree = 60
    limits.coefficientBits = 4096
    limits.eliminationProducts = 200_000
    limits.factorTerms = 200
    limits.factorDegree = 30
    let conversion = KernelConversion(
      table: table, ring: PolynomialRing(generatorCount: kernels.count, limits: limits))
    let numerators = equations.compactMap { try? conversion.function(of: $0).numerator }
    guard numerators.count == equations.count else { return nil }
    self.kernels = kernels
    self.equations = numerators
    self.unknowns = positions
  }

  /// Formulas for the unknown at this position: the roots of the factors of degree 1 and 2, and of degree 2
  /// in its square, of a polynomial that every solution of the system satisfies. The formula that is right, if any, is
  /// for the caller to find out.
  public func candidates(for unknown: Int) -> [Expression] {
    var system = equations
    for other in unknowns where other != unknowns[unknown] {
      guard let smaller = Self.eliminating(other, from: system) else { return [] }
      system = smaller
    }
    guard let last = system.first(where: { !$0.isZero }), let factors = try? last.factored().factors
    else { return [] }
    return factors.flatMap { roots(of: $0.base, in: unknowns[unknown]) }
  }

  /// Resultants of one equation with each of the others.
  private static func eliminating(_ index: Int, from system: [Polynomial]) -> [Polynomial]? {
    let moving = system.filter { $0.degree(in: index) > 0 }
    guard let pivot = moving.min(by: { $0.degree(in: index) < $1.degree(in: index) }) else {
      return system
    }
    var result = system.filter { $0.degree(in: index) == 0 }
    for other in moving where other != pivot {
      guard let resultant = try? pivot.resultant(other, in: index) else { return nil }
      result.append(resultant)
    }
    return result
  }

  private func roots(of polynomial: Polynomial, in index: Int) -> [Expression] {
    guard [1, 2, 4].contains(polynomial.degree(in: index)),
      let coefficients = try? polynomial.coefficients(in: index)
    else { return [] }
    let c = coefficients.map(expression)
    if c.count == 2 { return [-c[0] / c[1]] }
    if c.count == 3 { return Self.quadraticRoots(c) }
    guard c[1].isZero, c[3].isZero else { return [] }
    return Self.quadraticRoots([c[0], c[2], c[4]]).flatMap { [$0.squareRoot, -$0.squareRoot] }
  }

  private static func quadraticRoots(_ c: [Expression]) -> [Expression] {
    let root = (c[1].power(2) - 4 * c[0] * c[2]).squareRoot
    return [(-c[1] + root) / (2 * c[2]), (-c[1] - root) / (2 * c[2])]
  }

  private func expression(of polynomial: Polynomial) -> Expression {
    .sum(
      polynomial.terms.map { term in
        .product(
          [Expression(term.coefficient)]
            + zip(kernels, term.exponents).filter { $0.1 > 0 }
            .map { .power($0.0, Expression(Rational($0.1))) })
      })
  }
}
