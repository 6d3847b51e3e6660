public import Symbolics

/// Why formulas cannot be evaluated numerically.
public enum EvaluationError: Error, Equatable, CustomStringConvertible {
  /// A formula contains a symbol that is none of the inputs: a parameter without a value.
  case unboundSymbol(Symbol)
  /// A formula is nested deeper, or compiles to more instructions, than the limit allows.
  case formulaTooLarge(limit: Int)
  /// Finite sums need more terms at one row than the limit allows.
  case tooManyTerms(limit: Int)
  /// A finite sum over this index has bounds that are no numbers, where gradients are wanted.
  case boundsNotConstant(Symbol)

  /// What is wrong and what to do, as one line.
  public var description: String {
    switch self {
    case .unboundSymbol(let symbol):
      "the formula needs a value for \(symbol); give it one with --set \(symbol)=…"
    case .formulaTooLarge(let limit):
      "the formula is too large to be compiled (limit \(limit))"
    case .tooManyTerms(let limit):
      "a finite sum has too many terms (limit \(limit))"
    case .boundsNotConstant(let index):
      "the bounds of the sum over \(index) must be numbers where gradients are wanted"
    }
  }
}
