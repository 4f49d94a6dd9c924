import test from 'ava';
import { parseSample } from './k6-sample.ts';

const point = (time: string, rest: object = {}) =>
  JSON.stringify({ metric: 'http_req_failed', type: 'Point', data: { time, value: 1, tags: {}, ...rest } });

test('a point is read with its request, to a thousandth of a millisecond', (t) => {
  const sample = parseSample(point('2026-11-25T13:11:00.766612764Z', { metadata: { vu: '3', iter: '17' } }));
  t.like(sample, { metric: 'http_req_failed', value: 1, request: '3 17' });
  const expectedMs = Date.UTC(2026, 10, 25, 13, 11) + 766.612764;
  t.true(Math.abs((sample?.wallTimeMs ?? 0) - expectedMs) < 0.001);
});

test('whole seconds and other time zones are read, too', (t) => {
  const atMs = Date.UTC(2026, 10, 25, 13, 11);
  t.is(parseSample(point('2026-11-25T13:11:00Z'))?.wallTimeMs, atMs);
  t.is(parseSample(point('2026-11-25T14:11:00.5+01:00'))?.wallTimeMs, atMs + 500);
});

test('what is of no request has none, and what says what a metric is is no point', (t) => {
  t.is(parseSample(point('2026-11-25T13:11:00Z', { metadata: undefined }))?.request, undefined);
  t.is(parseSample('{"type":"Metric","data":{"name":"http_reqs"},"metric":"http_reqs"}'), undefined);
});

test('a line that was cut off, or is none of k6s, is refused', (t) => {
  t.throws(() => parseSample('{"metric":"http_req_fai'));
  t.throws(() => parseSample('{"type":"Point"}'));
});
