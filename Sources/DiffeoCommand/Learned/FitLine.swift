import Learning

/// A report of a fit in one line that fits a terminal of 80 columns.
struct FitLine {
  private let state: FitProgress

  init(_ state: FitProgress) { self.state = state }

  /// `████░░░░░░ epoch 12.3  train 4.212  validation 4.190  rate 4.2e-03  35 s left`
  var text: String {
    // Draws from a target make no passes over a table.
    let place = state.passes > 0 ? "epoch \(state.passes.digits(1))" : "step \(state.step)"
    var parts = ["\(stage)\(bar) \(place)"]
    parts.append("train \(state.training.digits(3))")
    if let validation = state.validation { parts.append("validation \(validation.digits(3))") }
    parts.append("rate \(state.rate.scientific)")
    if let secondsLeft { parts.append("\(Self.duration(secondsLeft)) left") }
    return parts.joined(separator: "  ")
  }

  private var stage: String {
    switch state.stage {
    case .trial(let number, let count): "trial \(number)/\(count) "
    case .member(_, of: 1): ""
    case .member(let number, let count): "\(number)/\(count) "
    }
  }

  private var bar: String {
    let full = Int(10 * share)
    return String(repeating: "█", count: full) + String(repeating: "░", count: 10 - full)
  }

  /// The share of the steps that are done.
  private var share: Double {
    min(1, Double(state.step) / Double(max(1, state.plannedSteps)))
  }

  /// As long as the rest takes at the speed so far, other members included; nil during a search, whose flows differ
  /// in speed.
  private var secondsLeft: Double? {
    let whole = state.seconds / max(share, 1e-6)
    switch state.stage {
    case .trial: return nil
    case .member(let number, let count):
      return whole * Double(count - number + 1) - state.seconds
    }
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: "\(Int(seconds.rounded(.up))) s"
    case ..<6000: "\(Int((seconds / 60).rounded(.up))) min"
    default: "\((min(seconds, 1e9) / 3600).digits(1)) h"
    }
  }
}

extension Double {
  /// A positive number as in 4.2e-03.
  fileprivate var scientific: String {
    guard self > 0, isFinite else { return "0" }
    var (mantissa, exponent) = (self, 0)
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    while mantissa >= 9.95 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let sign = exponent < 0 ? "-" : "+"
    let zero = exponent.magnitude < 10 ? "0" : ""
    return "\(mantissa.digits(1))e\(sign)\(zero)\(exponent.magnitude)"
  }
}
