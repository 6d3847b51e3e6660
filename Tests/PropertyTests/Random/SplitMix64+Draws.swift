import Exact
import Foundation

extension SplitMix64 {
  /// Uniform among the integers of `range`.
  mutating func integer(in range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// Heads with probability `p`.
  mutating func flip(_ p: Double = 0.5) -> Bool { unit() < p }

  /// Uniform among `choices`.
  mutating func pick<T>(_ choices: [T]) -> T { choices[integer(in: 0...choices.count - 1)] }

  /// 0 … count - 1 in random order.
  mutating func permutation(of count: Int) -> [Int] { (0..<count).shuffled(using: &self) }

  /// k/denominator, nonzero, of magnitude at most `bound`.
  mutating func coefficient(upTo bound: Int = 3, over denominator: Int? = nil) -> Rational {
    let q = denominator ?? pick([1, 1, 1, 2, 3, 4])
    let p = integer(in: 1...bound * q)
    return Rational(flip() ? p : -p, over: q)
  }

  /// A positive one.
  mutating func positive(upTo bound: Int = 3) -> Rational { coefficient(upTo: bound).magnitude }

  /// A multiple of 1/64 in [lower, upper]: a number that is exact in `Double`.
  mutating func dyadic(from lower: Int, to upper: Int) -> Rational {
    Rational(integer(in: lower * 64...upper * 64), over: 64)
  }

  /// Uniform in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by the polar method of Marsaglia.
  mutating func normal() -> Double {
    while true {
      let (u, v) = (2 * unit() - 1, 2 * unit() - 1)
      let s = u * u + v * v
      if s > 0, s < 1 { return u * sqrt(-2 * log(s) / s) }
    }
  }
}
