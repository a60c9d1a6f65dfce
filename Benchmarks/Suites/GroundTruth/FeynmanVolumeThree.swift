extension Feynman {
  /// Equations of the first set from volume III of the lectures; see ``Feynman`` for how a line reads.
  static let volumeThree = """
    III.4.32 | n = 1/(exp((h/(2*pi))*omega/(kb*T))-1) | h omega kb T 1..5
    III.4.33 | E_n = (h/(2*pi))*omega/(exp((h/(2*pi))*omega/(kb*T))-1) | h omega kb T 1..5
    III.7.38 | omega = 2*mom*B/(h/(2*pi)) | mom B h 1..5
    III.8.54 | prob = sin(E_n*t/(h/(2*pi)))^2 | E_n t 1..2, h 1..4
    III.9.52 | prob = (p_d*Ef*t/(h/(2*pi)))*sin((omega-omega_0)*t/2)^2/((omega-omega_0)*t/2)^2 \
      | p_d Ef t h 1..3, omega omega_0 1..5
    III.10.19 | E_n = mom*sqrt(Bx^2+By^2+Bz^2) | mom Bx By Bz 1..5
    III.12.43 | L = n*(h/(2*pi)) | n h 1..5
    III.13.18 | v = 2*E_n*d^2*k/(h/(2*pi)) | E_n d k h 1..5
    III.14.14 | I = I_0*(exp(q*Volt/(kb*T))-1) | I_0 1..5, q Volt kb T 1..2
    III.15.12 | E_n = 2*U*(1-cos(k*d)) | U k d 1..5
    III.15.14 | m = (h/(2*pi))^2/(2*E_n*d^2) | h E_n d 1..5
    III.15.27 | k = 2*pi*alpha/(n*d) | alpha n d 1..5
    III.17.37 | f = beta*(1+alpha*cos(theta)) | beta alpha theta 1..5
    III.19.51 | E_n = -m*q^4/(2*(4*pi*epsilon)^2*(h/(2*pi))^2)*(1/n^2) | m q h n epsilon 1..5
    III.21.20 | j = -rho_c_0*q*A_vec/m | rho_c_0 q A_vec m 1..5
    """
}
