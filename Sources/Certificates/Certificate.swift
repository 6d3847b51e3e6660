public import Symbolics

/// The evidence for a verdict, as data that `CertificateChecker` verifies without the prover.
public indirect enum Certificate: Sendable {
  /// f⁻¹ as formulas: f⁻¹ maps Y into X, f∘f⁻¹ = id on Y and f⁻¹∘f = id on X.
  /// Proves bijective X → Y, where Y is the codomain or `image`.
  case inverse(InverseEvidence)
  /// Every variable is determined in turn by one output, through maps that are bijections of an
  /// interval (strictly monotone with known limits); no closed form is needed.
  case triangular(TriangularEvidence)
  /// f(z) = A z + b: det A, with kernel vectors for the side where it vanishes.
  case affine(AffineEvidence)
  /// f keeps directions from a center and maps distances by a bijection of intervals.
  case radial(RadialEvidence)
  /// Df keeps to a class of matrices that makes f injective: definite, or P-matrices.
  case univalent(UnivalenceEvidence)
  /// No two points have one image, by an SMT solver: injective.
  case solver(SolverEvidence)
  /// f is a linear bijection of R^n and something that grows more slowly: with injective, onto.
  case coercive(CoercivityEvidence)
  /// det Df has one sign on R^n: with coercive, a diffeomorphism (Hadamard 1906, Caccioppoli 1932).
  case regular
  /// f as a stack of other maps, with a certificate for each of them.
  case factored(FactorEvidence)
  /// Two different points of X with one image: not injective.
  case collision(CollisionEvidence)
  /// det Df has opposite signs at two points of a connected open X: not injective.
  case determinantSigns(DeterminantSignEvidence)
  /// f is continuous from an open part of X into fewer dimensions: not injective (invariance of
  /// domain, Brouwer).
  case invarianceOfDomain
  /// A point of the codomain that is no value of f, with the reason.
  case missingPoint(MissingPointEvidence)
  /// The image of f, with preimages of all its points.
  case image(ImageEvidence)
  /// A parameter condition with one certificate for each side.
  case condition(Predicate, ifTrue: Certificate, ifFalse: Certificate)
  /// A certificate for each stage of a stack, in order.
  case stages([Certificate])
  /// Two claims, each with its own certificate (such as: injective by one, not onto by another).
  case both([Certificate])
  /// A formula is undefined, or leaves the codomain, at this point of the domain.
  case illPosed(IllPosedEvidence)
}

/// f⁻¹ and how it was found.
public struct InverseEvidence: Sendable {
  /// f⁻¹ in the outputs' symbols.
  public let inverse: [Expression]
  /// The order in which the unknowns were found, with the justification of every step.
  public let derivation: [EliminationStep]
  /// The set that f maps onto: the stated codomain, or the image inside it.
  public let image: Region

  /// `inverse` maps `image` onto the domain; `derivation` tells how it was found.
  public init(inverse: [Expression], derivation: [EliminationStep], image: Region) {
    self.inverse = inverse
    self.derivation = derivation
    self.image = image
  }
}

/// One step of solving x = f(z): output `output` determines `variable`.
public struct EliminationStep: Sendable {
  /// The output whose equation is used.
  public let output: Symbol
  /// The unknown that it determines.
  public let variable: Symbol
  /// The equation's right side: a formula in `variable`, the unknowns already found (by name) and
  /// outputs.
  public let equation: Expression
  /// The scalar map variable ↦ equation and why it is a bijection.
  public let map: ScalarBijection
  /// Whether the solution was put into the other equations because unknowns were left in it
  /// (elimination), instead of just being known from here on (triangular).
  public let isSubstituted: Bool
  /// `variable` in terms of the outputs alone, when every step up to here has a closed form.
  public var solution: Expression?

  /// `output` = `equation` determines `variable`, as `map` is a bijection.
  public init(
    output: Symbol, variable: Symbol, equation: Expression, map: ScalarBijection,
    isSubstituted: Bool, solution: Expression? = nil
  ) {
    self.output = output
    self.variable = variable
    self.equation = equation
    self.map = map
    self.isSubstituted = isSubstituted
    self.solution = solution
  }
}

/// One-dimensional steps whose derivatives keep one sign.
public struct TriangularEvidence: Sendable {
  /// One equation a variable, each using only what the earlier ones determine.
  public let equations: [SolvedEquation]
  /// How the equations were found to be solvable; empty where the evidence was read from a file.
  public let steps: [EliminationStep]
  /// The set that f maps onto.
  public let image: Region
  /// `steps` determine every variable, for each point of `image`.
  public init(steps: [EliminationStep], image: Region) {
    equations = steps.map {
      SolvedEquation(
        output: $0.output, variable: $0.variable, equation: $0.equation,
        isSubstituted: $0.isSubstituted)
    }
    self.steps = steps
    self.image = image
  }

  /// `equations` determine every variable, for each point of `image`.
  public init(equations: [SolvedEquation], image: Region) {
    self.equations = equations
    steps = []
    self.image = image
  }
}

/// `output` = `equation` determines `variable`.
public struct SolvedEquation: Sendable {
  /// The output whose equation is used.
  public let output: Symbol
  /// The unknown that it determines.
  public let variable: Symbol
  /// The equation's right side, as in ``EliminationStep/equation``.
  public let equation: Expression
  /// Whether the solution is put into the other equations.
  public let isSubstituted: Bool

  /// `output` = `equation` determines `variable`.
  public init(output: Symbol, variable: Symbol, equation: Expression, isSubstituted: Bool) {
    self.output = output
    self.variable = variable
    self.equation = equation
    self.isSubstituted = isSubstituted
  }
}

/// f(z) = A z + b.
public struct AffineEvidence: Sendable {
  /// A, row by row.
  public let matrix: [[Expression]]
  /// b, one entry a row.
  public let offset: [Expression]
  /// det A
  public let determinant: Expression
  /// For det A = 0: candidate vectors v with A v = 0, each with the condition under which it is
  /// nonzero and to be used (tried in order); nil where they are too large to be written out.
  public let kernel: [KernelVector]?
  /// A, b, det A and what spans the kernel where det A = 0.
  public init(
    matrix: [[Expression]], offset: [Expression], determinant: Expression, kernel: [KernelVector]?
  ) {
    self.matrix = matrix
    self.offset = offset
    self.determinant = determinant
    self.kernel = kernel
  }
}

/// A vector v with A v = 0 whenever det A = 0 (and every earlier candidate vanishes).
public struct KernelVector: Sendable {
  /// v, one entry a column of A.
  public let vector: [Expression]
  /// v ≠ 0, and the earlier candidates are all zero.
  public let condition: Predicate
  /// `vector`, to be used when `condition` holds.
  public init(_ vector: [Expression], when condition: Predicate) {
    self.vector = vector
    self.condition = condition
  }
}

/// f(a) = f(b), a ≠ b.
public struct CollisionEvidence: Sendable {
  /// a, one entry a coordinate of z.
  public let first: [Expression]
  /// b, one entry a coordinate of z.
  public let second: [Expression]
  /// f(a) = f(b), one entry an output.
  public let image: [Expression]
  /// Values of the parameters at which the collision happens (a function of free ones allowed).
  public let parameters: [Symbol: Expression]
  /// Why there was one to find: "f is even in z1", "z2 drops out where z1 = 0".
  public let reasons: [CollisionReason]
  /// `first` ≠ `second`, both mapped to `image` when the parameters have the given values.
  public init(
    first: [Expression], second: [Expression], image: [Expression],
    parameters: [Symbol: Expression] = [:], reasons: [CollisionReason] = []
  ) {
    self.first = first
    self.second = second
    self.image = image
    self.parameters = parameters
    self.reasons = reasons
  }
}

/// The structure behind a collision.
public enum CollisionReason: Sendable {
  /// f(T z) = f(z) for the map T, given by formulas in z.
  case symmetry([Expression], name: String)
  /// The whole set {constraint} × {variable free} has one image.
  case collapse(variable: Symbol, where: Predicate)
  /// A derivative (or determinant) of both signs.
  case turningPoint(Symbol)
  /// Found by solving f(a) = f(b).
  case equation
}

/// det Df(p) > 0 > det Df(q).
public struct DeterminantSignEvidence: Sendable {
  /// p, where the determinant is positive.
  public let positive: [Expression]
  /// q, where the determinant is negative.
  public let negative: [Expression]
  /// det Df, as a formula in z.
  public let determinant: Expression
  /// `determinant` is positive at `positive` and negative at `negative`.
  public init(positive: [Expression], negative: [Expression], determinant: Expression) {
    self.positive = positive
    self.negative = negative
    self.determinant = determinant
  }
}

/// x ∈ Y \ f(X).
public struct MissingPointEvidence: Sendable {
  /// x, one entry a coordinate.
  public let point: [Expression]
  /// A predicate on x that every value satisfies and `point` does not; nil when the fibre over
  /// `point` was enumerated completely and found empty.
  public let necessary: Predicate?
  /// Why f does not take the value, in words.
  public let reason: String
  /// f does not take the value `point`.
  public init(point: [Expression], necessary: Predicate?, reason: String) {
    self.point = point
    self.necessary = necessary
    self.reason = reason
  }
}

/// A point of the domain where the map is undefined or leaves a stated set.
public struct IllPosedEvidence: Sendable {
  /// What goes wrong at the point.
  public enum Cause: Sendable {
    /// An operation, as written, is not defined.
    case operation(String)
    /// The values of the stage at this position lie outside the set stated for them.
    case values(stage: Int)
  }

  /// The point, one entry a coordinate of z.
  public let witness: [Expression]
  /// The parameter values at which it happens.
  public let parameters: [Symbol: Expression]
  /// What fails there: `log(z1)` needs z1 > 0; or the set's condition on the stage's outputs.
  public let violated: Predicate
  /// What goes wrong there.
  public let cause: Cause
  /// The domain or codomain that would do, in words of the language.
  public let suggestion: String?
  /// `violated` fails at `witness`, because of `cause`.
  public init(
    witness: [Expression], parameters: [Symbol: Expression] = [:], violated: Predicate,
    cause: Cause, suggestion: String?
  ) {
    self.witness = witness
    self.parameters = parameters
    self.violated = violated
    self.cause = cause
    self.suggestion = suggestion
  }
}
