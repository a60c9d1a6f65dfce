// Postfix nodes to accumulator-machine instructions, in one pass.
//
// A symbolic stack says of each pending value whether it is a constant, a column or computed. The topmost
// computed value is in the accumulator and the others are saved in order, so no search for registers is needed.
#include "instructions.h"

namespace {

struct FunctionHandlers {
  uint8_t of[VK_CLAMP];
  constexpr FunctionHandlers() : of{} {
    for (uint8_t &handler : of) handler = handlerInMemory;
#define VK_SET_HANDLER(op) of[op] = handler_##op;
    VK_HOT_FUNCTIONS(VK_SET_HANDLER)
  }
};
constexpr FunctionHandlers functionHandlers;

// An entry of the symbolic stack is an instruction's worth of memory: mode holds the kind, first the column.
struct Compiler {
  vk_instruction *program;
  vk_instruction *stack;
  int32_t length = 0;
  int32_t depth = 0;
  int32_t computed = 0;

  void emit(int handler, uint8_t opcode, int mode, uint16_t first, uint16_t second, double value) {
    program[length++] = {(uint8_t)handler, opcode, (uint8_t)mode, 1, first, second, value};
  }

  // Makes sure that the top entry, no constant, is in the accumulator.
  void loadTop() {
    vk_instruction &top = stack[depth - 1];
    const uint8_t handler = computed ? handlerSaveLoadFeature : handlerLoadFeature;
    program[length] = {handler, 0, 0, 1, top.first, 0, 0};
    const bool isFeature = top.mode == operandFeature;
    length += isFeature;
    computed += isFeature;
    top.mode = operandComputed;
  }

  void unary(uint8_t opcode) {
    vk_instruction &top = stack[depth - 1];
    if (top.mode == operandConstant) {
      top.value = vk_kernels().apply(opcode, top.value, 0, 0);
      return;
    }
    loadTop();
    emit(functionHandlers.of[opcode], opcode, 0, 0, 0, 0);
  }

  // x^c for exponents where multiplication, division or a root gives the power at a fraction of the cost.
  bool shortPower(double exponent) {
    uint8_t opcode;
    if (exponent == 2 || exponent == 4) opcode = VK_SQUARE;
    else if (exponent == 3) opcode = VK_CUBE;
    else if (exponent == 0.5) opcode = VK_SQRT;
    else if (exponent == -1) opcode = VK_INVERSE;
    else return exponent == 1;
    unary(opcode);
    if (exponent == 4) unary(opcode);
    return true;
  }

  void binary(uint8_t opcode) {
    static constexpr uint8_t modes[9] = {0, modeCF, modeCA, modeFC, modeFF, modeFA, modeAC, modeAF, modeSA};
    vk_instruction &left = stack[depth - 2];
    const vk_instruction &right = stack[depth - 1];
    depth--;
    const unsigned kinds = 3 * left.mode + right.mode;
    if (__builtin_expect(kinds == 0, 0)) {
      left.value = vk_kernels().apply(opcode, left.value, right.value, 0);
      return;
    }
    if (opcode == VK_POWER && right.mode == operandConstant && shortPower(right.value)) return;
    int mode = modes[kinds];
    const int operands = (left.mode == operandComputed) + (right.mode == operandComputed);
    mode += (mode >= modeFF && computed) ? saveFF - modeFF : 0;
    const int handler =
      opcode <= VK_DIVIDE ? handlerArithmetic + (opcode - VK_ADD) * modeCount + mode : handlerInMemory;
    emit(handler, opcode, mode, left.first, right.first,
         left.mode == operandConstant ? left.value : right.value);
    computed += 1 - operands;
    left.mode = operandComputed;
  }

  void ternary(uint8_t opcode) {
    vk_instruction *x = stack + depth - 3;
    depth -= 2;
    if (x[0].mode == operandConstant && x[1].mode == operandConstant && x[2].mode == operandConstant) {
      x->value = vk_kernels().apply(opcode, x[0].value, x[1].value, x[2].value);
      return;
    }
    int operands = 0;
    int mode = 0;
    for (int j = 0; j < 3; j++) {
      operands += x[j].mode == operandComputed;
      mode |= x[j].mode << (2 * j);
    }
    if (operands == 0 && computed) mode |= ternarySaves;
    for (int j = 0; j < 3; j++) emit(handlerInMemory, opcode, mode, x[j].first, 0, x[j].value);
    program[length - 3].length = 3;
    computed += 1 - operands;
    x->mode = operandComputed;
  }
};

}  // namespace

int32_t vk_compile(const vk_node *nodes, int32_t count, vk_instruction *program) {
  if (count < 1) return 0;
  Compiler c{program, program + count + 3};
  for (int32_t i = 0; i < count; i++) {
    const vk_node &node = nodes[i];
    const uint8_t opcode = node.opcode;
    if (opcode <= VK_FEATURE) {
      c.stack[c.depth++] = {0, 0, opcode, 0, node.feature, 0, node.value};
    } else if (opcode <= VK_LOGICAL_AND) {
      if (c.depth < 2) return 0;
      c.binary(opcode);
    } else if (opcode >= VK_NEGATE && opcode <= VK_CEIL) {
      if (c.depth < 1) return 0;
      c.unary(opcode);
    } else if (opcode >= VK_CLAMP && opcode <= VK_IF_ELSE) {
      if (c.depth < 3) return 0;
      c.ternary(opcode);
    } else {
      return 0;
    }
  }
  if (c.depth != 1) return 0;
  if (c.stack[0].mode == operandConstant)
    c.emit(handlerLoadConstant, 0, 0, 0, 0, c.stack[0].value);
  else
    c.loadTop();
  c.emit(handlerEnd, 0, 0, 0, 0, 0);
  return c.length;
}
