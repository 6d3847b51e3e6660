import Exact

/// Q(g₁, …, gₙ) modulo the relations among the kernels g: where normal forms are computed.
///
/// Kernels are found while formulas are read, so that a field serves one question. A formula's
/// element equals it at every point where the formula is defined and the assumptions hold; two
/// formulas with equal elements are therefore equal wherever both are defined. Different elements
/// prove nothing: the relations known here need not be all there are.
final class KernelField {
  /// What formulas are read for.
  enum Style {
    /// To decide equality: every function is written out by its definition as far as possible.
    case proof
    /// To be shown: functions stay as they are written.
    case display
  }

  let style: Style
  let ring: PolynomialRing
  let assumptions: Assumptions
  var kernels: [Kernel] = []
  var elements: [Expression: RationalFunction] = [:]
  var exponentials: [ExponentialKernel] = []
  var roots: [RootKernel] = []
  var circles: [CircleKernel] = []
  var lamberts: [LambertKernel] = []
  /// The products of pairs of roots, given by their generators, that are simpler; nil for the others.
  var rootProducts: [[Int]: RationalFunction?] = [:]
  var signGenerators: [Polynomial: Int] = [:]
  var logarithmGenerators: [Polynomial: Int] = [:]
  /// The formulas of the generators that were written already.
  var writtenGenerators: [Int: Expression] = [:]
  /// Signs of primitive polynomials, from facts and from formulas being defined.
  var knownSigns: [Polynomial: SignSet] = [:]
  /// Signs found by calculus, valid until another sign is learnt.
  var foundSigns: [Polynomial: SignSet] = [:]
  /// The rules used so far, in order of first use.
  private(set) var trace: [RewriteRule.Name] = []
  private var steps = 0

  /// The most kernels of one field.
  static let kernelLimit = 64
  /// The most formulas read and reductions made by one field.
  static let stepLimit = 4_000

  /// A field for reading the given formulas: their symbols come first, in natural order, so that
  /// leading terms are those that people write first.
  init(for formulas: [Expression], under assumptions: Assumptions, style: Style = .proof) {
    self.style = style
    var limits = PolynomialRing.Limits()
    limits.terms = 4_000
    limits.products = 400_000
    limits.factorTerms = 300
    limits.factorDegree = 40
    ring = PolynomialRing(generatorCount: Self.kernelLimit, limits: limits)
    self.assumptions = assumptions
    for symbol in Set(formulas.flatMap(\.freeSymbols)).sorted() {
      _ = try? readAtom(Expression(symbol))
    }
    learnFacts()
  }

  func use(_ rule: RewriteRule.Name) {
    if !trace.contains(rule) { trace.append(rule) }
  }

  func spendStep(on size: Int = 0) throws(ExactError) {
    steps += 1
    guard EffortLimit.spend(1 + size / 16), steps <= Self.stepLimit else {
      throw .tooLarge(limit: .work)
    }
  }

  /// A new generator.
  func add(_ meaning: Kernel.Meaning) throws(ExactError) -> Int {
    guard kernels.count < Self.kernelLimit else { throw .tooLarge(limit: .work) }
    kernels.append(Kernel(meaning))
    return kernels.count - 1
  }

  func element(_ generator: Int) -> RationalFunction { RationalFunction(ring.generator(generator)) }
  func constant(_ value: Rational) -> RationalFunction { RationalFunction(ring.constant(value)) }
  var zero: RationalFunction { constant(.zero) }
  var one: RationalFunction { constant(.one) }

  /// The generator if the element is one.
  func generator(of element: RationalFunction) -> Int? {
    element.asPolynomial.flatMap { generator(of: $0) }
  }

  func generator(of polynomial: Polynomial) -> Int? {
    guard polynomial.termCount == 1, polynomial.scale.isOne, polynomial.totalDegree == 1 else {
      return nil
    }
    return polynomial.terms[0].exponents.firstIndex(of: 1)
  }

  /// Whether the two are equal modulo the relations.
  func areEqual(_ a: RationalFunction, _ b: RationalFunction) throws(ExactError) -> Bool {
    if a == b { return true }
    return try isZero(a - b)
  }

  /// Whether the element is 0 modulo the relations.
  func isZero(_ a: RationalFunction) throws(ExactError) -> Bool {
    if a.isZero { return true }
    return try reduced(a.numerator).isZero
  }

  /// The first of `candidates` that equals the element modulo the relations.
  func firstIndex(of element: RationalFunction, in candidates: [RationalFunction])
    throws(ExactError) -> Int?
  {
    if let index = candidates.firstIndex(of: element) { return index }
    for (index, candidate) in candidates.enumerated() where try areEqual(candidate, element) {
      return index
    }
    return nil
  }
}
