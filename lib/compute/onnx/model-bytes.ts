import {
  CONTRIB,
  type Attribute,
  type GraphBuilder,
  type GraphNode,
  type GraphValue,
} from "./graph";
import { ProtoWriter } from "./protobuf";
import type { Tensor } from "#lib/compute/tensor";

/** onnx.proto: TensorProto.DataType. */
const DATA_TYPE = { float32: 1, int32: 6, int64: 7, bool: 9 } as const;

/** onnx.proto: AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, floats: 6, ints: 7 } as const;

const IR_VERSION = 10;
const OPSET = 20;

/** A graph as an ONNX model file holds it. */
export function modelBytes(graph: GraphBuilder): Uint8Array {
  const proto = new ProtoWriter();
  for (const node of graph.nodes) proto.message(1, nodeProto(node));
  proto.string(2, "monolex");
  for (const [name, tensor] of graph.constants) {
    proto.message(5, initializer(name, tensor));
  }
  for (const input of graph.inputs) proto.message(11, valueInfo(input));
  for (const output of graph.outputs) proto.message(12, valueInfo(output));
  return new ProtoWriter()
    .int(1, IR_VERSION)
    .string(2, "monolex")
    .message(7, proto)
    .message(8, new ProtoWriter().string(1, "").int(2, OPSET))
    .message(8, new ProtoWriter().string(1, CONTRIB).int(2, 1))
    .finish();
}

function nodeProto(node: GraphNode): ProtoWriter {
  const proto = new ProtoWriter();
  for (const input of node.inputs) proto.string(1, input);
  for (const name of node.outputs) proto.string(2, name);
  proto.string(3, node.outputs[0]!).string(4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    proto.message(5, attribute(name, value));
  }
  if (node.domain !== "") proto.string(7, node.domain);
  return proto;
}

function initializer(name: string, { type, data, dims }: Tensor): ProtoWriter {
  const proto = new ProtoWriter();
  for (const dim of dims) proto.int(1, dim);
  return proto
    .int(2, DATA_TYPE[type])
    .string(8, name)
    .bytes(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function valueInfo({ name, type, dims }: GraphValue): ProtoWriter {
  const shape = new ProtoWriter();
  for (const dim of dims) {
    shape.message(
      1,
      typeof dim === "number"
        ? new ProtoWriter().int(1, dim)
        : new ProtoWriter().string(2, dim),
    );
  }
  const tensorType = new ProtoWriter()
    .int(1, DATA_TYPE[type])
    .message(2, shape);
  return new ProtoWriter()
    .string(1, name)
    .message(2, new ProtoWriter().message(1, tensorType));
}

function attribute(name: string, value: Attribute): ProtoWriter {
  const proto = new ProtoWriter().string(1, name);
  if (typeof value === "number") {
    return proto.int(3, value).int(20, ATTRIBUTE.int);
  }
  if (typeof value === "string") {
    return proto.string(4, value).int(20, ATTRIBUTE.string);
  }
  if (Array.isArray(value)) {
    for (const x of value) proto.int(8, x);
    return proto.int(20, ATTRIBUTE.ints);
  }
  if ("float" in value) {
    return proto.float(2, value.float).int(20, ATTRIBUTE.float);
  }
  for (const x of value.floats) proto.float(7, x);
  return proto.int(20, ATTRIBUTE.floats);
}
