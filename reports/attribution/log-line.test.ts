import test from 'ava';
import { oneLine, parseLogLine } from './log-line.ts';

const aroundMs = Date.parse('2026-11-21T14:00:00Z');
const read = (line: string) => parseLogLine(line, aroundMs);
const at = (time: string): number => Date.parse(time);

test("a Flux controller's line tells its message, then what sets it apart", (t) => {
  const line =
    '{"level":"error","ts":"2026-11-21T14:14:03.024Z","msg":"Reconciliation failed","controller":"kustomization",' +
    '"reconcileID":"f4","Kustomization":{"name":"shop"},"revision":"main@sha1:49","error":"no such host"}';
  t.deepEqual(read(line), {
    wallTimeMs: at('2026-11-21T14:14:03.024Z'),
    isWholeSecond: false,
    level: 'error',
    text: 'Reconciliation failed error=no such host Kustomization={"name":"shop"} revision=main@sha1:49',
  });
});

test('Argo CD is read as JSON and as text, and its own whole seconds are known to be that', (t) => {
  const expected = {
    wallTimeMs: at('2026-11-21T14:14:04Z'),
    isWholeSecond: true,
    level: 'warning',
    text: 'Skipping "auto-sync" application=shop',
  };
  const json =
    '{"application":"shop","level":"warning","msg":"Skipping \\"auto-sync\\"","project":"default","time":"2026-11-21T14:14:04Z"}';
  const text =
    'time="2026-11-21T14:14:04Z" level=warning msg="Skipping \\"auto-sync\\"" application=shop project=default';
  t.deepEqual(read(json), expected as ReturnType<typeof read>);
  t.deepEqual(read(text), expected as ReturnType<typeof read>);
  t.is(read(json.replace('04Z', '04.120Z'))?.isWholeSecond, false);
});

test('klog is read in UTC, and in the year that is nearest', (t) => {
  const line = 'E1231 23:59:59.553764   16716 replica_set.go:640] "Unhandled Error" err="sync failed"';
  t.deepEqual(parseLogLine(line, at('2027-01-01T00:00:10Z')), {
    wallTimeMs: at('2026-12-31T23:59:59.553Z'),
    isWholeSecond: false,
    level: 'error',
    text: '"Unhandled Error" err="sync failed"',
  });
  t.is(parseLogLine(line, at('2026-12-31T00:00:00Z'))?.wallTimeMs, at('2026-12-31T23:59:59.553Z'));
  const leapDay = 'I0229 12:00:00.000001 1 a.go:1] x';
  t.is(parseLogLine(leapDay, at('2028-03-01T00:00:00Z'))?.wallTimeMs, at('2028-02-29T12:00:00Z'));
});

test('etcd, KWOK, Valkey and the Git server are read', (t) => {
  const lines = [
    '{"level":"warn","ts":"2026-11-21T14:12:50.367643Z","caller":"embed/config.go:956","msg":"not recommended"}',
    '{"time":"2026-11-21T14:12:50.367062427Z","level":"INFO","source":{"line":258},"msg":"Watch all nodes","id":"vm_1"}',
    '2026-11-21T14:12:50.367Z GET /fleet.git/info/refs 200',
    '16701:M 21 Nov 2026 14:12:50.367 # Warning: no overcommit',
  ];
  t.deepEqual(
    lines.map((line) => [read(line)?.wallTimeMs, read(line)?.level, read(line)?.text]),
    [
      ['warning', 'not recommended'],
      ['info', 'Watch all nodes'],
      ['info', 'GET /fleet.git/info/refs 200'],
      ['warning', 'Warning: no overcommit'],
    ].map((rest) => [at('2026-11-21T14:12:50.367Z'), ...rest]),
  );
});

test('a line that was cut off still has its time', (t) => {
  const torn = '{"level":"error","ts":"2026-11-21T14:14:03.024Z","msg":"Reconcil';
  t.like(read(torn), { wallTimeMs: at('2026-11-21T14:14:03.024Z'), level: 'error', text: torn });
  t.is(read('{"level":"error","ts":"2026-11-2'), undefined);
});

test('lines without a time are none', (t) => {
  const lines = [
    '',
    'goroutine 1 [running]:',
    '\tmain.go:12 +0x1d',
    '{"level":"info","msg":"no time"}',
    '[1, 2]',
    '{"ts":"yesterday","msg":"a"}',
    'level=info msg="no time"',
    'I1399 25:00:00.000000 1 a.go:1] no such day',
    '12:M 21 Foo 2026 14:12:50.123 * no such month',
  ];
  t.deepEqual(
    lines.map((line) => read(line)),
    lines.map(() => undefined),
  );
});

test('a line is cut, and can not steer the terminal that shows it', (t) => {
  t.is(oneLine('\u001B[31mred\u001B[0m\u0007 and\ttab\r\u202E'), 'red and tab');
  t.is(oneLine('é'.repeat(300)), `${'é'.repeat(199)}…`);
  t.is(oneLine('é'.repeat(200)), 'é'.repeat(200));
});
