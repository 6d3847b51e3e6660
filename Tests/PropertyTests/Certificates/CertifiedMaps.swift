import Foundation

/// Maps whose certificates are of every kind.
enum CertifiedMaps {
  /// The corpus of maps.
  static let corpus = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Examples/corpus/invertibility.json")

  static let all = [
    // Inverses in closed form.
    "z in R^2; x = (2 z1, exp(z1) z2) in R^2",
    "z in R^3; h = (z1, exp(z1) z2, exp(-z1) z3); x = (h1, h2, cbrt(h3 + h1^2)) in R^3",
    "z in (0, inf); x = log(z) in R",
    "z in R; x = sinh(z) in R",
    "z in R^2 where z1 < z2; x = (z1, log(z2 - z1)) in R^2",
    "param a > 0, b; z in R; x = a z + b in R",
    // Injective, not onto.
    "z in R; x = exp(z) in R",
    "z in R^2; x = (z1 + z2^2, exp(z2)) in R^2",
    "z in R; x = (z, z^2) in R^2",
    // Monotone, without a closed form.
    "z in R; x = z + tanh(z) in R",
    "z in R^2; x = (z1^3 + z1 + z2, z2 + exp(z2)) in R^2",
    "z in (0, 1); x = z + z^5 in (0, 2)",
    // Affine.
    "z in R^2; x = (2 z1 + z2 + 1, z1 + z2) in R^2",
    "z in R^2; x = (z1 + 2 z2, 2 z1 + 4 z2) in R^2",
    "param a; z in R^2; x = (z1, a z2) in R^2",
    "param A in R^(2x2); z in R^2; x = A z in R^2",
    // Bijections by other theorems.
    "z in R^2; x = (z1 (z1^2 + z2^2), z2 (z1^2 + z2^2)) in R^2",
    "z in R^2; x = (4 z1^3 + 2 z1 z2^2, 4 z2^3 + 2 z1^2 z2) in R^2",
    "z in R^2; x = (z1 - tanh(z1 + z2)/2, z2 - tanh(z1 + z2)/2) in R^2",
    "z in R^2; x = (z2 - 2 atan(z1) - tanh(z1 + z2)/9, -z1 - 2 atan(z2) + sin(z1)/9) in R^2",
    // By a solver.
    "z in R^2; x = (z1 + max(z1 - z2, 0)/3, z2 + abs(z1)/4) in R^2",
    // Conditions on parameters, one inside another.
    "param a, b; z in R; x = a z^3 + b z in R",
    // A condition on a parameter.
    "param a; z in R; x = a z^3 in R",
    "param b; z in R^2; x = (z1, b z2^3) in R^2",
    // Refuted.
    "z in R; x = z^2 in R",
    "z in R; x = z^3 - 3 z in R",
    "z in R^2; x = (z1^2 z2, z2^3) in R^2",
    "z in R; x = sin(z) in R",
    "z in R; x = z + 2 sin(z) in R",
    "z in R^2; x = z1 + z2^3 in R",
    "z in R; x = z^2 in [0, inf)",
    "param c; z in R^2; x = (z1 + c z2, cosh(z2)) in R^2",
    // Ill-posed.
    "z in R; x = log(z) in R",
    "z in R; x = z^2 in (0, inf)",
    "param a; z in R; x = sqrt(a + z^2) in R",
    "z in R; h = z^2 in (1, inf); x = log(h) in R",
  ]
}
