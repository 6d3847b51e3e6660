import Densities
import Evaluation
public import Flows
public import Symbolics
public import Tensors

/// The base distribution that a problem states after `z ~`, as a distribution of Flows.
///
/// The density is the problem's own formula. Its parameters are numbers: those that are learned belong into the map.
public struct FormulaBase: Distribution {
  /// Intervals that hold all samples.
  public let support: [Flows.Interval]
  private let density: BaseDensity
  private let isInside: Predicate
  private let sampler: BaseSampler

  /// The base distribution of a problem; the standard normal one where none is stated.
  ///
  /// - Parameter problem: the problem.
  /// - Returns: a distribution of as many features as the problem has inputs.
  /// - Throws: ``FormulaFlowError`` for parameters that are not numbers, or make no distribution, and for a
  ///   distribution with points at which the map is not defined.
  public static func distribution(
    of problem: Problem
  ) throws(FormulaFlowError) -> any Distribution {
    let domain = try problem.domain.box(of: problem.name)
    let base: any Distribution =
      if let stated = problem.base {
        try FormulaBase(stated, of: problem)
      } else {
        StandardNormal(problem.inputs.count)
      }
    guard zip(domain, base.support).allSatisfy({ $0.contains($1) }) else {
      throw .baseOutsideDomain(
        problem: problem.name, domain: problem.domain.text, isStated: problem.base != nil)
    }
    // Samples and densities of this one take the fewest operations.
    return problem.base?.isStandardNormal == true ? StandardNormal(problem.inputs.count) : base
  }

  private init(_ stated: BaseDistribution, of problem: Problem) throws(FormulaFlowError) {
    do {
      density = try BaseDensity(
        stated, coordinates: problem.inputs,
        assumptions: Assumptions(parameters: problem.parameters))
    } catch {
      throw .base(error)
    }
    let region = density.support
    let symbols = Set(density.logDensity.freeSymbols + region.intervals.flatMap(\.freeSymbols))
      .subtracting(problem.inputs)
    guard symbols.isEmpty else {
      throw .baseWithParameters(problem: problem.name, symbols.sorted())
    }
    support = try region.hull()
    isInside = region.membership(of: problem.inputs.map { Expression($0) })
    do {
      sampler = try BaseSampler(stated)
      // What cannot be compiled is found here.
      _ = try logDensity(in: Trace()) { $0.input("z", features: problem.inputs.count) }
    } catch {
      throw .evaluation(error)
    }
  }

  /// D
  public var features: Int { support.count }
  /// What the coordinates take one by one
  public var noise: NoiseCount { sampler.noise }

  /// log p; -∞ outside of the support
  public func logDensity(_ z: Tensor, _ scope: Scope) -> Tensor {
    do throws(EvaluationError) {
      return try logDensity(in: z.trace) { _ in z }
    } catch {
      preconditionFailure("\(density.distribution): \(error)")
    }
  }

  /// Standard variables, moved and scaled
  public func sample(_ noise: Noise, _ scope: Scope) -> Tensor {
    sampler.sample(noise, scope.trace)
  }

  private func logDensity(
    in trace: Trace, _ point: (Trace) -> Tensor
  ) throws(EvaluationError) -> Tensor {
    let z = point(trace)
    guard isInside != .always else { return try value(at: z).spread(like: z) }
    var compiler = FormulaCompiler(symbols(z), in: trace)
    let inside = try compiler.indicator(of: isInside)
    let interior = trace.constant(support.map(\.interior), [features])
    let safe = Tensor.select(inside.repeated(features), z, interior)
    return Tensor.select(inside, try value(at: safe), trace.constant(-.infinity)).spread(like: z)
  }

  private func value(at z: Tensor) throws(EvaluationError) -> Tensor {
    var compiler = FormulaCompiler(symbols(z), in: z.trace)
    return try compiler.value(of: density.logDensity)
  }

  private func symbols(_ z: Tensor) -> [Symbol: Tensor] {
    Dictionary(
      uniqueKeysWithValues: density.coordinates.enumerated().map { ($1, z.column($0)) })
  }
}

extension BaseDistribution {
  /// Whether it is the standard normal distribution, as far as formulas say so.
  fileprivate var isStandardNormal: Bool {
    guard case .normal(let mean, let deviation) = self else { return false }
    return mean.allSatisfy(\.isZero) && deviation.allSatisfy(\.isOne)
  }
}
