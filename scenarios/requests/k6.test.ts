import test from 'ava';
import { existsSync } from 'node:fs';
import { k6Component } from './k6.ts';

test('k6 runs the script, opens no port, fetches nothing and tells nobody', (t) => {
  const { args, environment = {} } = k6Component({
    program: '/tools/k6',
    url: 'http://172.18.0.2:30080/',
    perSecond: 50,
    timeoutMs: 1000,
    outputFile: '/runs/1.jsonl',
    home: '/labs/one',
  });
  t.true(existsSync(args.at(-1) ?? ''));
  t.true(args.includes('--address='));
  t.true(args.includes('json=/runs/1.jsonl'));
  t.like(environment, {
    TARGET: 'http://172.18.0.2:30080/',
    PER_SECOND: '50',
    TIMEOUT_MS: '1000',
    HOME: '/labs/one',
    K6_NO_USAGE_REPORT: 'true',
    K6_AUTO_EXTENSION_RESOLUTION: 'false',
  });
});
