public import Evaluation
public import Symbolics

/// Why a problem has no density that can be stated.
public enum DensityError: Error, Equatable, CustomStringConvertible {
  /// The problem has no line `z ~ …`.
  case noBase
  /// The map does not keep the dimension.
  case dimensions(domain: Int, codomain: Int)
  /// A formula of the map is undefined somewhere on the domain, or leaves the codomain.
  case illPosed
  /// The base distribution is none.
  case distribution(DistributionError)
  /// The base has mass outside of the map's domain.
  case mass(MassOutsideDomain)
  /// A point has another number of coordinates than the space it should lie in.
  case pointDimension(found: Int, expected: Int)
  /// A point to push forward is not shown to lie in the domain.
  case outsideDomain([Expression])
  /// Not every preimage is known, with the reason: then nothing is said of the density.
  case incomplete(String)
  /// det Df = 0 around this point, where the base has mass: that mass lands on a null set.
  case singular([Expression])
  /// The formulas cannot be evaluated numerically.
  case evaluation(EvaluationError)

  /// What is wrong and what to do, as one line.
  public var description: String {
    switch self {
    case .noBase: "there is no base distribution; add a line such as `z ~ normal(0, I)`"
    case .dimensions(let n, let m):
      n < m
        ? "the image of R^\(n) is a null set of R^\(m): x has no density in R^\(m)"
        : "the map goes from R^\(n) to R^\(m): preimages are no isolated points, "
          + "and the change of variables gives no density in R^\(m)"
    case .illPosed:
      "the map is not defined on its whole domain, or leaves its codomain; "
        + "`diffeo prove` shows where"
    case .distribution(let error): error.description
    case .mass(let error): error.description
    case .pointDimension(let found, let expected):
      "the point has \(found) coordinates; \(expected) are needed"
    case .outsideDomain(let point):
      "(\(point.map(\.text).joined(separator: ", "))) is not known to lie in the domain"
    case .incomplete(let reason): "not all preimages are known: \(reason)"
    case .singular(let point):
      "det Df(z) = 0 at and around z = (\(point.map(\.text).joined(separator: ", "))): "
        + "with positive probability x lies on a null set, so it has no density"
    case .evaluation(let error): error.description
    }
  }
}
