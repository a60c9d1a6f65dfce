#include "CVectorKernels.h"
#include <math.h>
#include <string.h>
int vk_instruction_set(void) { return 0; }
int32_t vk_program_capacity(int32_t n) { return n; }
int32_t vk_scratch_capacity(int32_t n) { return n * 1024; }
int32_t vk_compile(const vk_node *nodes, int32_t n, vk_instruction *p) { memcpy(p, nodes, n * sizeof *p); return n; }
static double op1(int o, double x) { switch (o) { case 20: return -x; case 21: return x*x; case 22: return x*x*x; case 23: return cbrt(x); case 24: return sqrt(x); case 25: return fabs(x); case 26: return (x>0)-(x<0); case 27: return 1/x; case 28: return exp(x); case 29: return log(x); case 32: return log1p(x); case 33: return sin(x); case 34: return cos(x); case 35: return tan(x); case 41: return tanh(x); } return NAN; }
static double op2(int o, double x, double y) { switch (o) { case 2: return x+y; case 3: return x-y; case 4: return x*y; case 5: return x/y; case 6: return pow(x,y); case 7: return x>y?x:y; case 8: return x<y?x:y; } return NAN; }
static double op3(int o, double a, double b, double c) { if (o==61) return a>0?b:c; return a*b+c; }
static double d1(int o, double x, double v) { switch (o) { case 20: return -1; case 21: return 2*x; case 22: return 3*x*x; case 24: return .5/v; case 25: return (x>0)-(x<0); case 27: return -v*v; case 28: return v; case 29: return 1/x; case 32: return 1/(1+x); case 33: return cos(x); case 34: return -sin(x); case 41: return 1-v*v; } double h=1e-6*(fabs(x)+1e-3); return (op1(o,x+h)-op1(o,x-h))/(2*h); }
void vk_evaluate_f64(const vk_instruction *p, int32_t n, const double *const *cols, size_t f, size_t rows, double *out, double *s) {
  int sp = 0; for (int i=0;i<n;i++) { double *d; switch (p[i].arity) {
    case 0: d=s+512*sp++; for (size_t r=0;r<rows;r++) d[r]=p[i].opcode? cols[p[i].feature][f+r]:p[i].value; break;
    case 1: d=s+512*(sp-1); for (size_t r=0;r<rows;r++) d[r]=op1(p[i].opcode,d[r]); break;
    case 2: sp--; d=s+512*(sp-1); for (size_t r=0;r<rows;r++) d[r]=op2(p[i].opcode,d[r],d[512+r]); break;
    default: sp-=2; d=s+512*(sp-1); for (size_t r=0;r<rows;r++) d[r]=op3(p[i].opcode,d[r],d[512+r],d[1024+r]); } }
  memcpy(out,s,rows*8); }
void vk_jacobian_f64(const vk_node *p, int32_t n, const int32_t *t, int32_t k, const double *const *cols, size_t f, size_t rows, double *values, double *jac, size_t stride, double *s) {
  for (int j=0;j<(k?k:1);j++) for (size_t r=0;r<rows;r++) { double v[512], d[512]; int sp=0; for (int i=0;i<n;i++) { switch (p[i].arity) {
    case 0: v[sp]=p[i].opcode? cols[p[i].feature][f+r]:p[i].value; d[sp]=k&&i==t[j]; sp++; break;
    case 1: { double x=v[sp-1]; v[sp-1]=op1(p[i].opcode,x); d[sp-1]=d[sp-1]?d[sp-1]*d1(p[i].opcode,x,v[sp-1]):0; } break;
    case 2: { sp--; double x=v[sp-1],y=v[sp],a=0,b=0,w=op2(p[i].opcode,x,y); switch(p[i].opcode){case 2:a=1;b=1;break;case 3:a=1;b=-1;break;case 4:a=y;b=x;break;case 5:a=1/y;b=-w/y;break;case 6:a=y*pow(x,y-1);b=d[sp]?w*log(x):0;break;case 7:a=x>y;b=!a;break;case 8:a=x<y;b=!a;} v[sp-1]=w; d[sp-1]=(d[sp-1]?a*d[sp-1]:0)+(d[sp]?b*d[sp]:0); } break;
    default: { sp-=2; double a=v[sp-1]; if (p[i].opcode==61){ v[sp-1]=a>0?v[sp]:v[sp+1]; d[sp-1]=a>0?d[sp]:d[sp+1]; } else { d[sp-1]=d[sp-1]*v[sp]+a*d[sp]+d[sp+1]; v[sp-1]=a*v[sp]+v[sp+1]; } } } }
    values[r]=v[0]; if (k) jac[j*stride+r]=d[0]; } }
void vk_normal_equations_f64(const double *J, size_t st, int32_t k, const double *e, const double *w, size_t rows, double *A, double *g) {
  for (int i=0;i<k;i++) { for (int j=0;j<=i;j++) { double s=0; for (size_t r=0;r<rows;r++) s+=(w?w[r]:1)*J[i*st+r]*J[j*st+r]; A[i*k+j]+=s; } double s=0; for (size_t r=0;r<rows;r++) s+=(w?w[r]:1)*J[i*st+r]*e[r]; g[i]+=s; } }
