import test from 'ava';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { presenting, presentingWith, profileFor } from './present.ts';

function profileNamed(name: string) {
  const found = builtInProfiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`there is no profile ${name}`);
  return found;
}

test('a pace belongs to a presentation', (t) => {
  t.deepEqual(presenting({ present: true, pace: 5000 }), { paceMs: 5000 });
  t.is(presenting({}), undefined);
  t.throws(() => presenting({ pace: 5000 }), { message: '--pace is the pace of a presentation' });
});

test('a profile whose iterations must not be held up is not presented', (t) => {
  for (const name of ['backoff', 'phase-locked']) {
    t.throws(() => presentingWith(profileNamed(name), { present: true }), {
      message: new RegExp(`the profile ${name} can't be presented`),
    });
    t.is(presentingWith(profileNamed(name), {}), undefined);
  }
  t.deepEqual(presentingWith(profileNamed('upstream'), { present: true }), { paceMs: undefined });
});

test('a presentation shows each disturbance once, and warms nothing up', (t) => {
  const matched = profileNamed('matched');
  t.like(profileFor(matched, { present: true }), { warmups: 0, iterations: 1 });
  t.is(profileFor(matched, {}), matched);
});
