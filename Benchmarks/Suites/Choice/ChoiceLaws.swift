/// Laws of physics, chemistry, biology and engineering as their textbooks print them, of one to four columns.
public enum ChoiceLaws {
  /// The laws; see ``ChoiceLaw`` for how a line reads.
  public static let all: [ChoiceLaw] = table.split(separator: "\n").map { line in
    guard let law = ChoiceLaw(line: String(line)) else { preconditionFailure("unreadable law: \(line)") }
    return law
  }

  /// The laws of the given names, in the order of the table; all when none is named.
  ///
  /// - Throws: ``SuiteError/unknownProblem(_:known:)``.
  public static func named(_ names: [String]) throws(SuiteError) -> [ChoiceLaw] {
    guard !names.isEmpty else { return all }
    let known = all.map(\.key)
    for name in names where !known.contains(name) { throw .unknownProblem(name, known: known) }
    return all.filter { names.contains($0.key) }
  }

  private static let table = """
    joule | P = U*I | U 1..100 log, I 0.01..10 log | Joule's law, physics
    impedance | Z = sqrt(square(R)+square(X)) | R 1..100 log, X 1..100 log | series impedance, electrical engineering
    parallel | R = a*b/(a+b) | a 10..1000 log, b 10..1000 log | parallel resistors, electrical engineering
    quotient | y = v7*v21/(square(v33)+square(v12)) | v7 0.5..5, v21 0.5..5, v33 0.5..5, v12 0.5..5 \
      | product over a sum of squares, as in interference and flow
    squares | d = square(x-z) | x 0..10, z 0..10 | squared difference, statistics
    ohmic | R = 0.0219*l/square(d) | l 1..100 log, d 0.3..3 log | resistance of a copper wire, electrical engineering
    illuminance | E = 12.6/square(r) | r 0.3..30 log | inverse square of distance, optics
    coulomb | F = 8.99e9*q1*q2/square(d) | q1 1e-7..1e-6 log, q2 1e-7..1e-6 log, d 0.03..0.3 log \
      | Coulomb's law, physics
    stefan | P = 5.67e-8*A*T^4 | A 0.01..10 log, T 250..1500 | Stefan and Boltzmann's law, physics
    torricelli | v = sqrt(19.62*h) | h 0.02..20 log | Torricelli's law, fluid mechanics
    pendulum | T = 6.283*sqrt(l/g) | l 0.05..5 log, g 1.6..25 log | mathematical pendulum, physics
    allometry | B = 3.4*m^0.73 | m 0.02..5000 log | Kleiber's law of metabolism, biology
    surface | A = 0.00718*w^0.425*h^0.725 | w 3..120 log, h 50..200 log | body surface of Du Bois, medicine
    line | L = 0.412+0.0093*m | m 0..200 | calibration of a spring, physics
    plane | y = 22.5+5.2*a-0.85*b+0.047*c | a 0..10, b 0..20, c 0..300 | multiple regression, statistics
    throw | h = 1.8+7.3*t-4.905*square(t) | t 0..2 | height of a thrown ball, physics
    decay | N = 850*exp(-0.125*t) | t 0..30 | radioactive decay, physics
    growth | N = 12.4*exp(0.31*t) | t 0..15 | growth of a culture, biology
    cooling | T = 21.5+63.2*exp(-0.045*t) | t 0..90 | Newton's law of cooling, physics
    logistic | N = 96/(1+exp(2.7-0.34*t)) | t 0..25 | logistic growth, biology
    michaelis | v = 7.4*s/(1.35+s) | s 0.05..50 log | Michaelis and Menten's law, biochemistry
    inhibition | v = 7.4*s/(s+1.35*(1+i/0.62)) | s 0.05..50 log, i 0.05..5 log \
      | competitive inhibition, biochemistry
    gas | p = 8.314*n*T/(V-0.0427*n) | n 0.1..5 log, T 250..450, V 1..50 log | gas with a volume of its own, chemistry
    wind | u = 1.46+0.42*log(z) | z 0.1..100 log | wind over height, meteorology
    nernst | E = 0.0862*T*log(c1/c2) | T 270..370, c1 5..500 log, c2 5..500 log | Nernst's law, electrochemistry
    arrhenius | k = exp(23.9-8954/T) | T 280..400 | Arrhenius' law, chemistry
    diode | I = 1e-12*(exp(V/0.02714)-1) | V 0.45..0.75 | Shockley's diode, electronics
    planck | B = 3.2*f^3/(exp(4.8*f/T)-1) | f 0.1..10 log, T 0.5..5 log | Planck's law in units of its own, physics
    gauss | y = 4.2/exp(square(x-3.7)/2.6) | x 0..8 | line in a spectrum, spectroscopy
    wave | y = 1.9+2.6*sin(0.85*t+0.6) | t 0..20 | oscillation about a level, physics
    ringing | y = 3.1*exp(-0.12*t)*cos(1.7*t) | t 0..20 | damped oscillation, engineering
    malus | I = 6.3*square(cos(theta)) | theta 0..6.28 | Malus' law, optics
    """
}
