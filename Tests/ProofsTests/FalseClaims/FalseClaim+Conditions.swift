extension FalseClaim {
  /// Parameters just outside of the conditions of theorems.
  static let outsideOfConditions = [
    injective(
      "param s; z in R; x = z - s sin(z) in R", .turn("0", "1/25", "1"), at: ["s": "1001/1000"]),
    injective(
      "param p; z in R; x = z^3 + p z in R", .collision(["0"], ["sqrt(1/1000)"]),
      at: ["p": "-1/1000"]),
    injective(
      "param a, b; z in R; x = z^3 + a z^2 + b z in R", .turn("-3/2", "-6/5", "-4/5"),
      at: ["a": "3", "b": "29/10"]),
    injective(
      "param a; z in R; x = z exp(a z) in R", .turn("-2000", "-1000", "0"), at: ["a": "1/1000"]),
    injective(
      "param c in [-1, 1]; z in R; x = max(z, 0) + c min(z, 0) in R", .collision(["-1"], ["-2"]),
      at: ["c": "0"]),
    injective(
      "param c; z in R^2; x = (z1 + c tanh(z1 + z2), z2) in R^2", .signs(["5", "0"], ["0", "0"]),
      at: ["c": "-1001/1000"]),
    injective(
      "param a in (0, 2); z in R^2; x = (z1 + a tanh(z2), z2 + a tanh(z1)) in R^2",
      .signs(["3", "3"], ["0", "0"]), at: ["a": "3/2"]),
    injective(
      "param a > 0; param c; z in R^2; x = (z1 + c z1/(a + sqrt(z1^2 + z2^2)), z2 + c z2/(a + sqrt(z1^2 + z2^2))) in R^2",
      .collision(["0", "0"], ["1", "0"]), at: ["a": "1", "c": "-2"]),
    injective(
      "param A in R^(2x2); z in R^2; x = A z in R^2", .collision(["0", "0"], ["2", "-1"]),
      at: ["a11": "1", "a12": "2", "a21": "2", "a22": "4"]),
    injective(
      "param a, b, c; z in R^3; x = (z1 + a z2 + a^2 z3, z1 + b z2 + b^2 z3, z1 + c z2 + c^2 z3) in R^3",
      .collision(["0", "0", "0"], ["2", "-3", "1"]), at: ["a": "1", "b": "1", "c": "2"]),
    injective(
      "param k; z in (1, inf); x = (k z + 1)/(z - 1) in R", .collision(["2"], ["3"]),
      at: ["k": "-1"]),
    injective(
      "param a, b; z in R where z != 1; x = (a z + b)/(z - 1) in R", .collision(["2"], ["3"]),
      at: ["a": "2", "b": "-2"]),
    injective(
      "param k >= 0; z in R; x = z + sqrt(z^2 + k) in [0, inf)", .collision(["-1"], ["-2"]),
      at: ["k": "0"]),
    injective(
      "param d, s; z in R; x = sinh(d asinh(z) - s) in R", .collision(["0"], ["1"]),
      at: ["d": "0", "s": "1"]),
  ]

  /// Maps that miss a point, a half-line or more of what is claimed.
  static let ontoLess = [
    onto("z in R; x = exp(z) in R", misses: ["0"], outside: "x > 0"),
    onto("z in R; x = exp(z) in [0, inf)", misses: ["0"], outside: "x > 0"),
    onto("z in R; x = sigmoid(z) in [0, 1]", misses: ["1"], outside: "x < 1"),
    onto("z in R; x = tanh(z) in R", misses: ["1"], outside: "x < 1"),
    onto("z in R; x = z + sqrt(1 + z^2) in R", misses: ["0"], outside: "x > 0"),
    onto("z in R where z != -3; x = (2 z + 1)/(z + 3) in R", misses: ["2"], outside: "x != 2"),
    onto(
      "z in R; x = piecewise(z if z <= 0, z + 1/1000 otherwise) in R", misses: ["1/2000"],
      outside: "x <= 0 or x > 1/1000"),
    onto("z in (0, inf); x = 2 (sqrt(z) - 1) in R", misses: ["-2"], outside: "x > -2"),
    onto("z in (0, 1); x = z^2 in (0, 1]", misses: ["1"], outside: "x < 1"),
    onto(
      "z in [0, 2]^3; x = (z1, exp(z1) z2, cbrt(exp(-z1) z3 + z1^2)) in R^3",
      misses: ["-1", "2", "1"], outside: "x1 >= 0"),
    onto(
      "z in (0, 1)^2; x = (sqrt(-2 log(z1)) cos(2 pi z2), sqrt(-2 log(z1)) sin(2 pi z2)) in R^2",
      misses: ["1", "0"], outside: "x2 != 0 or x1 < 0"),
    onto(
      "z in (0, inf) x (-pi, pi); x = (z1 cos(z2), z1 sin(z2)) in R^2", misses: ["0", "0"],
      outside: "x2 != 0 or x1 > 0"),
    onto(
      "z in R^2; x = (z1, z2)/sqrt(2 + z1^2 + z2^2)/2 in R^2 where x1^2 + x2^2 < 1",
      misses: ["3/4", "0"], outside: "x1^2 + x2^2 < 1/4"),
    onto("z in R^2; x = (z1 + exp(z2), exp(z2)) in R^2", misses: ["0", "0"], outside: "x2 > 0"),
    onto(
      "z in R^2; x = (exp(z1) + z2, exp(z1) - z2) in R^2", misses: ["0", "0"],
      outside: "x1 + x2 > 0"),
    onto(
      "z in R^2; x = (z1, z2, z1^2 + z2^2) in R^3", misses: ["0", "0", "1"],
      outside: "x3 == x1^2 + x2^2"),
    onto("z in R; x = sum(k in 1..3, sigmoid(k z)) in R", misses: ["4"], outside: "x < 3"),
    onto(
      "param a; z in R; x = atan(z) + a z in R", misses: ["2"], outside: "x < pi/2", at: ["a": "0"]),
    onto(
      "z in R^3; x = (z1, z1 + exp(z2), z1 + exp(z2) + exp(z3)) in R^3", misses: ["0", "-1", "0"],
      outside: "x1 < x2"),
  ]
}
