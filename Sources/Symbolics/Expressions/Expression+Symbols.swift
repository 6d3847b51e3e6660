extension Expression {
  static func maskBit(of symbol: Symbol) -> UInt64 {
    // FNV-1a, so that the bit does not depend on the run.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in symbol.name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return 1 << (hash >> 58)
  }

  /// Whether `symbol` occurs free: the index of a finite sum is bound in its body.
  public func contains(_ symbol: Symbol) -> Bool {
    guard node.symbolMask & Self.maskBit(of: symbol) != 0 else { return false }
    switch form {
    case .symbol(let own): return own == symbol
    case .finiteSum(let sum):
      return sum.lower.contains(symbol) || sum.upper.contains(symbol)
        || (sum.index != symbol && sum.body.contains(symbol))
    default: return form.children.contains { $0.contains(symbol) }
    }
  }

  /// Whether any of `symbols` occurs free.
  public func containsAny(of symbols: some Sequence<Symbol>) -> Bool {
    symbols.contains { contains($0) }
  }

  /// The free symbols in natural order.
  public var freeSymbols: [Symbol] {
    var found = Set<Symbol>()
    collectFreeSymbols(into: &found)
    return found.sorted()
  }

  /// Whether no symbol occurs free: the expression is an exact real constant.
  public var isConstant: Bool { node.symbolMask == 0 || freeSymbols.isEmpty }

  private func collectFreeSymbols(into found: inout Set<Symbol>) {
    guard node.symbolMask != 0 else { return }
    switch form {
    case .symbol(let symbol): found.insert(symbol)
    case .finiteSum(let sum):
      var inner = Set<Symbol>()
      sum.body.collectFreeSymbols(into: &inner)
      inner.remove(sum.index)
      found.formUnion(inner)
      sum.lower.collectFreeSymbols(into: &found)
      sum.upper.collectFreeSymbols(into: &found)
    default: for child in form.children { child.collectFreeSymbols(into: &found) }
    }
  }
}
