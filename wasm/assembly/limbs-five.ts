/** Five limbs of 51 bits as doubles, the lanes of a limb side by side: 16 bytes a limb. */

const MASK: i64 = (1 << 51) - 1;
const HALF_LIMB: i64 = 1 << 50;

export function swapLanes(d: usize, a: usize): void {
  for (let i: usize = 0; i < 80; i += 16) {
    const limb = v128.load(a + i);
    v128.store(d + i, i64x2.shuffle(limb, limb, 1, 0));
  }
}

export function lowLanes(d: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < 80; i += 16) {
    v128.store(d + i, i64x2.shuffle(v128.load(a + i), v128.load(b + i), 0, 2));
  }
}

export function highLanes(d: usize, a: usize, b: usize): void {
  for (let i: usize = 0; i < 80; i += 16) {
    v128.store(d + i, i64x2.shuffle(v128.load(a + i), v128.load(b + i), 1, 3));
  }
}

export function packLane(d: usize, a: usize): void {
  for (let i: usize = 0; i < 5; i++) store<f64>(d + 8 * i, load<f64>(a + 16 * i));
}

export function unpackLanes(d: usize, x: usize, y: usize): void {
  for (let i: usize = 0; i < 5; i++) {
    store<f64>(d + 16 * i, load<f64>(x + 8 * i));
    store<f64>(d + 16 * i, load<f64>(y + 8 * i), 8);
  }
}

/** Cuts 255 bits into limbs of no sign, then moves half a limb up, so that the limbs lie next to zero. */
export function laneFromBytes(d: usize, bytes: usize): void {
  const w0 = load<u64>(bytes);
  const w1 = load<u64>(bytes, 8);
  const w2 = load<u64>(bytes, 16);
  const w3 = load<u64>(bytes, 24);
  let l0 = <i64>w0 & MASK;
  let l1 = <i64>((w0 >> 51) | (w1 << 13)) & MASK;
  let l2 = <i64>((w1 >> 38) | (w2 << 26)) & MASK;
  let l3 = <i64>((w2 >> 25) | (w3 << 39)) & MASK;
  let l4 = <i64>(w3 >> 12) & MASK;
  let c = (l0 + HALF_LIMB) >> 51;
  l0 -= c << 51;
  l1 += c;
  c = (l1 + HALF_LIMB) >> 51;
  l1 -= c << 51;
  l2 += c;
  c = (l2 + HALF_LIMB) >> 51;
  l2 -= c << 51;
  l3 += c;
  c = (l3 + HALF_LIMB) >> 51;
  l3 -= c << 51;
  l4 += c;
  c = (l4 + HALF_LIMB) >> 51;
  l4 -= c << 51;
  l0 += 19 * c;
  store<f64>(d, <f64>l0);
  store<f64>(d, <f64>l1, 16);
  store<f64>(d, <f64>l2, 32);
  store<f64>(d, <f64>l3, 48);
  store<f64>(d, <f64>l4, 64);
}

/**
 * Limbs below 3 * 2^50 + 2^15 in absolute value. 4 p is added, so that the number is positive: below 2^258. Its top
 * bits q = floor(number / 2^255) are replaced by 19 q, which leaves less than 2^255 + 2^8; whether that is p or more
 * shows in the carry of (number + 19), which is then added.
 */
export function laneToBytes(bytes: usize, a: usize): void {
  let t0 = <i64>load<f64>(a) + 4 * (MASK - 18);
  let t1 = <i64>load<f64>(a, 16) + 4 * MASK;
  let t2 = <i64>load<f64>(a, 32) + 4 * MASK;
  let t3 = <i64>load<f64>(a, 48) + 4 * MASK;
  let t4 = <i64>load<f64>(a, 64) + 4 * MASK;
  t1 += t0 >> 51;
  t2 += t1 >> 51;
  t3 += t2 >> 51;
  t4 += t3 >> 51;
  t0 = (t0 & MASK) + 19 * (t4 >> 51);
  t1 &= MASK;
  t2 &= MASK;
  t3 &= MASK;
  t4 &= MASK;
  let q = (t0 + 19) >> 51;
  q = (t1 + q) >> 51;
  q = (t2 + q) >> 51;
  q = (t3 + q) >> 51;
  q = (t4 + q) >> 51;
  t0 += 19 * q;
  t1 += t0 >> 51;
  t2 += t1 >> 51;
  t3 += t2 >> 51;
  t4 += t3 >> 51;
  t0 &= MASK;
  t1 &= MASK;
  t2 &= MASK;
  t3 &= MASK;
  t4 &= MASK;
  store<u64>(bytes, t0 | (t1 << 51));
  store<u64>(bytes, (t1 >> 13) | (t2 << 38), 8);
  store<u64>(bytes, (t2 >> 26) | (t3 << 25), 16);
  store<u64>(bytes, (t3 >> 39) | (t4 << 12), 24);
}
