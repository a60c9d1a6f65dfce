#pragma once
#include <stddef.h>
#include <stdint.h>
typedef struct { uint8_t opcode; uint8_t arity; uint16_t feature; uint32_t length; double value; } vk_node;
typedef vk_node vk_instruction;
int vk_instruction_set(void);
int32_t vk_program_capacity(int32_t count);
int32_t vk_scratch_capacity(int32_t count);
int32_t vk_compile(const vk_node *nodes, int32_t count, vk_instruction *program);
void vk_evaluate_f64(const vk_instruction *program, int32_t count, const double *const *columns, size_t first_row, size_t rows, double *out, double *scratch);
void vk_jacobian_f64(const vk_node *nodes, int32_t count, const int32_t *targets, int32_t target_count, const double *const *columns, size_t first_row, size_t rows, double *values, double *jacobian, size_t stride, double *scratch);
void vk_normal_equations_f64(const double *jacobian, size_t stride, int32_t k, const double *residual, const double *w, size_t rows, double *jtj, double *jtr);
