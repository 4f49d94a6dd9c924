import test from 'ava';
import type { Announcement } from '../../scenarios/runner/stage.ts';
import { noKeys } from './keys.ts';
import { demandPace, openPresentation } from './presentation.ts';
import { keptStream, pressedKeys } from './stage-for-tests.ts';

const announcement: Announcement = {
  trial: { engine: 'flux', trial: 1 },
  iteration: 1,
  kind: 'measured',
  disturbance: { name: 'delete-service', sentence: 'someone deletes the Service web', command: 'kubectl …' },
  step: 'first',
  number: 1,
  planned: 2,
};
const signal = new AbortController().signal;

function presented({ isTTY = false, environment = {}, columns = 80, rows = 24 } = {}) {
  const kept = keptStream(isTTY, columns, rows);
  const hand = pressedKeys();
  let quits = 0;
  const presentation = openPresentation({
    stream: kept.stream,
    environment,
    keys: hand.keys,
    paceMs: undefined,
    nowMs: () => 0,
    quit: () => (quits += 1),
  });
  return { ...kept, ...hand, presentation, quits: () => quits };
}

test('a step waits for the key that goes on, and for no other', async (t) => {
  const { presentation, press, text } = presented();
  let hasGone = false;
  const goesOn = presentation.announce(announcement, signal).then(() => (hasGone = true));
  press('help');
  press('forward');
  await Promise.resolve();
  t.false(hasGone);
  press('go');
  await goesOn;
  presentation.close();
  t.regex(
    text(),
    /Someone deletes the Service web\.\n\(next: kubectl …\)\n\(space: go on · s: leave it out · \?: all keys\)/,
  );
  t.regex(text(), /q, Ctrl-C : end in order/);
});

test('a key that comes too early does not let the next step pass', async (t) => {
  const { presentation, press } = presented();
  press('go');
  let hasGone = false;
  const goesOn = presentation.announce(announcement, signal).then(() => (hasGone = true));
  await Promise.resolve();
  t.false(hasGone);
  press('go');
  await goesOn;
  presentation.close();
});

test('a step can be left out while it waits, and nothing else can', async (t) => {
  const { presentation, press, text } = presented();
  press('skip');
  t.regex(text(), /s leaves out what waits for a key\. Nothing does just now/);
  const decided = presentation.announce(announcement, signal);
  press('skip');
  t.is(await decided, 'left-out');
  const measured = presentation.announce({ ...announcement, step: 'after' }, signal);
  t.notRegex(text().slice(text().lastIndexOf('space:')), /leave/);
  press('skip');
  press('go');
  t.is(await measured, 'made');
  presentation.close();
});

test('after a failure one key goes on, and another ends', async (t) => {
  const { presentation, press, text, quits } = presented();
  const goesOn = presentation.offerToGoOn(['error: etcd ended in the middle of the run'], signal);
  t.regex(text(), /etcd ended.*\n\(space: go on with what is left · q: end · \?: all keys\)/);
  press('go');
  t.true(await goesOn);
  const ends = presentation.offerToGoOn([], signal);
  press('quit');
  t.false(await ends);
  t.is(quits(), 0, 'the run is not interrupted: it has ended');
  presentation.close();
});

test('where nobody can press a key, a failure is not gone on with', async (t) => {
  const { stream, text } = keptStream(false);
  const presentation = openPresentation({ stream, environment: {}, keys: noKeys, paceMs: 1, nowMs: () => 0 });
  t.false(await presentation.offerToGoOn(['error: etcd ended'], signal));
  t.regex(text(), /error: etcd ended/);
  presentation.close();
});

test('with a pace it goes on by itself', async (t) => {
  const { stream, text } = keptStream(false);
  const presentation = openPresentation({
    stream,
    environment: {},
    keys: noKeys,
    paceMs: 5,
    nowMs: () => 0,
  });
  await presentation.announce(announcement, signal);
  presentation.close();
  t.regex(text(), /\(goes on by itself after 5 ms\)/);
});

test('without a terminal a pace is demanded, in a sentence', (t) => {
  t.throws(
    () => {
      demandPace(false, undefined);
    },
    { message: /no terminal to press them at/ },
  );
  t.notThrows(() => {
    demandPace(false, 1000);
    demandPace(true, undefined);
  });
});

test('a wait ends with the run, and quitting ends the run in order', async (t) => {
  const { presentation, press, quits, isClosed } = presented();
  const stop = new AbortController();
  const goesOn = presentation.announce(announcement, stop.signal);
  press('quit');
  t.is(quits(), 1);
  stop.abort(new Error('interrupted'));
  await t.throwsAsync(goesOn, { message: 'interrupted' });
  presentation.close();
  t.true(isClosed(), 'the terminal is given back');
});

test('on a terminal the figures stand large, and stay when the show is over', async (t) => {
  const { presentation, press, raw, text } = presented({ isTTY: true, columns: 120, rows: 40 });
  const goesOn = presentation.announce(announcement, signal);
  press('go');
  await goesOn;
  presentation.close();
  const before = text();
  t.true(before.includes('████████████'), 'two cells high and four wide');
  t.true(raw().includes('\u001b[1m\u001b[7m Flux · delete-service · 1 of 2 '), 'with colours');
  t.false(raw().endsWith('\u001b[0J'), 'the last figures are not wiped out');
});

test('NO_COLOR is respected, and CI gets plain lines', async (t) => {
  const bare = presented({ isTTY: true, environment: { NO_COLOR: '1' } });
  const goesOn = bare.presentation.announce(announcement, signal);
  bare.press('go');
  await goesOn;
  bare.presentation.close();
  t.notRegex(bare.raw(), /\[\d+m/);
  const ci = presented({ isTTY: true, environment: { CI: 'true' } });
  const goesOnThere = ci.presentation.announce(announcement, signal);
  ci.press('go');
  await goesOnThere;
  ci.presentation.close();
  t.false(ci.raw().includes('\u001b'));
});

test('on a narrow terminal no line wraps', async (t) => {
  const { presentation, press, text } = presented({ isTTY: true, columns: 30, rows: 12 });
  const goesOn = presentation.announce(announcement, signal);
  press('go');
  await goesOn;
  presentation.say('recording in a directory whose name goes on and on');
  presentation.close();
  for (const line of text().split('\n')) t.true(line.length < 30, line);
});
