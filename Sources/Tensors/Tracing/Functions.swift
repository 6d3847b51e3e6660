// The elementary functions under their usual names.

/// eˣ
public func exp(_ x: Tensor) -> Tensor { x.map(.exponential) }
/// log x
public func log(_ x: Tensor) -> Tensor { x.map(.logarithm) }
/// log(1 + x)
public func log1p(_ x: Tensor) -> Tensor { x.map(.log1p) }
/// eˣ - 1
public func expm1(_ x: Tensor) -> Tensor { x.map(.expm1) }
/// √x
public func sqrt(_ x: Tensor) -> Tensor { x.map(.squareRoot) }
/// |x|
public func abs(_ x: Tensor) -> Tensor { x.map(.absolute) }
/// x²
public func square(_ x: Tensor) -> Tensor { x.map(.square) }
/// tanh x
public func tanh(_ x: Tensor) -> Tensor { x.map(.tanh) }
/// 1/(1 + e⁻ˣ)
public func sigmoid(_ x: Tensor) -> Tensor { x.map(.sigmoid) }
/// log(1 + eˣ)
public func softplus(_ x: Tensor) -> Tensor { x.map(.softplus) }
/// log(1/(1 + e⁻ˣ)) = -softplus(-x)
public func logSigmoid(_ x: Tensor) -> Tensor { -softplus(-x) }
/// max(x, 0)
public func relu(_ x: Tensor) -> Tensor { x.map(.relu) }
/// sin x
public func sin(_ x: Tensor) -> Tensor { x.map(.sine) }
/// cos x
public func cos(_ x: Tensor) -> Tensor { x.map(.cosine) }
/// max(a, b)
public func max(_ a: Tensor, _ b: Tensor) -> Tensor { a.combined(.maximum, b) }
/// min(a, b)
public func min(_ a: Tensor, _ b: Tensor) -> Tensor { a.combined(.minimum, b) }
/// aᵇ
public func pow(_ a: Tensor, _ b: Tensor) -> Tensor { a.combined(.power, b) }
/// aᵇ
public func pow(_ a: Tensor, _ b: Double) -> Tensor { a.combined(.power, b) }
