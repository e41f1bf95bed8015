// Several multiples of one point for the price of little more than one. For public numbers only: the time taken and
// the memory touched tell what the numbers are.

const WIDTH = 5;
const HALF = 2 ** (WIDTH - 1);
const FULL = 2 ** WIDTH;

/**
 * `scalars.map((scalar) => point times scalar)`, in the additive notation of the curve library.
 *
 * All multiples share one chain of doublings, from the lowest bit up. Each number is cut into odd digits between −15
 * and 15 with zeros between them; what the chain reaches where a digit stands is added to the digit's bucket, and in
 * the end every bucket counts as often as its digit says. Nothing is reduced modulo the group's order, which itself is
 * a number like others here: its multiple is neutral for members of the group only.
 *
 * @param point   a point of the curve, in or out of the prime-order subgroup
 * @param scalars BigInts ≥ 0
 */
export function multiplesUnsafe(point, scalars) {
  const zero = point.constructor.ZERO;
  const digits = scalars.map(oddDigits);
  const buckets = scalars.map(() => new Array(HALF / 2).fill(null));
  const length = Math.max(0, ...digits.map((each) => each.length));
  let power = point;
  for (let position = 0; position < length; position++) {
    if (position) power = power.double();
    for (let index = 0; index < scalars.length; index++) {
      const digit = digits[index][position];
      if (!digit) continue;
      const signed = digit < 0 ? power.negate() : power;
      const slot = (Math.abs(digit) - 1) / 2;
      const bucket = buckets[index];
      bucket[slot] = bucket[slot] ? bucket[slot].add(signed) : signed;
    }
  }
  return buckets.map((bucket) => weighted(bucket, zero));
}

/** Bucket k counts 2k + 1 times: 2·Σ k·bucket + Σ bucket, by running sums from the top. */
function weighted(bucket, zero) {
  let running = zero;
  let sum = zero;
  for (let k = bucket.length - 1; k > 0; k--) {
    if (bucket[k]) running = running.add(bucket[k]);
    sum = sum.add(running);
  }
  if (bucket[0]) running = running.add(bucket[0]);
  return sum.double().add(running);
}

/** Digits from the lowest: each 0 or odd, from −15 to 15, followed by at least four zeros if it is not 0. */
function oddDigits(scalar) {
  const binary = scalar.toString(2);
  const bits = new Int8Array(binary.length + WIDTH + 1);
  for (let i = 0; i < binary.length; i++) bits[i] = binary.charCodeAt(binary.length - 1 - i) - 48;
  let end = 0;
  for (let i = 0; i < bits.length - WIDTH; i++) {
    if (!bits[i]) continue;
    let digit = 0;
    for (let k = 0; k < WIDTH; k++) {
      digit += bits[i + k] << k;
      bits[i + k] = 0;
    }
    if (digit >= HALF) {
      digit -= FULL;
      let carry = i + WIDTH;
      while (bits[carry]) bits[carry++] = 0;
      bits[carry] = 1;
    }
    bits[i] = digit;
    end = i + 1;
    i += WIDTH - 1;
  }
  return bits.subarray(0, end);
}
