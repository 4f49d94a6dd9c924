import test from 'ava';
import { factAt } from '../testing/facts.ts';
import {
  errorShare,
  longestRequestGap,
  requestGaps,
  requestP95,
  requestsFailed,
  requestsSent,
} from './requests.ts';

const figures = [requestsSent, requestsFailed, errorShare, requestP95, requestGaps, longestRequestGap];
const none = {
  type: 'requests' as const,
  url: 'http://172.18.0.2:30080/',
  perSecond: 50,
  sent: 400,
  failed: 0,
  failedBefore: 0,
  unsent: 0,
  p95Ms: 3.5,
  gaps: [],
};
const gap = { failed: 5, isOpen: false };
const some = {
  ...none,
  failed: 10,
  gaps: [
    { ...gap, fromMs: 100, toMs: 220 },
    { ...gap, fromMs: 300, toMs: 400 },
  ],
};

test('figures tell what failed, how much of all that was, and for how long nobody was served', (t) => {
  t.deepEqual(
    figures.map(({ of }) => of([factAt(900, some)])),
    [400, 10, 0.025, 3.5, 2, 120],
  );
});

test('where nothing failed there is a gap of no time, and where nothing was sent there is nothing to be measured', (t) => {
  t.deepEqual(
    figures.map(({ of }) => of([factAt(900, none)])),
    [400, 0, 0, 3.5, 0, 0],
  );
  t.true(figures.every(({ of }) => of([]) === null && of([factAt(1, { ...none, sent: 0 })]) === null));
});
