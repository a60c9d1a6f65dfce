import Foundation
import SymbolicRegression

/// A document as a search might leave it, read from the text that scripts rely on.
func sampleDocument(target: String = "velocity") throws -> RunDocument {
  let json = """
    { "schema": "symreg.run/1", "version": "0.1.0",
      "target": "\(target)", "features": ["distance", "größe"], "rows": 24,
      "options": {
        "data": { "file": "hubble.csv", "weights": null, "sigma": null, "drop_missing": false },
        "operators": "+ *", "max_size": 30, "max_depth": null, "iterations": null, "timeout": 60,
        "max_evaluations": null, "stops_when_converged": true, "loss": "mse", "populations": 16,
        "population_size": 100, "parsimony": 0, "batch_size": null, "precision": 64, "select": "best",
        "validation": 0, "fits_constants": true },
      "seed": 18446744073709551615, "threads": 2,
      "elapsed_seconds": 3.25, "evaluations": 1234567, "iterations": 12, "stop_reason": "timeout",
      "best": 1,
      "front": [
        { "complexity": 1, "loss": 132087.1, "score": 0, "r2": null,
          "expression": "373.125", "sympy": "373.125", "latex": "373.12",
          "constants": [ { "value": 373.125, "standard_error": null } ] },
        { "complexity": 3, "loss": 50266.7, "score": 0.48, "r2": 0.62,
          "expression": "454.15843 * distance", "sympy": "454.15843*distance", "latex": "454.16\\\\, d",
          "constants": [ { "value": 454.15843, "standard_error": 75.2 } ] } ],
      "warnings": [], "notes": [] }
    """
  return try RunFile(json: Data(json.utf8), path: "sample").documents[0]
}
