import Tensors

/// The values of all parameters and states of a model, by name, in the order in which programs keep
/// them.
public struct ParameterSet: Hashable, Sendable {
  /// What the parts of the model declared: first what is trained, then states.
  public let declarations: [ParameterDeclaration]
  /// All values, one parameter after the other.
  public var values: [Double] {
    didSet {
      require(
        values.count == oldValue.count,
        "\(oldValue.count) parameter values expected, got \(values.count)")
    }
  }

  /// The first values of the declared parameters. A parameter's values depend on the key and on its
  /// name alone.
  ///
  /// - Parameters:
  ///   - declarations: what the parts of a model declared.
  ///   - key: where random values come from.
  init(_ declarations: [ParameterDeclaration], key: RandomKey) {
    self.declarations = declarations.filter(\.isTrained) + declarations.filter { !$0.isTrained }
    values = self.declarations.flatMap { $0.initial.numbers($0.count, key.named($0.name)) }
  }

  /// The values of one parameter in row-major order.
  ///
  /// - Parameter name: its full name.
  /// - Returns: the values; nil if there is no such parameter.
  public subscript(name: String) -> [Double]? {
    range(of: name).map { Array(values[$0]) }
  }

  /// The number of values that are trained: the first ones.
  var trainedCount: Int { declarations.reduce(0) { $0 + ($1.isTrained ? $1.count : 0) } }

  /// Where the values of a parameter lie; nil if there is no such parameter.
  func range(of name: String) -> Range<Int>? {
    var start = 0
    for declaration in declarations {
      if declaration.name == name { return start..<start + declaration.count }
      start += declaration.count
    }
    return nil
  }

  /// Whether parameters have the names and extents of others, in the same order.
  func haveSameForm(as other: ParameterSet) -> Bool {
    declarations.elementsEqual(other.declarations) { $0.name == $1.name && $0.dims == $1.dims }
  }

  /// What is wrong with the first value that is not finite in a number format; nil where none is wrong.
  func flaw(_ precision: Precision) -> FlowError? {
    guard let index = values.firstIndex(where: { !precision.holds($0) }) else { return nil }
    var start = 0
    for declaration in declarations {
      if index < start + declaration.count {
        return .parameterNotFinite(declaration.name, index: index - start, value: values[index])
      }
      start += declaration.count
    }
    return nil
  }

  /// The parameters as arrays with names: what a file of a model holds.
  public var arrays: [NamedArray] {
    var start = 0
    return declarations.map { declaration in
      defer { start += declaration.count }
      return NamedArray(
        name: declaration.name, dims: declaration.dims,
        values: Array(values[start..<start + declaration.count]))
    }
  }

  /// Takes over values that were kept.
  ///
  /// - Parameter arrays: one array for each parameter, in any order.
  /// - Throws: ``FlowError`` if a parameter is missing, unknown, given twice or of other extents, and for values that
  ///   are not finite; then nothing has changed.
  public mutating func restore(_ arrays: [NamedArray]) throws(FlowError) {
    var restored = values
    var missing = Set(declarations.map(\.name))
    for array in arrays {
      guard let range = range(of: array.name),
        let declaration = declarations.first(where: { $0.name == array.name })
      else { throw .unknownParameter(array.name) }
      guard declaration.dims == array.dims, array.values.count == range.count else {
        throw .wrongExtents(array.name, expected: declaration.dims, found: array.dims)
      }
      guard missing.remove(array.name) != nil else { throw .duplicateParameter(array.name) }
      if let index = array.values.firstIndex(where: { !$0.isFinite }) {
        throw .parameterNotFinite(array.name, index: index, value: array.values[index])
      }
      restored.replaceSubrange(range, with: array.values)
    }
    if let name = declarations.map(\.name).first(where: missing.contains) {
      throw .missingParameter(name)
    }
    values = restored
  }
}

/// An array of numbers with a name: `[dims…]` in row-major order.
public struct NamedArray: Hashable, Sendable, Codable {
  /// What it is called.
  public let name: String
  /// Its extents.
  public let dims: [Int]
  /// Its numbers in row-major order.
  public let values: [Double]

  /// An array of the given extents.
  ///
  /// - Parameters:
  ///   - name: what it is called.
  ///   - dims: its extents.
  ///   - values: its numbers in row-major order.
  public init(name: String, dims: [Int], values: [Double]) {
    self.name = name
    self.dims = dims
    self.values = values
  }
}
