"""Makes reference.npz and operators.npz with the reference evaluator of the package onnx (1.23).

reference.npz has, for each model NAME.onnx here, inputs `NAME/inputs/x` and outputs `NAME/outputs/y`.
operators.npz has small models of an operator or two, `CASE/model` being the file's bytes, in the same way.
"""

import glob
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

os.chdir(os.path.dirname(os.path.abspath(__file__)))
random = np.random.default_rng(20260101)


def record(store, name, model, inputs):
    outputs = ReferenceEvaluator(model).run(None, inputs)
    for key, value in inputs.items():
        store[f"{name}/inputs/{key}"] = value
    for info, value in zip(model.graph.output, outputs):
        store[f"{name}/outputs/{info.name}"] = np.asarray(value)


def models():
    store = {}
    for path in sorted(glob.glob("*.onnx")):
        model = onnx.load(path)
        inputs = {}
        for info in model.graph.input:
            shape = [d.dim_value or 40 for d in info.type.tensor_type.shape.dim]
            inputs[info.name] = (2 * random.normal(size=shape)).astype(np.float32)
        record(store, path, model, inputs)
    np.savez_compressed("reference.npz", **store)


def operators():
    store = {}

    def case(name, op, inputs, constants=(), version=20, outputs=1, **attributes):
        arrays = [np.asarray(a) for a in inputs]
        names = [f"x{i}" for i in range(len(arrays))]
        initializers = [numpy_helper.from_array(np.asarray(c), f"c{i}") for i, c in enumerate(constants) if c is not None]
        taken = names + [f"c{i}" if c is not None else "" for i, c in enumerate(constants)]
        given = [f"y{i}" for i in range(outputs)]
        node = helper.make_node(op, taken, given, name=name, **attributes)
        infos = [helper.make_tensor_value_info(n, helper.np_dtype_to_tensor_dtype(a.dtype), a.shape)
                 for n, a in zip(names, arrays)]
        graph = helper.make_graph([node], name, infos,
                                  [helper.make_tensor_value_info(y, TensorProto.FLOAT, None) for y in given],
                                  initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", version)], ir_version=9)
        store[f"{name}/model"] = np.frombuffer(model.SerializeToString(), dtype=np.uint8)
        record(store, name, model, dict(zip(names, arrays)))

    def f(*shape):
        return (2 * random.normal(size=shape)).astype(np.float32)

    i64 = lambda *v: np.array(v, dtype=np.int64)
    x = np.concatenate([f(3, 4).ravel(), np.float32([0, -0.0, 50, -50, 1e-6, -1e-6, 90, -90])]).reshape(4, 5)
    for op in ("Relu LeakyRelu Elu Celu Selu ThresholdedRelu HardSigmoid HardSwish Mish Tanh Sigmoid Softplus Softsign "
               "Gelu Neg Abs Sign Erf Floor Ceil Round Sin Cos Tan Atan Sinh Cosh Asinh Identity").split():
        case(op, op, [np.clip(x, -20, 20) if op in ("Sinh", "Cosh", "Mish") else x])
    for op in "Exp Sqrt Reciprocal Log".split():
        case(op, op, [np.abs(f(3, 4)) + np.float32(0.1)])
    for op in "Asin Acos Atanh".split():
        case(op, op, [np.tanh(f(3, 4))])
    case("Acosh", "Acosh", [1 + np.abs(f(3, 4))])
    case("Gelu tanh", "Gelu", [f(3, 4)], approximate="tanh")
    case("LeakyRelu alpha", "LeakyRelu", [f(3, 4)], alpha=0.3)
    case("Elu alpha", "Elu", [f(3, 4)], alpha=0.5)
    case("Abs int64", "Abs", [i64(-3, 4)])
    case("Neg double", "Neg", [f(3).astype(np.float64)])
    for op in "Add Sub Mul Div".split():
        case(op, op, [f(2, 3, 4), f(4)])
        case(op + " both ways", op, [f(3, 1), f(1, 4)])
        case(op + " int64", op, [i64(7, -7, 8), i64(2, 2, 3)] if op != "Div" else [i64(7, 9, 8), i64(2, 4, 3)])
        case(op + " double", op, [f(2, 3).astype(np.float64), f(3).astype(np.float64)])
    case("Pow", "Pow", [np.abs(f(3, 4)), f(4)])
    case("Pow mixed", "Pow", [f(3, 4)], [i64(3)])
    case("Max", "Max", [f(3, 4), f(4), f(3, 1)])
    case("Min", "Min", [f(3, 4), f(4)])
    case("Sum", "Sum", [f(3, 4), f(4), f(1)])
    case("PRelu", "PRelu", [f(3, 4), f(4)])
    for op in "Less LessOrEqual Greater GreaterOrEqual Equal".split():
        a = np.round(f(3, 4))
        case(op, op, [a, np.round(f(4))])
    for op in "And Or Xor".split():
        case(op, op, [f(3, 4) > 0, f(4) > 0])
    case("Not", "Not", [f(3, 4) > 0])
    case("Where", "Where", [f(3, 1) > 0, f(3, 4), f(4)])
    case("Where int64", "Where", [f(3) > 0, i64(1, 2, 3), i64(4)])
    case("Gemm", "Gemm", [f(3, 4), f(4, 5), f(5)])
    case("Gemm no C", "Gemm", [f(3, 4), f(4, 5)])
    case("Gemm all", "Gemm", [f(4, 3), f(5, 4), f(3, 1)], alpha=0.5, beta=2.0, transA=1, transB=1)
    case("Gemm double", "Gemm", [f(3, 4).astype(np.float64), f(4, 9).astype(np.float64)])
    case("MatMul", "MatMul", [f(3, 4), f(4, 17)])
    case("MatMul stack", "MatMul", [f(2, 3, 4), f(4, 5)])
    case("MatMul stacks", "MatMul", [f(2, 1, 3, 4), f(3, 4, 5)])
    case("MatMul vectors", "MatMul", [f(4), f(4)])
    case("MatMul vector matrix", "MatMul", [f(4), f(4, 3)])
    case("MatMul stack vector", "MatMul", [f(2, 3, 4), f(4)])
    case("Concat", "Concat", [f(3, 2), f(3, 4)], axis=1)
    case("Concat first", "Concat", [f(1, 4), f(2, 4)], axis=-2)
    case("Slice", "Slice", [f(4, 6)], [i64(1, -4), i64(100, -1), i64(0, 1), i64(2, 1)])
    case("Slice back", "Slice", [f(4, 6)], [i64(-1), i64(-100), i64(1), i64(-2)])
    case("Slice no axes", "Slice", [f(4, 6)], [i64(1, 2), i64(3, 9)])
    case("Slice 9", "Slice", [f(4, 6)], version=9, starts=[1], ends=[5], axes=[1])
    case("Gather", "Gather", [f(4, 6)], [i64(2, -1, 0)], axis=1)
    case("Gather matrix", "Gather", [f(4, 6)], [np.array([[0, 1], [3, 2]])], axis=0)
    case("Gather scalar", "Gather", [f(4, 6)], [np.array(2)], axis=1)
    case("Split", "Split", [f(3, 6)], [i64(1, 2, 3)], outputs=3, axis=1)
    case("Split equal", "Split", [f(3, 7)], outputs=3, axis=1, num_outputs=3)
    case("Reshape", "Reshape", [f(4, 6)], [i64(0, -1, 2)])
    case("Flatten", "Flatten", [f(2, 3, 4)], axis=2)
    case("Flatten 0", "Flatten", [f(2, 3, 4)], axis=0)
    case("Squeeze", "Squeeze", [f(1, 3, 1)], [i64(-1)])
    case("Squeeze all", "Squeeze", [f(1, 3, 1)])
    case("Squeeze 11", "Squeeze", [f(1, 3, 1)], version=11, axes=[0])
    case("Unsqueeze", "Unsqueeze", [f(3, 4)], [i64(0, -1)])
    case("Unsqueeze 11", "Unsqueeze", [f(3, 4)], version=11, axes=[1])
    case("Transpose", "Transpose", [f(2, 3, 4)])
    case("Transpose perm", "Transpose", [f(2, 3, 4)], perm=[1, 2, 0])
    case("Expand", "Expand", [f(3, 1)], [i64(2, 1, 4)])
    case("Shape", "Shape", [f(2, 3, 4)])
    case("Shape part", "Shape", [f(2, 3, 4)], start=1)
    case("ConstantOfShape", "ConstantOfShape", [i64(2, 3)], value=numpy_helper.from_array(np.float32([2.5])))
    for op in "ReduceSum ReduceMean ReduceMax ReduceMin ReduceProd ReduceSumSquare ReduceL2 ReduceL1".split():
        case(op, op, [f(2, 3, 4)], [i64(1)])
        case(op + " flat", op, [f(2, 3, 4)], [i64(0, -1)], keepdims=0)
    case("ReduceSum 11", "ReduceSum", [f(2, 3, 4)], version=11, axes=[-1], keepdims=0)
    case("ReduceMean 13", "ReduceMean", [f(2, 3, 4)], version=13, axes=[1])
    case("ReduceSum all", "ReduceSum", [f(2, 3)])
    case("ReduceSum none", "ReduceSum", [f(2, 3)], [i64()], noop_with_empty_axes=1)
    case("LayerNormalization", "LayerNormalization", [f(3, 5), f(5), f(5)])
    case("LayerNormalization two axes", "LayerNormalization", [f(2, 3, 4), f(3, 4)], axis=1, epsilon=1e-3)
    case("BatchNormalization", "BatchNormalization", [f(3, 5), f(5), f(5), f(5), np.abs(f(5))])
    case("Softmax", "Softmax", [f(3, 5)])
    case("Softmax axis", "Softmax", [f(2, 3, 4)], axis=1)
    case("LogSoftmax", "LogSoftmax", [f(3, 5)])
    case("Cast int", "Cast", [f(3, 4)], to=TensorProto.INT64)
    case("Cast bool", "Cast", [np.round(f(3, 4))], to=TensorProto.BOOL)
    case("Cast double", "Cast", [i64(1, -2)], to=TensorProto.DOUBLE)
    case("Clip", "Clip", [f(3, 4)], [np.float32(-1), np.float32(1)])
    case("Clip one", "Clip", [f(3, 4)], [None, np.float32(1)])
    np.savez_compressed("operators.npz", **store)


models()
operators()
