/** The builds of wasm/. */
export const builds = ['fma', 'simd', 'scalar'] as const;
export type Build = (typeof builds)[number];

export const P = 2n ** 255n - 19n;
export const L = 2n ** 252n + 27742317777372353535851937790883648493n;

/** The numbers around every limb, prime and power where an addition, a carry or a comparison may go wrong. */
export const edges: readonly bigint[] = [
  ...[0n, 1n, 2n, 18n, 19n, 20n, P - 2n, P - 1n, P, P + 1n, P + 18n, 2n ** 255n - 1n],
  ...[L - 1n, L, L + 1n, (P - 1n) / 2n, (P + 1n) / 2n],
  ...[21n, 25n, 26n, 30n, 50n, 51n, 52n, 102n, 204n, 229n, 254n].flatMap(bit => [
    2n ** bit - 1n,
    2n ** bit,
    2n ** bit + 1n,
  ]),
  repeated(51n, 2n ** 50n, 5n),
  repeated(51n, 2n ** 50n - 1n, 5n),
  repeated(51n, 2n ** 51n - 1n, 5n),
];

function repeated(width: bigint, limb: bigint, count: bigint): bigint {
  let sum = 0n;
  for (let i = 0n; i < count; i += 1n) sum += limb << (width * i);
  return sum;
}

type Call = (...args: number[]) => number;

/** The parts of a build, with numbers put into its memory and read from there. */
export interface Probe {
  /** Distance of the lanes in an element. */
  readonly lane: number;
  readonly memory: DataView<ArrayBuffer>;
  call(name: string, ...args: number[]): number;
  /** The address of the element with a number, or of 128 bytes for something else. */
  at(slot: number): number;
  putBytes(slot: number, value: bigint, length?: number): void;
  bytes(slot: number, length?: number): bigint;
  /** Writes two numbers below 2^255 into the lanes of an element. */
  put(slot: number, lanes: readonly [bigint, bigint]): void;
  /** The lanes as the layer writes them: below p. */
  get(slot: number): [bigint, bigint];
}

const SLOT = 128;
/** Slots that `put` and `get` use on the way. */
const BYTES_SLOT = 100;

/** @param module - wasm/assembly/probe.ts, compiled for a build. */
export async function probeOn(module: WebAssembly.Module): Promise<Probe> {
  const { exports } = await WebAssembly.instantiate(module, {});
  const { memory, ROOM, LANE } = exports as unknown as {
    memory: { buffer: ArrayBuffer };
    ROOM: { value: number };
    LANE: { value: number };
  };
  const probe: Probe = {
    lane: LANE.value,
    memory: new DataView(memory.buffer),
    call: (name, ...args) => (exports[name] as Call)(...args),
    at: slot => ROOM.value + SLOT * slot,
    putBytes(slot, value, length = 32) {
      for (let i = 0; i < length; i += 1) {
        probe.memory.setUint8(probe.at(slot) + i, Number((value >> BigInt(8 * i)) & 0xffn));
      }
    },
    bytes(slot, length = 32) {
      let value = 0n;
      for (let i = length - 1; i >= 0; i -= 1)
        value = (value << 8n) + BigInt(probe.memory.getUint8(probe.at(slot) + i));
      return value;
    },
    put(slot, lanes) {
      for (const [lane, value] of lanes.entries()) {
        probe.putBytes(BYTES_SLOT, value);
        probe.call('fromBytes', probe.at(BYTES_SLOT + 2 + lane), probe.at(BYTES_SLOT));
      }
      probe.call('lowLanes', probe.at(slot), probe.at(BYTES_SLOT + 2), probe.at(BYTES_SLOT + 3));
    },
    get(slot) {
      const lane = (offset: number) => {
        probe.call('laneToBytes', probe.at(BYTES_SLOT), probe.at(slot) + offset);
        return probe.bytes(BYTES_SLOT);
      };
      return [lane(0), lane(probe.lane)];
    },
  };
  probe.call('prepareField');
  return probe;
}

export function modulo(value: bigint, modulus = P): bigint {
  return ((value % modulus) + modulus) % modulus;
}

/** base^exponent modulo p. */
export function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, modulo(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % P;
    square = (square * square) % P;
  }
  return result;
}
