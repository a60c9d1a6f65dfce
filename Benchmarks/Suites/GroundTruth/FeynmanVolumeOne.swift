extension Feynman {
  /// Equations of the first set from volume I of the lectures; see ``Feynman`` for how a line reads.
  static let volumeOne = """
    I.6.2a | f = exp(-theta^2/2)/sqrt(2*pi) | theta 1..3
    I.6.2 | f = exp(-(theta/sigma)^2/2)/(sqrt(2*pi)*sigma) | sigma theta 1..3
    I.6.2b | f = exp(-((theta-theta1)/sigma)^2/2)/(sqrt(2*pi)*sigma) | sigma theta theta1 1..3
    I.8.14 | d = sqrt((x2-x1)^2+(y2-y1)^2) | x1 x2 y1 y2 1..5
    I.9.18 | F = G*m1*m2/((x2-x1)^2+(y2-y1)^2+(z2-z1)^2) | m1 m2 G x2 y2 z2 1..2, x1 y1 z1 3..4
    I.10.7 | m = m_0/sqrt(1-v^2/c^2) | m_0 1..5, v 1..2, c 3..10
    I.11.19 | A = x1*y1+x2*y2+x3*y3 | x1 x2 x3 y1 y2 y3 1..5
    I.12.1 | F = mu*Nn | mu Nn 1..5
    I.12.2 | F = q1*q2*r/(4*pi*epsilon*r^3) | q1 q2 epsilon r 1..5
    I.12.4 | Ef = q1*r/(4*pi*epsilon*r^3) | q1 epsilon r 1..5
    I.12.5 | F = q2*Ef | q2 Ef 1..5
    I.12.11 | F = q*(Ef+B*v*sin(theta)) | q Ef B v theta 1..5
    I.13.4 | K = 1/2*m*(v^2+u^2+w^2) | m v u w 1..5
    I.13.12 | U = G*m1*m2*(1/r2-1/r1) | m1 m2 r1 r2 G 1..5
    I.14.3 | U = m*g*z | m g z 1..5
    I.14.4 | U = 1/2*k_spring*x^2 | k_spring x 1..5
    I.15.3x | x1 = (x-u*t)/sqrt(1-u^2/c^2) | x 5..10, u t 1..2, c 3..20
    I.15.3t | t1 = (t-u*x/c^2)/sqrt(1-u^2/c^2) | x t 1..5, c 3..10, u 1..2
    I.15.1 | p = m_0*v/sqrt(1-v^2/c^2) | m_0 1..5, v 1..2, c 3..10
    I.16.6 | v1 = (u+v)/(1+u*v/c^2) | c v u 1..5
    I.18.4 | r = (m1*r1+m2*r2)/(m1+m2) | m1 m2 r1 r2 1..5
    I.18.12 | tau = r*F*sin(theta) | r F 1..5, theta 0..5
    I.18.14 | L = m*r*v*sin(theta) | m r v theta 1..5
    I.24.6 | E_n = 1/2*m*(omega^2+omega_0^2)*1/2*x^2 | m omega omega_0 x 1..3
    I.25.13 | Volt = q/C | q C 1..5
    I.26.2 | theta1 = asin(n*sin(theta2)) | n 0..1, theta2 1..5
    I.27.6 | foc = 1/(1/d1+n/d2) | d1 d2 n 1..5
    I.29.4 | k = omega/c | omega c 1..10
    I.29.16 | x = sqrt(x1^2+x2^2-2*x1*x2*cos(theta1-theta2)) | x1 x2 theta1 theta2 1..5
    I.30.3 | Int = Int_0*sin(n*theta/2)^2/sin(theta/2)^2 | Int_0 theta n 1..5
    I.30.5 | theta = asin(lambd/(n*d)) | lambd 1..2, d 2..5, n 1..5
    I.32.5 | Pwr = q^2*a^2/(6*pi*epsilon*c^3) | q a epsilon c 1..5
    I.32.17 | Pwr = (1/2*epsilon*c*Ef^2)*(8*pi*r^2/3)*(omega^4/(omega^2-omega_0^2)^2) \
      | epsilon c Ef r omega 1..2, omega_0 3..5
    I.34.8 | omega = q*v*B/p | q v B p 1..5
    I.34.1 | omega = omega_0/(1-v/c) | c 3..10, v 1..2, omega_0 1..5
    I.34.14 | omega = (1+v/c)/sqrt(1-v^2/c^2)*omega_0 | c 3..10, v 1..2, omega_0 1..5
    I.34.27 | E_n = (h/(2*pi))*omega | omega h 1..5
    I.37.4 | Int = I1+I2+2*sqrt(I1*I2)*cos(delta) | I1 I2 delta 1..5
    I.38.12 | r = 4*pi*epsilon*(h/(2*pi))^2/(m*q^2) | m q h epsilon 1..5
    I.39.1 | E_n = 3/2*pr*V | pr V 1..5
    I.39.11 | E_n = 1/(gamma-1)*pr*V | gamma 2..5, pr V 1..5
    I.39.22 | pr = n*kb*T/V | n T V kb 1..5
    I.40.1 | n = n_0*exp(-m*g*x/(kb*T)) | n_0 m x T g kb 1..5
    I.41.16 | L_rad = h/(2*pi)*omega^3/(pi^2*c^2*(exp((h/(2*pi))*omega/(kb*T))-1)) | omega T h kb c 1..5
    I.43.16 | v = mu_drift*q*Volt/d | mu_drift q Volt d 1..5
    I.43.31 | D = mob*kb*T | mob T kb 1..5
    I.43.43 | kappa = 1/(gamma-1)*kb*v/A | gamma 2..5, kb A v 1..5
    I.44.4 | E_n = n*kb*T*log(V2/V1) | n kb T V1 V2 1..5
    I.47.23 | c = sqrt(gamma*pr/rho) | gamma pr rho 1..5
    I.48.2 | E_n = m*c^2/sqrt(1-v^2/c^2) | m 1..5, v 1..2, c 3..10
    I.50.26 | x = x1*(cos(omega*t)+alpha*cos(omega*t)^2) | x1 omega t alpha 1..3
    """
}
