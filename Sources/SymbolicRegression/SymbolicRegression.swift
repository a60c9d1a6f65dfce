// SymbolicRegression
