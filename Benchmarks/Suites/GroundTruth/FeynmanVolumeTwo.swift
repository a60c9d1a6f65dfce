extension Feynman {
  /// Equations of the first set from volume II of the lectures; see ``Feynman`` for how a line reads.
  static let volumeTwo = """
    II.2.42 | Pwr = kappa*(T2-T1)*A/d | kappa T1 T2 A d 1..5
    II.3.24 | flux = Pwr/(4*pi*r^2) | Pwr r 1..5
    II.4.23 | Volt = q/(4*pi*epsilon*r) | q epsilon r 1..5
    II.6.11 | Volt = 1/(4*pi*epsilon)*p_d*cos(theta)/r^2 | epsilon p_d theta r 1..3
    II.6.15a | Ef = p_d/(4*pi*epsilon)*3*z/r^5*sqrt(x^2+y^2) | epsilon p_d r x y z 1..3
    II.6.15b | Ef = p_d/(4*pi*epsilon)*3*cos(theta)*sin(theta)/r^3 | epsilon p_d theta r 1..3
    II.8.7 | E_n = 3/5*q^2/(4*pi*epsilon*d) | q epsilon d 1..5
    II.8.31 | E_den = epsilon*Ef^2/2 | epsilon Ef 1..5
    II.10.9 | Ef = sigma_den/epsilon*1/(1+chi) | sigma_den epsilon chi 1..5
    II.11.3 | x = q*Ef/(m*(omega_0^2-omega^2)) | q Ef m 1..3, omega_0 3..5, omega 1..2
    II.11.17 | n = n_0*(1+p_d*Ef*cos(theta)/(kb*T)) | n_0 kb T theta p_d Ef 1..3
    II.11.20 | Pol = n_rho*p_d^2*Ef/(3*kb*T) | n_rho p_d Ef kb T 1..5
    II.11.27 | Pol = n*alpha/(1-(n*alpha/3))*epsilon*Ef | n alpha 0..1, epsilon Ef 1..2
    II.11.28 | theta = 1+n*alpha/(1-(n*alpha/3)) | n alpha 0..1
    II.13.17 | B = 1/(4*pi*epsilon*c^2)*2*I/r | epsilon c I r 1..5
    II.13.23 | rho_c = rho_c_0/sqrt(1-v^2/c^2) | rho_c_0 1..5, v 1..2, c 3..10
    II.13.34 | j = rho_c_0*v/sqrt(1-v^2/c^2) | rho_c_0 1..5, v 1..2, c 3..10
    II.15.4 | E_n = -mom*B*cos(theta) | mom B theta 1..5
    II.15.5 | E_n = -p_d*Ef*cos(theta) | p_d Ef theta 1..5
    II.21.32 | Volt = q/(4*pi*epsilon*r*(1-v/c)) | q epsilon r 1..5, v 1..2, c 3..10
    II.24.17 | k = sqrt(omega^2/c^2-pi^2/d^2) | omega 4..6, c 1..2, d 2..4
    II.27.16 | flux = epsilon*c*Ef^2 | epsilon c Ef 1..5
    II.27.18 | E_den = epsilon*Ef^2 | epsilon Ef 1..5
    II.34.2a | I = q*v/(2*pi*r) | q v r 1..5
    II.34.2 | mom = q*v*r/2 | q v r 1..5
    II.34.11 | omega = g_*q*B/(2*m) | g_ q B m 1..5
    II.34.29a | mom = q*h/(4*pi*m) | q h m 1..5
    II.34.29b | E_n = g_*mom*B*Jz/(h/(2*pi)) | g_ h Jz mom B 1..5
    II.35.18 | n = n_0/(exp(mom*B/(kb*T))+exp(-mom*B/(kb*T))) | n_0 kb T mom B 1..3
    II.35.21 | M = n_rho*mom*tanh(mom*B/(kb*T)) | n_rho mom B kb T 1..5
    II.36.38 | f = mom*H/(kb*T)+(mom*alpha)/(epsilon*c^2*kb*T)*M | mom H kb T alpha epsilon c M 1..3
    II.37.1 | E_n = mom*(1+chi)*B | mom B chi 1..5
    II.38.3 | F = Y*A*x/d | Y A d x 1..5
    II.38.14 | mu_S = Y/(2*(1+sigma)) | Y sigma 1..5
    """
}
