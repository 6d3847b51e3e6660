import Symbolics

/// Foundation has a type of this name too.
typealias Expression = Symbolics.Expression
