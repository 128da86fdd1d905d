/**
 * Designs a windowed-sinc low-pass filter (Kaiser window) in the textbook way: the window's shape sets the rejection, and the number of
 * taps sets the steepness of the edge.
 */
interface LowPass {
  /** Middle of the edge, where half the amplitude passes, as a fraction of the sample rate. */
  cutoff: number;
  /** Attenuation of the stop band. */
  rejectionDb: number;
  taps: number;
}

/** Symmetric coefficients with the sum `gain`. */
export function lowPass({ cutoff, rejectionDb, taps }: LowPass, gain: number): Float64Array {
  const beta = 0.1102 * (rejectionDb - 8.7);
  const middle = (taps - 1) / 2;
  const filter = Float64Array.from({ length: taps }, (_, i) => {
    const t = i - middle;
    const sinc = t === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
    return sinc * bessel(beta * Math.sqrt(1 - (t / middle) ** 2));
  });
  const sum = filter.reduce((total, tap) => total + tap, 0);
  return filter.map((tap) => (tap * gain) / sum);
}

/** Modified Bessel function of the first kind, order zero. */
function bessel(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
