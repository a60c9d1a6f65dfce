// An expression's nodes with the places of their arguments. Private to this target.
#pragma once
#include "instructions.h"

// Pairs of operators that cancel when they are done one after another, and are not.
enum StableForm : uint8_t {
  formPlain,
  formExponentialMinusOne,  // exp(u) - 1
  formOneMinusExponential,  // 1 - exp(u)
  formLogarithmOfOnePlus,   // log(1 + u)
  formLogarithmOfPower,     // log(exp(u)), which is u
  formUnused,               // the inner operator of the latter
};

struct Link {
  int32_t child[3];
  int32_t argument;  // u of a form that is not plain
  StableForm form;
  uint8_t opcode;
  uint8_t arity;
  bool active;  // is or contains a leaf with respect to which derivatives are wanted
  uint16_t feature;
  double value;
};

// The operator that nodes[at] completes with the one below it. `left` is its first argument, `innerLeft` the
// first argument of the node before it. Only a constant written as 1 or -1 counts.
inline StableForm stableForm(const vk_node *nodes, int32_t at, int32_t left, int32_t innerLeft,
                             int32_t *argument) {
  const int op = nodes[at].opcode;
  const auto isConstant = [&](int32_t i, double value) {
    return nodes[i].opcode == VK_CONSTANT && nodes[i].value == value;
  };
  if (op == VK_ADD || op == VK_SUBTRACT) {
    const double one = op == VK_ADD ? -1 : 1;
    if (nodes[left].opcode == VK_EXP && isConstant(at - 1, one)) {
      *argument = left - 1;
      return formExponentialMinusOne;
    }
    if (nodes[at - 1].opcode == VK_EXP && isConstant(left, one)) {
      *argument = at - 2;
      return op == VK_ADD ? formExponentialMinusOne : formOneMinusExponential;
    }
  } else if (op == VK_LOG && nodes[at - 1].opcode == VK_EXP) {
    *argument = at - 2;
    return formLogarithmOfPower;
  } else if (op == VK_LOG && nodes[at - 1].opcode == VK_ADD) {
    if (isConstant(at - 2, 1)) {
      *argument = innerLeft;
      return formLogarithmOfOnePlus;
    }
    if (isConstant(innerLeft, 1)) {
      *argument = at - 2;
      return formLogarithmOfOnePlus;
    }
  }
  return formPlain;
}

// The kernel that computes an operator in its form, but for the sign of 1 - exp(u).
constexpr int operatorOf(StableForm form, int opcode) {
  return form == formPlain                ? opcode
         : form == formLogarithmOfOnePlus ? VK_LOG1P
         : form == formLogarithmOfPower   ? VK_FEATURE
                                          : kernelExponentialMinusOne;
}

// Links the nodes of a complete expression; `stack` has room for one number a node.
inline void linkNodes(const vk_node *nodes, int32_t count, Link *links, int32_t *stack) {
  int32_t depth = 0;
  for (int32_t i = 0; i < count; i++) {
    const vk_node &node = nodes[i];
    const int op = node.opcode;
    const int arity = op <= VK_FEATURE ? 0 : op <= VK_LOGICAL_AND ? 2 : op <= VK_CEIL ? 1 : 3;
    Link &link = links[i];
    link = {{0, 0, 0}, 0, formPlain, node.opcode, (uint8_t)arity, false, node.feature, node.value};
    depth -= arity;
    for (int j = 0; j < arity; j++) link.child[j] = stack[depth + j];
    if (arity) link.form = stableForm(nodes, i, link.child[0], links[i - 1].child[0], &link.argument);
    stack[depth++] = i;
  }
}
