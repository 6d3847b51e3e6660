import CFlint

/// Where exact numbers live: the generators (√2, π, exp(1/3), …) met so far and the algebraic
/// relations between them, in Calcium (F. Johansson, ISSAC 2021).
///
/// A field grows with the numbers formed in it and is not thread-safe: one field per task. Effort is
/// limited, so that comparisons end: beyond the limits they answer "unknown", never wrongly.
public final class ExactField {
  let context: UnsafeMutablePointer<ca_ctx_struct>

  /// An empty field.
  ///
  /// - Parameter precisionLimit: how many bits comparisons work with at most.
  public init(precisionLimit: Int = 1024) {
    context = .allocate(capacity: 1)
    ca_ctx_init(context)
    let limits = [
      (CA_OPT_PREC_LIMIT, precisionLimit), (CA_OPT_QQBAR_DEG_LIMIT, 36), (CA_OPT_POW_LIMIT, 20),
      (CA_OPT_GROEBNER_LENGTH_LIMIT, 24), (CA_OPT_GROEBNER_POLY_LENGTH_LIMIT, 100),
      (CA_OPT_GROEBNER_POLY_BITS_LIMIT, 2000), (CA_OPT_VIETA_LIMIT, 5),
    ]
    for (option, value) in limits { ca_ctx_set_option(context, option, value) }
  }

  deinit {
    ca_ctx_clear(context)
    context.deallocate()
  }

  /// A rational number; unknown when longer than `Rational.bitLimit`.
  public func number(_ value: Rational) -> ExactNumber {
    ExactNumber(in: self) { result, context in
      value.withFraction { ca_set_fmpq(result, $0, context) }
    }
  }

  /// π.
  public var pi: ExactNumber { ExactNumber(in: self) { ca_pi($0, $1) } }

  /// Euler's number e = exp(1).
  public var e: ExactNumber { number(.one).exp() }
}

@available(*, unavailable)
extension ExactField: Sendable {}
