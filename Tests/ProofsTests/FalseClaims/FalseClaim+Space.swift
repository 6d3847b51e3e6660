extension FalseClaim {
  /// det Df > 0 everywhere, or on a domain with a hole or a slit.
  static let withoutProperness = [
    injective(
      "z in R^2; x = (exp(z1) cos(z2), exp(z1) sin(z2)) in R^2",
      .collision(["0", "0"], ["0", "2 pi"])),
    injective(
      "z in R^2; x = (exp(z1) cos(z2), exp(z1) sin(z2)) in R^2 where x1^2 + x2^2 > 0",
      .collision(["0", "0"], ["0", "2 pi"])),
    injective(
      "z in R x (-7/2, 7/2); x = (exp(z1) cos(z2), exp(z1) sin(z2)) in R^2",
      .collision(["0", "17/5"], ["0", "17/5 - 2 pi"])),
    injective(
      "z in R^2 where z1^2 + z2^2 > 0; x = (z1^2 - z2^2, 2 z1 z2) in R^2 where x1^2 + x2^2 > 0",
      .collision(["1", "0"], ["-1", "0"])),
    injective(
      "z in R^2 where z2 != 0 or z1 > 0; x = (z1^2 - z2^2, 2 z1 z2) in R^2",
      .collision(["0", "1"], ["0", "-1"])),
    injective(
      "z in R^2 where z2 != 0 or z1 > 0; x = (z1^3 - 3 z1 z2^2, 3 z1^2 z2 - z2^3) in R^2",
      .collision(["1", "0"], ["-1/2", "sqrt(3)/2"])),
    injective(
      "z in (0, inf) x (-4, 4); x = (z1 cos(z2), z1 sin(z2)) in R^2",
      .collision(["1", "pi"], ["1", "-pi"])),
    injective(
      "z in (0, inf) x [0, 2 pi]; x = (z1 cos(z2), z1 sin(z2)) in R^2",
      .collision(["1", "0"], ["1", "2 pi"])),
    injective(
      "z in (0, 1) x [0, 1]; x = (sqrt(-2 log(z1)) cos(2 pi z2), sqrt(-2 log(z1)) sin(2 pi z2)) in R^2",
      .collision(["1/2", "0"], ["1/2", "1"])),
    injective(
      "z in R^2; x = (exp(z1 + z2) cos(z1 - z2), exp(z1 + z2) sin(z1 - z2)) in R^2",
      .collision(["0", "0"], ["pi", "-pi"])),
    injective(
      "z in R^3; x = (exp(z1) cos(z2), exp(z1) sin(z2), z3) in R^3",
      .collision(["0", "0", "0"], ["0", "2 pi", "0"])),
    injective(
      "z in R^2; x = (sinh(z1) cos(z2), cosh(z1) sin(z2)) in R^2",
      .collision(["0", "0"], ["0", "pi"])),
    injective(
      "z in R^2; x = (\(pinchuk.f) + \(pinchuk.h), -\(pinchuk.t)^2 - 6 \(pinchuk.t) \(pinchuk.h) (\(pinchuk.h) + 1) - (\(pinchuk.rest))) in R^2",
      .collision(["1", "0"], ["-1", "-2"])),
  ]

  /// The map of Pinchuk (1994).
  static let pinchuk: (t: String, h: String, f: String, rest: String) = {
    let t = "(z1 z2 - 1)"
    let h = "(\(t) (z1 \(t) + 1))"
    let f = "((z1 \(t) + 1)^2 (\(t)^2 + z2))"
    return (
      t, h, f,
      "170 \(f) \(h) + 91 \(h)^2 + 195 \(f) \(h)^2 + 69 \(h)^3 + 75 \(f) \(h)^3 + 75/4 \(h)^4"
    )
  }()

  /// Triangular maps that collapse, folds, symmetric functions.
  static let severalUnknowns = [
    injective("z in R^2; x = (tanh(z1), z1 z2) in R^2", .collision(["0", "0"], ["0", "1"])),
    injective("z in R^2; x = (z1, z2 max(z1, 0)) in R^2", .collision(["-1", "0"], ["-1", "1"])),
    injective("z in R^2; x = (z1, z2 + tanh(z1 z2)) in R^2", .signs(["0", "0"], ["-2", "0"])),
    injective("z in R^2; x = (z1, z2^3 - z1^2 z2) in R^2", .collision(["1", "0"], ["1", "1"])),
    injective("z in R^2; x = (z1 + z2^3, z2 + z1^3) in R^2", .signs(["0", "0"], ["1", "1"])),
    injective(
      "z in R^2; x = (exp(z1) + z2, exp(z2) + z1) in R^2", .signs(["1", "1"], ["-1", "-1"])),
    injective(
      "z in R^2; x = (z1 + 101/100 tanh(z2), z2 + 101/100 tanh(z1)) in R^2",
      .signs(["2", "2"], ["0", "0"])),
    injective(
      "z in R^2; x = (z1 - 51/100 tanh(z1 + z2), z2 - 1/2 tanh(z1 + z2)) in R^2",
      .signs(["1", "1"], ["0", "0"])),
    injective("z in R^2; x = (z1 + 3 sin(z1 + z2), z2) in R^2", .signs(["0", "0"], ["pi", "0"])),
    injective(
      "z in R^2; x = (4 z1^3 + 13 z1 z2^2, 4 z2^3 + 13 z1^2 z2) in R^2",
      .signs(["1", "0"], ["1", "1"])),
    injective(
      "z in R^2; x = (z1, z2)(z1^2 + z2^2 - 1/1000) in R^2",
      .collision(["0", "0"], ["sqrt(1/1000)", "0"])),
    injective(
      "z in R^2; x = (2 z1/(1 + z1^2 + z2^2), 2 z2/(1 + z1^2 + z2^2)) in R^2",
      .collision(["2", "0"], ["1/2", "0"])),
    injective(
      "z in R^2 where z1 <= z2 + 1/1000; x = (z1 + z2, z1 z2) in R^2",
      .collision(["0", "1/1000"], ["1/1000", "0"])),
    injective("z in [0, 1]^2; x = (z1, z1 z2) in [0, 1]^2", .collision(["0", "0"], ["0", "1"])),
    injective(
      "z in R^3; x = (z1 + z2 + z3, z1 z2 + z2 z3 + z3 z1, z1 z2 z3) in R^3",
      .collision(["1", "2", "3"], ["3", "1", "2"])),
    injective(
      "z in R^3; x = (z1, z1 z2 + z3, z2 + z1 z3) in R^3",
      .collision(["1", "0", "0"], ["1", "1", "-1"])),
    injective(
      "z in R^3; x = (z1 + 2 tanh(z2), z2 + 2 tanh(z3), z3 - 2 tanh(z1)) in R^3",
      .signs(["3", "3", "3"], ["0", "0", "0"])),
    injective(
      "z in R^3; x = (z1 + z2^2, z2 + z3^2, z3 + z1^2) in R^3",
      .signs(["0", "0", "0"], ["-1", "-1", "-1"])),
    injective(
      "z in R^3; x = (z1 - 2/3 (z1 + z2), z2 - 1/3 (z1 + z2), z3 + z1) in R^3",
      .collision(["0", "0", "0"], ["2", "1", "-2"])),
    injective("z in R^3; x = (z1, z2) in R^2", .collision(["0", "0", "0"], ["0", "0", "1"])),
  ]
}
