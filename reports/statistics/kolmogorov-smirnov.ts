/** Up to this many samples the distribution is exact; above, the limit is closer than 0.001. */
const exactLimit = 400;
/** Beyond this n·d² the p is below 0.000001, and the limit is as good (the same paper). */
const farSquare = 7.24;

/** How a sample lies to a distribution that was stated beforehand. */
export interface FitTest {
  readonly count: number;
  /** The largest distance between the share of samples and the stated probability. */
  readonly distance: number;
  /** How likely samples of the distribution itself are to lie at least as far off. */
  readonly p: number;
}

/**
 * The two-sided Kolmogorov-Smirnov test of at least one sample against a continuous distribution: `probabilities` are what
 * the stated distribution function gives at the samples, which are uniform between 0 and 1 where it is right.
 */
export function kolmogorovSmirnov(probabilities: readonly number[]): FitTest {
  const count = probabilities.length;
  const sorted = probabilities.toSorted((left, right) => left - right);
  const distance = sorted.reduce(
    (most, probability, index) =>
      Math.max(most, probability - index / count, (index + 1) / count - probability),
    0,
  );
  return { count, distance, p: tailProbability(count, distance) };
}

/** How likely a sample of `count` is to lie at least `distance` off its own distribution. */
export function tailProbability(count: number, distance: number): number {
  if (distance <= 0.5 / count) return 1;
  if (distance >= 1) return 0;
  const isFar = count * distance ** 2 > farSquare;
  const p = count > exactLimit || isFar ? limitTail(count, distance) : 1 - exactProbability(count, distance);
  return Math.min(1, Math.max(0, p));
}

/** The distance that a sample of `count` exceeds with a probability of `significance`. */
export function criticalDistance(count: number, significance: number): number {
  let [low, high] = [0, 1];
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (tailProbability(count, middle) > significance) low = middle;
    else high = middle;
  }
  return high;
}

/** P(D < distance), after Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's Distribution", J. Stat. Software 8(18), 2003. */
function exactProbability(count: number, distance: number): number {
  const whole = Math.floor(count * distance) + 1;
  const size = 2 * whole - 1;
  const { matrix, scale } = power(transitions(whole, count * distance), count, size);
  // What is left is n!/n^n, by its logarithm, so that it neither over- nor underflows.
  let logarithm = scale + Math.log(matrix[(whole - 1) * size + whole - 1] ?? 0);
  for (let factor = 1; factor <= count; factor += 1) logarithm += Math.log(factor / count);
  return Math.exp(logarithm);
}

/** The matrix H of the paper, row by row. */
function transitions(whole: number, reach: number): Float64Array {
  const size = 2 * whole - 1;
  const left = whole - reach;
  const at = (row: number, column: number): number => {
    let entry = row - column + 1 < 0 ? 0 : 1;
    if (column === 0) entry -= left ** (row + 1);
    if (row === size - 1) entry -= left ** (size - column);
    if (row === size - 1 && column === 0) entry += Math.max(0, 2 * left - 1) ** size;
    return entry / factorial(Math.max(0, row - column + 1));
  };
  return Float64Array.from({ length: size * size }, (_, index) => at(Math.floor(index / size), index % size));
}

function factorial(number: number): number {
  return number <= 1 ? 1 : number * factorial(number - 1);
}

interface ScaledMatrix {
  readonly matrix: Float64Array;
  /** The natural logarithm of what the matrix is to be multiplied by. */
  readonly scale: number;
}

function power(matrix: Float64Array, exponent: number, size: number): ScaledMatrix {
  if (exponent === 1) return { matrix, scale: 0 };
  const half = power(matrix, Math.floor(exponent / 2), size);
  const squared = multiply(half.matrix, half.matrix, size);
  const result = exponent % 2 === 0 ? squared : multiply(squared, matrix, size);
  const largest = result.reduce((most, entry) => Math.max(most, entry), 0);
  return { matrix: result.map((entry) => entry / largest), scale: 2 * half.scale + Math.log(largest) };
}

function multiply(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let inner = 0; inner < size; inner += 1) {
      const factor = left[row * size + inner] ?? 0;
      if (factor === 0) continue;
      for (let column = 0; column < size; column += 1) {
        const at = row * size + column;
        product[at] = (product[at] ?? 0) + factor * (right[inner * size + column] ?? 0);
      }
    }
  }
  return product;
}

/** Kolmogorov's limit with Stephens's correction (J. Royal Stat. Society B 32, 1970). */
function limitTail(count: number, distance: number): number {
  const root = Math.sqrt(count);
  const reach = (root + 0.12 + 0.11 / root) * distance;
  let tail = 0;
  for (let term = 1; term <= 100; term += 1) {
    tail += 2 * (term % 2 === 1 ? 1 : -1) * Math.exp(-2 * (term * reach) ** 2);
  }
  return tail;
}
