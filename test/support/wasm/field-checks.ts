import fc from 'fast-check';
import { type Checks, same } from './check.ts';
import { type Build, edges, modulo, P, type Probe, power } from './probe.ts';

const RUNS = 1500;
const [A, B, C, D] = [0, 1, 2, 3] as const;

const element = fc.oneof(fc.constantFrom(...edges), fc.bigInt(0n, 2n ** 255n - 1n));
const lanes = fc.tuple(element, element);

/** Operations of the field against integers. */
export function fieldChecks(build: Build, probe: Probe): Checks {
  const { at, call, get, put } = probe;
  const runs = { numRuns: build === 'scalar' ? RUNS / 5 : RUNS };
  return {
    'writes each number below p as it is, and each other one minus p': () => {
      for (const edge of edges) {
        put(A, [edge, P - 1n]);
        same(get(A), [modulo(edge), P - 1n]);
      }
    },

    'multiplies, squares, adds and subtracts every edge with every other': () => {
      for (const a of edges) for (const b of edges) checkOperations([a, b], [b, a]);
    },

    'multiplies, squares, adds and subtracts any numbers': () => {
      fc.assert(fc.property(lanes, lanes, checkOperations), runs);
    },

    'takes a sum or difference as the first factor, and carries sums of three': () => {
      fc.assert(
        fc.property(lanes, lanes, lanes, (a, b, c) => {
          for (const [slot, value] of [a, b, c].entries()) put(slot, value);
          const each = (of: (a: bigint, b: bigint, c: bigint) => bigint) =>
            [0, 1].map(lane => modulo(of(a[lane] ?? 0n, b[lane] ?? 0n, c[lane] ?? 0n)));
          call('subtract', at(D), at(A), at(B));
          call('multiply', at(D), at(D), at(C));
          same(
            get(D),
            each((a, b, c) => (a - b) * c),
          );
          call('add', at(D), at(A), at(B));
          call('add', at(D), at(D), at(C));
          same(
            get(D),
            each((a, b, c) => a + b + c),
          );
          call('carry', at(D), at(D));
          call('multiply', at(D), at(D), at(D));
          same(
            get(D),
            each((a, b, c) => (a + b + c) ** 2n),
          );
        }),
        runs,
      );
    },

    'squares many times, and inverts; 0 has the inverse 0': () => {
      fc.assert(
        fc.property(lanes, fc.integer({ min: 1, max: 30 }), (a, n) => {
          put(A, a);
          call('squareTimes', at(B), at(A), n);
          same(
            get(B),
            a.map(each => power(each, 2n ** BigInt(n))),
          );
          call('invert', at(B), at(A));
          same(get(B), [power(a[0], P - 2n), power(a[0], P - 2n)]);
        }),
        { numRuns: 300 },
      );
      for (const edge of edges) {
        put(A, [edge, 1n]);
        call('invert', at(B), at(A));
        same(get(B)[0], power(edge, P - 2n));
      }
    },

    'finds the root of u / v where there is one, and says where there is none': () => {
      fc.assert(
        fc.property(element, element, (u, v) => {
          fc.pre(modulo(v) !== 0n);
          put(A, [u, u]);
          put(B, [v, v]);
          const found = call('squareRoot', at(C), at(A), at(B)) !== 0;
          const [x, other] = get(C);
          same(found, isSquare(u * v));
          if (found) same(modulo(v * x * x), modulo(u));
          if (found) same(other, x);
        }),
        { numRuns: 200 },
      );
    },

    'swaps, picks, packs and unpacks lanes': () => {
      put(A, [1n, 2n]);
      put(B, [3n, 4n]);
      call('swapLanes', at(C), at(A));
      same(get(C), [2n, 1n]);
      call('lowLanes', at(C), at(A), at(B));
      same(get(C), [1n, 3n]);
      call('highLanes', at(C), at(A), at(B));
      same(get(C), [2n, 4n]);
      call('packLane', at(C), at(A) + probe.lane);
      call('packLane', at(D), at(B));
      call('unpackLanes', at(A), at(C), at(D));
      same(get(A), [2n, 3n]);
    },
    ...(build === 'scalar' ? {} : boundChecks(build, probe)),
  };

  function checkOperations(a: readonly [bigint, bigint], b: readonly [bigint, bigint]): void {
    put(A, a);
    put(B, b);
    call('multiply', at(C), at(A), at(B));
    same(get(C), [modulo(a[0] * b[0]), modulo(a[1] * b[1])]);
    call('squareTimes', at(C), at(A), 1);
    same(get(C), [modulo(a[0] * a[0]), modulo(a[1] * a[1])]);
    call('add', at(C), at(A), at(B));
    same(get(C), [modulo(a[0] + b[0]), modulo(a[1] + b[1])]);
    call('subtract', at(C), at(A), at(B));
    same(get(C), [modulo(a[0] - b[0]), modulo(a[1] - b[1])]);
  }
}

function isSquare(value: bigint): boolean {
  return modulo(value) === 0n || power(value, (P - 1n) / 2n) === 1n;
}

/** How a layer lays out its limbs, and the bounds of carried ones, from wasm/generate. */
const layouts = {
  fma: { places: [0, 51, 102, 153, 204], bounds: Array(5).fill(2n ** 50n + 2n ** 13n), first: 2n },
  simd: {
    places: [0, 26, 51, 77, 102, 128, 153, 179, 204, 230],
    bounds: Array.from({ length: 10 }, (_, i) => 2n ** (i % 2 ? 24n : 25n) + 2n ** 16n),
    first: 3n,
  },
};

function boundChecks(build: 'fma' | 'simd', { at, call, get, memory, lane }: Probe): Checks {
  const { places, bounds, first } = layouts[build];
  const write = (address: number, limb: bigint) =>
    build === 'fma'
      ? memory.setFloat64(address, Number(limb), true)
      : memory.setInt32(address, Number(limb), true);
  const signs = fc.array(fc.constantFrom(-1n, 0n, 1n), { minLength: 10, maxLength: 10 });

  /** Writes limbs at plus or minus their bound into both lanes; what number that is. */
  function putLimbs(slot: number, ofSigns: readonly bigint[], weight: bigint): bigint {
    let value = 0n;
    for (const [i, place] of places.entries()) {
      const limb = weight * (bounds[i] ?? 0n) * (ofSigns[i] ?? 0n);
      for (const offset of [0, lane]) write(at(slot) + 2 * lane * i + offset, limb);
      value += limb << BigInt(place);
    }
    return value;
  }

  return {
    'multiplies limbs at their bounds, of either sign': () =>
      fc.assert(
        fc.property(signs, signs, (ofA, ofB) => {
          const a = putLimbs(A, ofA, first);
          const b = putLimbs(B, ofB, build === 'simd' ? first : 1n);
          call('multiply', at(C), at(A), at(B));
          same(get(C), [modulo(a * b), modulo(a * b)]);
          call('multiply', at(C), at(C), at(C));
          same(get(C)[0], modulo((a * b) ** 2n));
          const c = putLimbs(A, ofA, 1n);
          call('squareTimes', at(C), at(A), 2);
          same(get(C)[0], modulo(c ** 4n));
          const d = putLimbs(A, ofB, 3n);
          same(get(A)[0], modulo(d));
          call('carry', at(C), at(A));
          call('squareTimes', at(C), at(C), 1);
          same(get(C)[0], modulo(d * d));
        }),
        { numRuns: 2 * RUNS },
      ),
  };
}
