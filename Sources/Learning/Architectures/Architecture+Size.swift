import Flows

extension Architecture.Kind {
  /// What K counts; nil where it is not used.
  var binsName: String? {
    switch self {
    case .nsf, .nsfar, .triangular: "bins"
    case .naf, .gaussianization: "sigmoids"
    case .umnn: "units"
    case .bernstein: "degrees"
    case .mixture, .gmm: "components"
    case .realnvp, .glow, .maf, .bnaf, .sos, .normal, .formula: nil
    }
  }

  /// Whether it is made of a number K of equal parts.
  public var usesBins: Bool { binsName != nil }

  /// Whether it is made of layers.
  public var hasLayers: Bool { self != .normal && self != .gmm && self != .formula }
}

extension Architecture {
  /// Its kind and size in a few words.
  public var summary: String {
    var parts = [kind.rawValue]
    if kind.hasLayers {
      parts.append("\(layers) layers")
      parts.append("hidden \(hidden.map(String.init).joined(separator: "-"))")
    }
    if let name = kind.binsName { parts.append("\(bins) \(name)") }
    return parts.joined(separator: ", ")
  }

  /// More bins than any table needs.
  static let mostBins = 500
  /// The flows that can be built have fewer parameters than this.
  private static let mostParameters = 1e8

  /// Whether a flow of this size can be built, and has no more parameters than memory could hold.
  ///
  /// - Parameters:
  ///   - features: D
  ///   - context: C
  ///   - members: how many there are to be of it.
  public func isSound(features: Int, context: Int, members: Int = 1) -> Bool {
    guard (kind == .formula) == (formula != nil) else { return false }
    if let formula { return formula.flow.features == features && context == 0 && members == 1 }
    let widths = hidden + [features, context]
    guard (1...1000).contains(layers), kind != .bnaf || !hidden.isEmpty, hidden.count <= 16,
      (2...Self.mostBins).contains(bins), bound > 0, bound <= 100,
      hidden.allSatisfy({ $0 > 0 }), widths.allSatisfy({ (0...100_000).contains($0) })
    else { return false }
    return Double(members) * parameterBound(features: features, context: context)
      < Self.mostParameters
  }

  /// No fewer than the parameters of the flow, without making them.
  func parameterBound(features: Int, context: Int) -> Double {
    // A normal distribution that nothing is given to has no network: a mean and a triangle.
    if kind == .normal, context == 0 { return Double(features) * Double(features + 3) / 2 }
    let widths = hidden + [features, context]
    let (widest, last) = (Double(widths.max()!) + 1, Double(hidden.last ?? widths.max()!) + 1)
    // The networks' own weights, and those of their outputs: no more than 3 K + 20 numbers a feature; a matrix for
    // each row has D² of them.
    let outputs = Double(features + 1) * Double(3 * bins + 20 + (kind == .normal ? features : 0))
    let network = Double(hidden.count + 1) * widest * widest + last * outputs
    let copies = (kind == .mixture ? bins : 1) * (kind.hasLayers ? layers : 1)
    return Double(copies) * (network + Double(features * features))
  }
}
