// Passes over rows of 32-bit numbers beside the matrix products of a network: activations and their
// derivatives, sums, gathering, and the steps of the optimiser. Everything is row-major and contiguous unless
// a distance between rows is given. Compiled for several instruction sets, chosen when the program starts.

#ifndef CNETWORKKERNELS_H
#define CNETWORKKERNELS_H

// Activations. exp and what stands on it is within 2 units in the last place; gelu, which uses the error
// function of Abramowitz and Stegun 7.1.26, within 4e-7.
enum nk_activation {
  nk_identity = 0,
  nk_relu = 1,
  nk_leaky_relu = 2,  // slope 0.01 below 0
  nk_elu = 3,         // exp(z) - 1 below 0
  nk_tanh = 4,
  nk_sigmoid = 5,
  nk_softplus = 6,
  nk_silu = 7,
  nk_gelu = 8,
};

// z := z + bias in each row, then a := f(z); a may be z.
void nk_bias_activation(int kind, long rows, long columns, const float *bias, float *z, float *a);

// gradient := gradient * f'(z), where a = f(z). z is read by silu and gelu only, a by the others.
void nk_activation_backward(int kind, long count, const float *z, const float *a, float *gradient);

// first := f'(z) and second := f''(z); z must be there for every kind.
void nk_activation_derivatives(int kind, long count, const float *z, const float *a, float *first,
                               float *second);

// out := out * keep + the sums of the columns of x.
void nk_column_sums(long rows, long columns, const float *x, float keep, float *out);

// x := x * y, elementwise.
void nk_multiply(long count, const float *y, float *x);

// out := x * y + u * v, elementwise; out may be one of the four.
void nk_multiply_add(long count, const float *x, const float *y, const float *u, const float *v, float *out);

// For each graph of `nodes` rows of x and each edge: the differences receiver - sender of the first
// `relative` columns, then the receiver's other columns, then the sender's.
void nk_pair_rows(long graphs, long nodes, long width, long relative, long edges, const int *receivers,
                  const int *senders, const float *x, float *out);

// Sums the messages of each node: out[node, :] (rows `stride` apart) := the sum over the edges to it.
void nk_receiver_sums(long graphs, long nodes, long width, long edges, const int *receivers,
                      const float *messages, float *out, long stride);

// The transpose: out[edge, :] := x[receiver of edge, :], rows of x `stride` apart.
void nk_receiver_copies(long graphs, long nodes, long width, long edges, const int *receivers, const float *x,
                        long stride, float *out);

// Makes messages equal and opposite: x[edge, :] := (x[edge, :] - x[reverse of edge, :]) / 2.
void nk_antisymmetric(long graphs, long width, long edges, const int *reverses, float *x);

// The sum over rows of w * |prediction - target|, componentwise, where w = 1 / (1 + |target row| / typical), or
// 1 where typical is 0; prediction := scale * w * sign(prediction - target).
double nk_absolute_loss(long rows, long columns, const float *target, float typical, float scale,
                        float *prediction);

// One step of Adam (Kingma and Ba 2015) for parameters first ..< first + count. The gradient is the sum of
// those of all shards, in their order, plus decay * parameter. `rate` and `correction` hold
// rate / (1 - beta1^t) and 1 / sqrt(1 - beta2^t).
void nk_adam(long first, long count, int shards, const float *const *gradients, float *parameters,
             float *mean, float *square, float rate, float correction, float beta1, float beta2,
             float epsilon, float decay);

#endif
