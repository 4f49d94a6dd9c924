import { parseDurationMs } from '../../common/duration.ts';
import { wrongUsage, type ExplainedError } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import { engineNames } from '../record/schema.ts';
import {
  anything,
  countStatistics,
  durationStatistics,
  kinds,
  operators,
  timesByName,
  type CountStatistic,
  type Threshold,
} from './threshold.ts';

const form = 'ENGINE.KIND.DISTURBANCE.TIME.STATISTIC OPERATOR VALUE';
const example = 'flux.drift.delete-deployment.timeToRestore.p95 < 30s';
const howToWriteIt = `write it as '${form}', in quotes, such as '${example}'`;

const engineWords = [...engineNames, anything] as const;
const kindWords = [...kinds, anything] as const;
const timeWords = Object.keys(timesByName) as (keyof typeof timesByName)[];
const statistics = [...durationStatistics, ...countStatistics] as const;

/** Refuses a threshold, and says which. */
type Refuse = (what: string, next: string) => ExplainedError;

function oneOf<Word extends string>(
  what: string,
  text: string,
  known: readonly Word[],
  refuse: Refuse,
): Word {
  const found = known.find((word) => word === text);
  if (found !== undefined) return found;
  throw refuse(`unknown ${what} "${text}"`, suggestName(text, known));
}

function statisticOf(text: string, refuse: Refuse): (typeof statistics)[number] {
  const isOtherPercentile = /^p\d+$/.test(text) && !statistics.some((word) => word === text);
  // The nearest spelling of p50 is p90, which is not what was meant.
  if (isOtherPercentile)
    throw refuse(`unknown statistic "${text}"`, `known: ${statistics.join(', ')}; p50 is the median`);
  return oneOf('statistic', text, statistics, refuse);
}

function isDurationStatistic(word: string): word is (typeof durationStatistics)[number] {
  return durationStatistics.some((known) => known === word);
}

function durationLimit(text: string, refuse: Refuse): number {
  try {
    return parseDurationMs(text, 'the value');
  } catch {
    throw refuse(`"${text}" is no duration`, 'write the value with its unit: 250ms, 30s, 5m or 1h30m');
  }
}

function countLimit(
  text: string,
  statistic: CountStatistic,
  refuse: Refuse,
): { limit: number; unit: 'iterations' | 'share' } {
  if (/^\d+$/.test(text)) return { limit: Number(text), unit: 'iterations' };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(text)?.[1];
  if (statistic === 'count') {
    throw refuse(`"${text}" is no number of iterations`, 'write the value of count as a whole number: 5');
  }
  if (percent !== undefined && Number(percent) <= 100) return { limit: Number(percent) / 100, unit: 'share' };
  throw refuse(
    `"${text}" is no number of iterations and no share of them`,
    `write the value of ${statistic} as a whole number or a percentage from 0% to 100%: 0, 2 or 10%`,
  );
}

/** The left side, the operator and the value. */
function sidesOf(text: string, refuse: Refuse): readonly [string, string, string] {
  const [, left = '', sign = '', value = ''] = /^([^<>=!≤≥]*)([<>=!≤≥]*)(.*)$/su.exec(text.trim()) ?? [];
  if (sign === '' || value.trim() === '') {
    const missing = sign === '' ? 'operator' : 'value';
    throw refuse(`it has no ${missing}`, howToWriteIt);
  }
  return [left.trim(), sign, value.trim()];
}

/**
 * A threshold from its text. `source` is where the text stands, for messages: `--threshold`.
 * Throws an explained error that names the first part that is wrong, and the nearest right one. Whether a run has the
 * disturbance is not known here; `targetsOf` finds that out.
 */
export function parseThreshold(text: string, source: string): Threshold {
  const refuse: Refuse = (what, next) => wrongUsage(`${source} '${text}': ${what}`, next);
  const [left, sign, limitText] = sidesOf(text, refuse);
  const operator = operators.find((known) => known === sign);
  if (operator === undefined) throw refuse(`unknown operator "${sign}"`, `known: ${operators.join(' ')}`);
  const parts = left.split('.');
  if (parts.length !== 5 || parts.includes('')) {
    throw refuse(`"${left}" is not 5 names with dots between them`, howToWriteIt);
  }
  const [engine = '', kind = '', disturbance = '', time = '', word = ''] = parts;
  const common = {
    engine: oneOf('engine', engine, engineWords, refuse),
    kind: oneOf('kind of disturbance', kind, kindWords, refuse),
    disturbance,
    time: oneOf('time', time, timeWords, refuse),
    operator,
    limitText,
    text: `${left} ${operator} ${limitText}`,
  };
  const statistic = statisticOf(word, refuse);
  return isDurationStatistic(statistic)
    ? { ...common, statistic, unit: 'ms', limit: durationLimit(limitText, refuse) }
    : { ...common, statistic, ...countLimit(limitText, statistic, refuse) };
}
