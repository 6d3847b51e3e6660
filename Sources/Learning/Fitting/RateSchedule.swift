import Flows

/// How long steps are: rising at first, then falling along half a cosine (Loshchilov and Hutter 2017).
///
/// The place in the schedule is a number p from 0 to 1. How many steps are left may be corrected on the way,
/// where a time budget decides: each step goes 1/(steps left) of the rest.
struct RateSchedule: Hashable, Codable {
  /// p
  private(set) var progress = 0.0
  /// How many steps are left, this one included.
  var stepsLeft: Int
  private let warmUp: Double

  init(steps: Int, warmUp: Double) {
    stepsLeft = steps
    self.warmUp = warmUp
  }

  /// The share of the longest step.
  var factor: Double {
    if progress < warmUp { return (progress + 1e-3) / (warmUp + 1e-3) }
    return Training.cosineDecay((progress - warmUp) / (1 - warmUp))
  }

  var isFinished: Bool { stepsLeft <= 0 }

  mutating func advance() {
    progress += (1 - progress) / Double(stepsLeft)
    stepsLeft -= 1
  }

  /// Whether it can be one for this warm-up, which a file that was tampered with need not be.
  func isSound(warmUp expected: Double) -> Bool {
    warmUp == expected && (0...1).contains(progress) && (0...FitLoop.mostSteps).contains(stepsLeft)
  }
}
