import test from 'ava';
import type { Observation } from '../../reports/record/observation.ts';
import { atWork, engineAt, factAt } from '../testing/facts.ts';
import {
  noticeAfterReturn,
  noticeAfterStatus,
  noticesDelivered,
  noticesGivenUp,
  noticesLost,
  noticesRepeated,
  noticesSent,
  noticesWrong,
  timeToNotice,
} from './notifications.ts';

const released = 'c0ffee';

function arrived(
  atMs: number,
  outcome: 'succeeded' | 'failed' | 'other',
  { revision = released, reason = 'Progressing' } = {},
): Observation {
  return factAt(atMs, { type: 'notification', object: 'Kustomization/shop', revision, reason, outcome });
}

const begun = [
  factAt(90, { type: 'notice-tally', sent: 7, givenUp: 1 }),
  factAt(95, { type: 'disturbing', disturbance: 'good-rollout', kind: 'measured' }),
  factAt(100, { type: 'disturbed', what: 'Release 2', revision: released }),
];

function ended(outcome: 'succeeded' | 'failed', sent: number, givenUp = 1): Observation[] {
  return [
    factAt(9_000, { type: 'notice-tally', sent, givenUp }),
    factAt(9_001, { type: 'listened', outcome, revision: released }),
  ];
}

test('what was delivered once is neither lost nor repeated, and counts from the push and from the status', (t) => {
  const facts = [
    arrived(80, 'succeeded', { revision: 'before' }),
    ...begun,
    engineAt(200, atWork),
    arrived(300, 'other'),
    engineAt(490, { revision: released }),
    arrived(500, 'succeeded'),
    ...ended('succeeded', 9),
  ];
  t.is(noticesSent.of(facts), 2);
  t.is(noticesGivenUp.of(facts), 0);
  t.is(noticesDelivered.of(facts), 2);
  t.is(noticesRepeated.of(facts), 0);
  t.is(noticesLost.of(facts), 0);
  t.is(noticesWrong.of(facts), 0);
  t.is(timeToNotice.of(facts), 400);
  t.is(noticeAfterStatus.of(facts), 10);
  t.is(noticeAfterReturn.of(facts), null);
});

test('one that came before the status had it came too early by so much', (t) => {
  const facts = [
    ...begun,
    arrived(400, 'succeeded'),
    engineAt(430, { revision: released }),
    ...ended('succeeded', 8),
  ];
  t.is(noticeAfterStatus.of(facts), -30);
});

test('one that never came, or told of another commit, is lost', (t) => {
  const facts = [
    ...begun,
    engineAt(490, { revision: released }),
    arrived(500, 'succeeded', { revision: 'another' }),
    ...ended('succeeded', 8, 2),
  ];
  t.is(noticesLost.of(facts), 1);
  t.is(noticesGivenUp.of(facts), 1);
  t.is(timeToNotice.of(facts), null);
  t.is(noticeAfterStatus.of(facts), null);
});

test('the same again counts as repeated, another occasion does not', (t) => {
  const failed = { reason: 'HealthCheckFailed' };
  const facts = [
    ...begun,
    arrived(300, 'other'),
    engineAt(390, { hasFailed: true, isSettled: false }),
    arrived(400, 'failed', failed),
    arrived(800, 'failed', failed),
    arrived(1200, 'failed', failed),
    ...ended('failed', 11),
  ];
  t.is(noticesDelivered.of(facts), 4);
  t.is(noticesRepeated.of(facts), 2);
  t.is(timeToNotice.of(facts), 300);
  t.is(noticeAfterStatus.of(facts), 10);
});

test('a success of a commit that failed is wrong', (t) => {
  const facts = [...begun, arrived(300, 'succeeded'), arrived(400, 'failed'), ...ended('failed', 9)];
  t.is(noticesWrong.of(facts), 1);
  t.is(noticesLost.of(facts), 0);
});

test('after an outage it counts from the return of the receiver, unless it came before', (t) => {
  const back = factAt(600, { type: 'step', step: 'fault-ended', what: 'the receiver is back' });
  const after = [...begun, back, arrived(850, 'succeeded'), ...ended('succeeded', 8)];
  t.is(noticeAfterReturn.of(after), 250);
  const before = [...begun, arrived(550, 'succeeded'), back, ...ended('succeeded', 8)];
  t.is(noticeAfterReturn.of(before), null);
});

test('nothing is measured where nobody listened to the end', (t) => {
  const facts = [...begun, arrived(400, 'succeeded')];
  for (const figure of [noticesSent, noticesDelivered, noticesRepeated, noticesLost, noticesWrong])
    t.is(figure.of(facts), null, figure.name);
});
