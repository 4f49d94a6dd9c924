import test from 'ava';
import { ExplainedError } from '../../common/explained-error.ts';
import { parseThreshold } from './parse.ts';

function refusal(text: string): string {
  try {
    parseThreshold(text, '--threshold');
  } catch (error) {
    if (error instanceof ExplainedError && error.exitCode === 2)
      return `${error.message} / ${error.next ?? ''}`;
    throw error;
  }
  throw new Error(`"${text}" was taken`);
}

const start = 'flux.drift.delete-deployment.timeToRestore';

test('a threshold says what is measured, and its limit', (t) => {
  t.deepEqual(parseThreshold(`${start}.p95 < 30s`, '--threshold'), {
    text: `${start}.p95 < 30s`,
    engine: 'flux',
    kind: 'drift',
    disturbance: 'delete-deployment',
    time: 'timeToRestore',
    statistic: 'p95',
    operator: '<',
    unit: 'ms',
    limit: 30_000,
    limitText: '30s',
  });
});

test('blanks around the operator may be left out, and are then put in', (t) => {
  for (const text of [`${start}.max<=1m30s`, `  ${start}.max   <=  1m30s `]) {
    t.like(parseThreshold(text, '--threshold'), {
      text: `${start}.max <= 1m30s`,
      operator: '<=',
      limit: 90_000,
    });
  }
});

test('any engine, kind and disturbance is a star', (t) => {
  t.like(parseThreshold('*.*.*.timeToReady.median > 250ms', '--threshold'), {
    engine: '*',
    kind: '*',
    disturbance: '*',
    operator: '>',
    limit: 250,
  });
});

test('a count is a whole number, and a share of it a percentage', (t) => {
  t.like(parseThreshold(`${start}.count >= 6`, '--threshold'), { unit: 'iterations', limit: 6 });
  t.like(parseThreshold(`${start}.censored <= 0`, '--threshold'), { unit: 'iterations', limit: 0 });
  t.like(parseThreshold(`${start}.invalid < 12.5%`, '--threshold'), { unit: 'share', limit: 0.125 });
});

const wrong: readonly (readonly [string, RegExp])[] = [
  [
    'fluxx.drift.a.timeToRestore.p95 < 30s',
    /unknown engine "fluxx" \/ did you mean "flux"\? .*argocd, manual, \*/,
  ],
  ['flux.drfit.a.timeToRestore.p95 < 30s', /unknown kind of disturbance "drfit" \/ did you mean "drift"\?/],
  ['flux.drift.a.timetorestore.p95 < 30s', /unknown time "timetorestore" \/ did you mean "timeToRestore"\?/],
  ['flux.drift.a.mttr.p95 < 30s', /unknown time "mttr" \/ known: timeToDetect, timeToRestore, /],
  ['flux.drift.a.timeToRestore.mean < 30s', /unknown statistic "mean" \/ did you mean "median"\?/],
  ['flux.drift.a.timeToRestore.p50 < 30s', /unknown statistic "p50" \/ known: median, .*p50 is the median/],
  [`${start}.p95 == 30s`, /unknown operator "==" \/ known: < <= > >=/],
  [`${start}.p95 =< 30s`, /unknown operator "=<"/],
  [`${start}.p95 ≤ 30s`, /unknown operator "≤"/],
  [`${start}.p95`, /has no operator \/ write it as 'ENGINE\..*', in quotes, such as/],
  [`${start}.p95 <`, /has no value/],
  ['< 30s', /"" is not 5 names/],
  ['', /has no operator/],
  ['flux.delete-deployment.timeToRestore.p95 < 30s', /is not 5 names with dots .*ENGINE\.KIND\.DISTURBANCE/],
  ['flux.drift..timeToRestore.p95 < 30s', /is not 5 names/],
  [`${start}.p95 < 30`, /"30" is no duration \/ write the value with its unit: 250ms, 30s/],
  [`${start}.p95 < 10%`, /"10%" is no duration/],
  [`${start}.p95 < -3s`, /"-3s" is no duration/],
  [`${start}.count >= 5s`, /"5s" is no number of iterations/],
  [`${start}.count >= 50%`, /write the value of count as a whole number/],
  [`${start}.censored < 30s`, /"30s" is no number of iterations and no share/],
  [`${start}.invalid < 101%`, /from 0% to 100%/],
  [`${start}.censored < 1.5`, /whole number or a percentage/],
];

for (const [text, says] of wrong) {
  test(`a wrong threshold is refused with what is right: "${text}"`, (t) => {
    t.true(refusal(text).startsWith(`--threshold '${text}': `));
    t.regex(refusal(text), says);
  });
}
