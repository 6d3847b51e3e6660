import CFlint

extension Ball {
  /// The error function 2/√π ∫₀ˣ exp(-t²) dt.
  public func erf(precision: Int) -> Ball {
    increasing(precision: precision) { arb_hypgeom_erf($0, $1, $2) }.clamped(from: -1, to: 1)
  }

  /// The inverse of erf, for -1 < x < 1; otherwise indeterminate.
  public func erfInverse(precision: Int) -> Ball {
    increasing(precision: precision) { arb_hypgeom_erfinv($0, $1, $2) }
  }

  /// The standard normal distribution function Φ(x) = erfc(-x/√2)/2.
  public func normalCDF(precision: Int) -> Ball {
    increasing(precision: precision) { result, point, bits in
      withTemporaryArb { root in
        arb_sqrt_ui(root, 2, bits + guardBits)
        arb_div(root, point, root, bits + guardBits)
        arb_neg(root, root)
        arb_hypgeom_erfc(result, root, bits)
        arb_mul_2exp_si(result, result, -1)
      }
    }.clamped(from: 0, to: 1)
  }

  /// The standard normal quantile function Φ⁻¹(p), for 0 < p < 1; otherwise indeterminate.
  ///
  /// √2·erf⁻¹(2p - 1), or -√2·erfc⁻¹(2p) in the lower quarter, where 2p - 1 would lose digits.
  public func normalQuantile(precision: Int) -> Ball {
    increasing(precision: precision) { result, point, bits in
      withTemporaryArb { argument in
        arb_mul_2exp_si(argument, point, 1)
        if ball_is_below_power_of_two(point, -2) != 0 {
          arb_hypgeom_erfcinv(result, argument, bits)
          arb_neg(result, result)
        } else {
          arb_sub_ui(argument, argument, 1, bits)
          arb_hypgeom_erfinv(result, argument, bits)
        }
        arb_sqrt_ui(argument, 2, bits)
        arb_mul(result, result, argument, bits)
      }
    }
  }

  /// The logistic function 1/(1 + exp(-x)).
  public func sigmoid(precision: Int) -> Ball {
    increasing(precision: precision) { result, point, bits in
      arb_neg(result, point)
      arb_exp(result, result, bits)
      arb_add_ui(result, result, 1, bits)
      arb_inv(result, result, bits)
    }.clamped(from: 0, to: 1)
  }

  /// log(1 + exp(x)).
  public func softplus(precision: Int) -> Ball {
    increasing(precision: precision) { result, point, bits in
      if arb_is_positive(point) == 1 {
        // x + log(1 + exp(-x)), so that exp does not overflow.
        arb_neg(result, point)
        arb_exp(result, result, bits)
        arb_log1p(result, result, bits)
        arb_add(result, result, point, bits)
      } else {
        arb_exp(result, point, bits)
        arb_log1p(result, result, bits)
      }
    }
  }

  /// The real branches of the inverse of w·exp(w).
  public enum LambertBranch: Sendable {
    /// W₀ ≥ -1, on x ≥ -1/e.
    case principal
    /// W₋₁ ≤ -1, on -1/e ≤ x < 0.
    case lower
  }

  /// Lambert's W(x), W·exp(W) = x; indeterminate outside the branch's domain, and possibly within
  /// one unit of the last place of its end -1/e.
  public func lambertW(_ branch: LambertBranch, precision: Int) -> Ball {
    switch branch {
    case .principal: increasing(precision: precision) { arb_lambertw($0, $1, 0, $2) }
    case .lower: decreasing(precision: precision) { arb_lambertw($0, $1, 1, $2) }
    }
  }
}
