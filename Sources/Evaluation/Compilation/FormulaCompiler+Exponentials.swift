import Exact
import Symbolics
import Tensors

// Results that are numbers where exponentials on the way to them are not. Programs of values have exact arithmetic for such
// rows; programs with gradients, which may run in `Float`, have nothing but their formulas.

extension FormulaCompiler {
  /// log|Σ rᵢ e^vᵢ| = m + log|Σ rᵢ e^(vᵢ - m)| with the largest vᵢ as m, 0 for terms without an exponential.
  ///
  /// - Parameters:
  ///   - terms: rᵢ e^vᵢ
  ///   - isMagnitude: whether the sum may be negative.
  /// - Returns: nil without an exponential, or where exact arithmetic takes over.
  mutating func logarithm(
    ofSum terms: [Expression], isMagnitude: Bool
  ) throws(EvaluationError) -> Tensor? {
    guard purpose == .gradients, terms.contains(where: { exponentialParts($0) != nil }) else {
      return nil
    }
    var parts: [(factor: Tensor, exponent: Tensor)] = []
    for term in terms {
      let (factor, exponent) = exponentialParts(term) ?? (term, .zero)
      parts.append((try value(of: factor), try value(of: exponent)))
    }
    let largest = parts.dropFirst().reduce(parts[0].exponent) { max($0, $1.exponent) }
      .withoutGradient
    func total(_ parts: some Sequence<(factor: Tensor, exponent: Tensor)>) -> Tensor {
      parts.reduce(trace.constant(0)) { $0 + $1.factor * exp($1.exponent - largest) }
    }
    if terms[0].isOne, !isMagnitude {
      return largest + (expm1(-largest) + total(parts.dropFirst())).applying(.log1p, at: poles)
    }
    let sum = total(parts)
    return largest + (isMagnitude ? abs(sum) : sum).applying(.log, at: poles)
  }
}
