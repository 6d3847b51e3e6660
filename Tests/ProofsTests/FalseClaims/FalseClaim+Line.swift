extension FalseClaim {
  /// Derivatives that cross 0, some of them barely.
  static let turningDerivatives = [
    injective("z in R; x = z^3 - z/1000 in R", .collision(["0"], ["sqrt(1/1000)"])),
    injective("z in R; x = z^3 + 2 z^2 + z in R", .collision(["0"], ["-1"])),
    injective("z in R; x = z^5 - 2 z^3 + z in R", .collision(["0"], ["1"])),
    injective("z in R; x = z^5/5 - 3/4 z^3 + z in R", .turn("0", "4/5", "5/4")),
    injective("z in R; x = 3 z^2 - 2 z^3 in R", .collision(["0"], ["3/2"])),
    injective("z in R; x = z - 2 tanh(z) in R", .turn("0", "1", "3")),
    injective("z in R; x = z + 2 exp(-z^2) in R", .turn("0", "1/4", "6/5")),
    injective("z in R; x = z - 101/100 atan(z) in R", .turn("-1/2", "-1/20", "1/20")),
    injective("z in R; x = z exp(z) in R", .collision(["-log(2)"], ["-2 log(2)"])),
    injective("z in R; x = z sigmoid(z) in R", .turn("-5", "-1", "0")),
    injective("z in R; x = z normcdf(z) in R", .turn("-3", "-3/4", "0")),
    injective("z in (0, inf); x = z log(z) in R", .collision(["1/2"], ["1/4"])),
    injective("z in R; x = z/(1 + z^2) in R", .collision(["2"], ["1/2"])),
    injective("z in [0, 1]; x = z (1001/1000 - z) in R", .collision(["1"], ["1/1000"])),
    injective("z in R; x = asinh(z) - z/2 in R", .turn("-2", "0", "20")),
  ]

  /// Small oscillations, kinks and flat pieces.
  static let almostInjective = [
    injective("z in R; x = z + 1001/1000 sin(z) in R", .turn("pi - 1/22", "pi + 1/22", "4")),
    injective("z in R; x = z - 1001/1000 sin(z) in R", .turn("0", "1/25", "1")),
    injective("z in R; x = 2 z + sin(2 z) + cos(z) in R", .turn("0", "1", "2")),
    injective("z in R; x = 1000 z + 1001 cos(z) in R", .turn("0", "pi/2 - 1/22", "pi/2 + 1/22")),
    injective("z in R; x = z + sin(z^2)/2 in R", .turn("1", "13/10", "2")),
    injective("z in R; x = max(z, 0) + min(z, -1) in R", .collision(["-1/2"], ["-1/4"])),
    injective("z in R; x = abs(z) - z/1000 in R", .turn("-1", "0", "1")),
    injective("z in R; x = z + abs(z) in R", .collision(["-1"], ["-2"])),
    injective(
      "z in R; x = piecewise(z if z < 0, z - 1/1000 otherwise) in R", .collision(["0"], ["-1/1000"])
    ),
    injective(
      "z in R; x = piecewise(z if z < 0, z/2 - 1 if z < 4, z otherwise) in R",
      .collision(["0"], ["-1"])),
    injective("z in R; x = asin(sin(z)) in R", .collision(["0"], ["pi"])),
    injective("z in R; x = sqrt(z^2) + z^3/1000 in R", .turn("-1", "0", "1")),
    injective("z in R; x = max(-1, min(1, z)) in [-1, 1]", .collision(["2"], ["3"])),
  ]

  /// A derivative of one sign on a set that is not connected.
  static let disconnected = [
    injective("z in R where z != 0; x = z - 1/z in R", .collision(["1"], ["-1"])),
    injective("z in R where z != 0; x = -1/z + z/1000 in R", .collision(["1"], ["-1000"])),
    injective("z in R where cos(z) != 0; x = tan(z) in R", .collision(["0"], ["pi"])),
    injective("z in R where z^2 != 1; x = z/(1 - z^2) in R", .collision(["2"], ["-1/2"])),
    injective(
      "z in R where z < 0 or z > 1; x = piecewise(z if z < 0, z - 3 otherwise) in R",
      .collision(["2"], ["-1"])),
    injective(
      "z in R^2 where z2 != 0; x = (z1, z2 - 1/z2) in R^2", .collision(["0", "1"], ["0", "-1"])),
    injective(
      "z in R^2 where z2 != 0; x = (z1 z2, z1/z2) in R^2", .collision(["1", "1"], ["-1", "-1"])),
    injective(
      "z in R^2 where z1 != z2; x = (z1 + z2, z1 z2) in R^2", .collision(["1", "2"], ["2", "1"])),
  ]
}
