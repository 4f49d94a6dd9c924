import type { Sample } from '../../statistics/sample.ts';

/** Beyond this ratio of the longest to the shortest time, a linear axis would press the short ones into one line. */
const maxLinearSpread = 30;

interface TimeScale {
  readonly scale: {
    readonly type: 'linear' | 'log';
    readonly domain: [number, number];
    readonly nice: boolean;
  };
  readonly isLogarithmic: boolean;
}

/** The scale, in seconds, on which the samples are drawn: logarithmic where they spread over more than 30 times. */
export function timeScaleOf(samples: readonly Sample[]): TimeScale {
  const seconds = samples.map(({ valueMs }) => valueMs / 1000);
  const shortest = Math.max(0.001, Math.min(...seconds));
  const longest = Math.max(shortest, ...seconds);
  const isLogarithmic = longest / shortest > maxLinearSpread;
  const domain: [number, number] = isLogarithmic ? [shortest / 1.3, longest * 1.3] : [0, longest * 1.06];
  return { scale: { type: isLogarithmic ? 'log' : 'linear', domain, nice: !isLogarithmic }, isLogarithmic };
}
