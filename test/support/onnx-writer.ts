/**
 * Writes ONNX models: enough of the format for small graphs that tests make. A model is one protobuf message.
 * Source: onnx.proto of the ONNX project, IR version 8.
 */

/** Element types by their number in TensorProto.DataType. */
const TYPES = { float: 1, int64: 7, bool: 9 } as const;
export type ElementType = keyof typeof TYPES;

/** A number is a fixed size; a name stands for one that is known when the model runs. */
export type Dimension = number | string;

export type TensorInfo = {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly Dimension[];
};

export type Constant = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
};

/** Whole numbers are written as INT, or INTS in a list. */
export type Attributes = Readonly<Record<string, number | readonly number[]>>;

export type Graph = {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  readonly constants: readonly Constant[];
  readonly nodes: readonly Node[];
};

export type Node = {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Attributes;
};

const IR_VERSION = 8;
/** Axes of Unsqueeze and ReduceSum are inputs from 13 on, those of ReduceMax attributes until 18. */
const OPERATOR_SET = 13;

/** The bytes of a model with one graph. */
export function writeOnnx(graph: Graph): Uint8Array {
  return message([
    varintField(1, IR_VERSION),
    textField(2, 'ragstone-tests'),
    bytesField(7, graphMessage(graph)),
    bytesField(8, message([textField(1, ''), varintField(2, OPERATOR_SET)])),
  ]);
}

const graphMessage = ({ inputs, outputs, constants, nodes }: Graph): Uint8Array =>
  message([
    ...nodes.map((node, i) => bytesField(1, nodeMessage(node, `node_${i}`))),
    textField(2, 'graph'),
    ...constants.map((constant) => bytesField(5, tensorMessage(constant))),
    ...inputs.map((info) => bytesField(11, valueInfoMessage(info))),
    ...outputs.map((info) => bytesField(12, valueInfoMessage(info))),
  ]);

const nodeMessage = ({ op, inputs, outputs, attributes = {} }: Node, name: string): Uint8Array =>
  message([
    ...inputs.map((input) => textField(1, input)),
    ...outputs.map((output) => textField(2, output)),
    textField(3, name),
    textField(4, op),
    ...Object.entries(attributes).map(([key, value]) => bytesField(5, attributeMessage(key, value))),
  ]);

const attributeMessage = (name: string, value: number | readonly number[]): Uint8Array =>
  message([
    textField(1, name),
    ...(typeof value === 'number'
      ? [varintField(3, value), varintField(20, 2)]
      : [...value.map((each) => varintField(8, each)), varintField(20, 7)]),
  ]);

const tensorMessage = ({ name, shape, data }: Constant): Uint8Array =>
  message([
    ...shape.map((size) => varintField(1, size)),
    varintField(2, data instanceof Float32Array ? TYPES.float : TYPES.int64),
    textField(8, name),
    bytesField(9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  ]);

const valueInfoMessage = ({ name, type, shape }: TensorInfo): Uint8Array => {
  const dimensions = shape.map((size) =>
    bytesField(1, message([typeof size === 'number' ? varintField(1, size) : textField(2, size)])),
  );
  const tensorType = message([varintField(1, TYPES[type]), bytesField(2, message(dimensions))]);
  return message([textField(1, name), bytesField(2, message([bytesField(1, tensorType)]))]);
};

const message = (fields: readonly Uint8Array[]): Uint8Array => Buffer.concat(fields);

const textField = (field: number, text: string): Uint8Array => bytesField(field, Buffer.from(text, 'utf8'));

const bytesField = (field: number, bytes: Uint8Array): Uint8Array =>
  Buffer.concat([varint((field << 3) | 2), varint(bytes.length), bytes]);

const varintField = (field: number, value: number): Uint8Array => Buffer.concat([varint(field << 3), varint(value)]);

/** Seven bits a byte, the low ones first; below 0 in two's complement of 64 bits. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
