extension Expression {
  static func maskBit(of symbol: Symbol) -> UInt64 {
    // FNV-1a, so that the bit does not depend on the run.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in symbol.name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    // One more mixing step: the last byte alone hardly reaches the top bits.
    let mixed = (hash ^ (hash >> 32)) &* 0x9e37_79b9_7f4a_7c15
    return 1 << (mixed >> 58)
  }

  /// Whether `symbol` occurs free: the index of a finite sum is bound in its body.
  public func contains(_ symbol: Symbol) -> Bool {
    var absent = Set<ObjectIdentifier>()
    return contains(symbol, absent: &absent)
  }

  /// `absent` collects the subtrees already searched in vain, for trees that share much.
  private func contains(_ symbol: Symbol, absent: inout Set<ObjectIdentifier>) -> Bool {
    guard node.symbolMask & Self.maskBit(of: symbol) != 0 else { return false }
    if case .symbol(let own) = form { return own == symbol }
    if absent.contains(ObjectIdentifier(node)) { return false }
    var operands = form.children
    if case .finiteSum(let sum) = form, sum.index == symbol { operands = [sum.lower, sum.upper] }
    for operand in operands where operand.contains(symbol, absent: &absent) { return true }
    absent.insert(ObjectIdentifier(node))
    return false
  }

  /// Whether `isSought` holds for the formula or for a part of it; shared parts are looked at once.
  public func contains(where isSought: (Expression) -> Bool) -> Bool {
    var visited: Set<ObjectIdentifier> = []
    func search(_ u: Expression) -> Bool {
      guard visited.insert(ObjectIdentifier(u.node)).inserted else { return false }
      return isSought(u) || u.form.children.contains(where: search)
    }
    return search(self)
  }

  /// Calls `body` for the formula and its parts, each shared part once, from the outside in.
  func forEachPart(_ body: (Expression) -> Void) {
    _ = contains { part in
      body(part)
      return false
    }
  }

  /// Whether any of `symbols` occurs free.
  public func containsAny(of symbols: some Sequence<Symbol>) -> Bool {
    symbols.contains { contains($0) }
  }

  /// The free symbols in natural order.
  public var freeSymbols: [Symbol] {
    var found: [ObjectIdentifier: Set<Symbol>] = [:]
    return freeSymbolSet(memo: &found).sorted()
  }

  /// Whether no symbol occurs free: the expression is an exact real constant.
  public var isConstant: Bool { node.symbolMask == 0 || freeSymbols.isEmpty }

  private func freeSymbolSet(memo: inout [ObjectIdentifier: Set<Symbol>]) -> Set<Symbol> {
    guard node.symbolMask != 0 else { return [] }
    if case .symbol(let symbol) = form { return [symbol] }
    if let known = memo[ObjectIdentifier(node)] { return known }
    var found = Set<Symbol>()
    if case .finiteSum(let sum) = form {
      found = sum.body.freeSymbolSet(memo: &memo)
      found.remove(sum.index)
      found.formUnion(sum.lower.freeSymbolSet(memo: &memo))
      found.formUnion(sum.upper.freeSymbolSet(memo: &memo))
    } else {
      for child in form.children { found.formUnion(child.freeSymbolSet(memo: &memo)) }
    }
    memo[ObjectIdentifier(node)] = found
    return found
  }
}
