import test from 'ava';
import { parseDurationMs } from '../../common/duration.ts';
import { builtInProfiles } from './built-in.ts';
import { parseProfile, Profile } from './profile.ts';

const [matched, upstream] = builtInProfiles as readonly [Profile, Profile];

function refusal(text: string): { message: string; next?: string; exitCode?: number } {
  try {
    parseProfile(text, 'mine.yaml', matched);
  } catch (error) {
    return error as Error;
  }
  throw new Error('the profile was taken');
}

test('the built-in profiles are right, and have names of their own', (t) => {
  for (const profile of builtInProfiles) t.deepEqual(Profile.parse(profile), profile);
  t.deepEqual(
    builtInProfiles.map(({ name }) => name),
    ['matched', 'upstream', 'backoff', 'phase-locked', 'polling'],
  );
});

test('the random phase of a built-in profile covers the longest interval of both engines', (t) => {
  for (const { name, phaseMax, flux, argocd } of builtInProfiles) {
    const intervals = [flux.sourceInterval, flux.applyInterval, argocd.reconciliationTimeout];
    const longestMs = Math.max(...intervals.map((text) => parseDurationMs(text, 'interval')));
    t.true(parseDurationMs(phaseMax, 'phaseMax') >= longestMs, name);
  }
});

test('a profile says only what is to be different', (t) => {
  const text = 'name: slow\nflux:\n  applyInterval: 1m\nargocd:\n  retry:\n    limit: -1\n';
  t.deepEqual(parseProfile(text, 'mine.yaml', matched), {
    ...matched,
    name: 'slow',
    flux: { ...matched.flux, applyInterval: '1m' },
    argocd: {
      ...matched.argocd,
      retry: { limit: -1, duration: '2s', factor: 1, maxDuration: '2s' },
    },
  });
  t.deepEqual(parseProfile('name: same\nflux:\n', 'mine.yaml', upstream), { ...upstream, name: 'same' });
});

test('a wrong key is told with its line and column, and the nearest right one', (t) => {
  const wrong = refusal('name: mine\nflux:\n  aplyInterval: 2s\n');
  t.is(wrong.message, 'mine.yaml, line 3, column 3: unknown setting "aplyInterval"');
  t.regex(wrong.next ?? '', /^did you mean "applyInterval"\? \(known: sourceInterval, /);
  t.is(wrong.exitCode, 2);
  t.is(refusal('itterations: 3\n').message, 'mine.yaml, line 1, column 1: unknown setting "itterations"');
});

test('a wrong key below another section is held against the keys of that section', (t) => {
  const wrong = refusal('argocd:\n  retry:\n    limmit: 3\n');
  t.is(wrong.message, 'mine.yaml, line 3, column 5: unknown setting "limmit"');
  t.is(wrong.next, 'did you mean "limit"? (known: limit, duration, factor, maxDuration)');
});

test('a wrong value is told with its line and column, and its name', (t) => {
  t.is(
    refusal('name: mine\ntimeout: soon\n').message,
    'mine.yaml, line 2, column 1: timeout: write a duration as 30s, 5m or 1h30m',
  );
  t.regex(refusal('iterations: 0\n').message, /^mine\.yaml, line 1, column 1: iterations: /);
  t.regex(refusal('argocd:\n  selfHeal: perhaps\n').message, /line 2, column 3: argocd\.selfHeal: /);
  t.regex(refusal('iterations: 2.5\n').message, /iterations: /);
});

test('a section that is no section is told as such', (t) => {
  t.regex(refusal('flux: fast\n').message, /^mine\.yaml, line 1, column 1: flux: .*expected object/);
});

test('what is no YAML, or holds no settings, is refused', (t) => {
  t.regex(refusal('flux: {').message, /^mine\.yaml is not YAML: .*line 1/);
  t.regex(refusal('name: a\nname: b\n').message, /^mine\.yaml is not YAML: .*unique/);
  for (const text of ['', '- a\n', 'just text\n']) t.is(refusal(text).message, 'mine.yaml holds no settings');
});
