public import Tensors

/// What a part of a model finds while it is traced: its parameters, under names of its own, and the
/// context of the rows.
///
/// A part declares a parameter by asking for it. All parts of a model are traced once to collect the
/// declarations; the model keeps the values.
public struct Scope {
  /// Where operations are recorded.
  public let trace: Trace
  /// What the distribution is conditioned on, `[B, C]`; nil without context.
  public let context: Tensor?
  /// The weights of the rows, `[B]`; nil for 1.
  private let weights: Tensor?
  private let path: String
  private let source: ParameterSource

  /// The scope of a whole model.
  init(_ trace: Trace, context: Tensor?, weights: Tensor? = nil, source: ParameterSource) {
    self.init(trace: trace, context: context, weights: weights, path: "", source: source)
  }

  private init(
    trace: Trace, context: Tensor?, weights: Tensor?, path: String, source: ParameterSource
  ) {
    self.trace = trace
    self.context = context
    self.weights = weights
    self.path = path
    self.source = source
  }

  /// The scope of a part.
  ///
  /// - Parameter name: what the part is called among its siblings.
  /// - Returns: a scope whose parameters are called `name.…`.
  public func child(_ name: String) -> Scope {
    Scope(
      trace: trace, context: context, weights: weights, path: path + name + ".", source: source)
  }

  /// The parameter `name` of this part, `[dims…]`; asking again gives the same one.
  ///
  /// - Parameters:
  ///   - name: what it is called in this part.
  ///   - dims: its extents.
  ///   - initial: its first values.
  /// - Returns: the parameter, the same for all rows.
  public func parameter(_ name: String, _ dims: [Int], _ initial: Initial) -> Tensor {
    source.tensor(
      for: ParameterDeclaration(name: path + name, dims: dims, initial: initial, isTrained: true))
  }

  /// The parameter `name` of this part if it has been asked for before; otherwise it may be: it is not too large.
  func declared(_ name: String, _ dims: [Int]) -> Tensor? {
    Shape.requireSize(dims, of: "parameter '\(path + name)'")
    return source.declared(path + name, dims)
  }
}

// MARK: - What data sets

extension Scope {
  /// Σᵣ wᵣ xᵣ/Σᵣ wᵣ over the rows r, with their weights: what ``update(_:to:)`` and ``begin(_:)`` are made from.
  ///
  /// - Parameter x: a tensor with rows.
  /// - Returns: its mean, without rows.
  public func mean(_ x: Tensor) -> Tensor {
    weights.map { (x * $0).meanOverRows() / $0.meanOverRows() } ?? x.meanOverRows()
  }

  /// The state `name` of this part, `[dims…]`: kept with the parameters, but no gradient reaches it.
  ///
  /// - Parameters:
  ///   - name: what it is called in this part.
  ///   - dims: its extents.
  ///   - initial: its first values.
  /// - Returns: the state, the same for all rows.
  public func state(_ name: String, _ dims: [Int], _ initial: Initial) -> Tensor {
    source.tensor(
      for: ParameterDeclaration(name: path + name, dims: dims, initial: initial, isTrained: false)
    ).withoutGradient
  }

  /// What a state of this part becomes after each step of training. Within the step it is constant.
  ///
  /// Where a part is used twice, as the outer one of a ``Sandwich`` is, the first use decides: what comes to the second
  /// one depends on the state itself, and to follow it would not end.
  ///
  /// - Parameters:
  ///   - name: what the state is called in this part.
  ///   - value: its next values, made from ``mean(_:)`` over the rows of the step; without rows.
  public func update(_ name: String, to value: Tensor) {
    guard !source.updates.contains(where: { $0.name == path + name }) else { return }
    source.updates.append(StateUpdate(name: path + name, value: value))
  }

  /// Where parameters and states of this part begin when a model is fitted for the first time. A part
  /// sees the data as those before it leave them once they have begun.
  ///
  /// Values are taken three times, each time with those of the time before as what the part's parameters and states
  /// are: so deviations can be taken around a mean. Where a part is used twice, the first use decides.
  ///
  /// - Parameter values: names in this part with first values, made from ``mean(_:)`` over the rows of all
  ///   data; without rows.
  public func begin(_ values: [(name: String, value: Tensor)]) {
    _ = state(Beginning.flag, [], .constant(0))
    guard !source.beginnings.contains(where: { $0.hasBegun == path + Beginning.flag }) else {
      return
    }
    source.beginnings.append(
      Beginning(
        hasBegun: path + Beginning.flag,
        values: values.map { StateUpdate(name: path + $0.name, value: $0.value) }))
  }
}

/// The next values of a parameter or state.
struct StateUpdate {
  let name: String
  let value: Tensor
}

/// First values that are taken from data.
struct Beginning {
  /// The full name of the state that is 1 once they have been taken.
  let hasBegun: String
  let values: [StateUpdate]

  /// What the state is called in its part.
  static let flag = "hasBegun"
}

/// Finds the tensors of parameters by their declarations, and collects what data is to set.
final class ParameterSource {
  typealias Known = (declaration: ParameterDeclaration, tensor: Tensor)
  private(set) var known: [Known]
  private var indices: [String: Int] = [:]
  /// Where undeclared parameters are added; nil once all are declared.
  private let trace: Trace?
  var updates: [StateUpdate] = []
  var beginnings: [Beginning] = []

  /// No parameter declared yet: whatever is asked for is added to `trace`.
  init(collectingIn trace: Trace) {
    self.trace = trace
    known = []
  }

  /// These parameters and no others.
  init(_ known: [Known]) {
    trace = nil
    self.known = known
    for (index, entry) in known.enumerated() { indices[entry.declaration.name] = index }
  }

  /// All of `declarations`, in their order, as parameters of `trace`.
  convenience init(_ declarations: [ParameterDeclaration], in trace: Trace) {
    self.init(declarations.map { ($0, trace.parameter($0.name, $0.dims)) })
  }

  func tensor(for declaration: ParameterDeclaration) -> Tensor {
    declared(declaration.name, declaration.dims) ?? add(declaration)
  }

  /// The tensor of a parameter that has been declared; nil where it has not.
  func declared(_ name: String, _ dims: [Int]) -> Tensor? {
    guard let index = indices[name] else { return nil }
    let entry = known[index]
    require(
      entry.declaration.dims == dims,
      "parameter '\(name)' was \(entry.declaration.dims) and is now \(dims)")
    return entry.tensor
  }

  private func add(_ declaration: ParameterDeclaration) -> Tensor {
    guard let trace else {
      fatalError(
        "parameter '\(declaration.name)' is asked for where samples are made or points are mapped, but not by the "
          + "log-density, which says what parameters a model has; ask for it in both directions")
    }
    let tensor = trace.parameter(declaration.name, declaration.dims)
    indices[declaration.name] = known.count
    known.append((declaration, tensor))
    return tensor
  }
}
