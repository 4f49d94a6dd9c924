import test from 'ava';
import { explainBuildFailure } from './build-failure.ts';

const logFile = '/cache/logs/etcd.log';
const failures = [
  ['a full disk', 'write /x: no space left on device', /disk is full/, /free about 6 GB/],
  ['a changed module', 'SECURITY ERROR', /not the one that was pinned/, /go clean -modcache/],
  ['no network', 'dial tcp: lookup modules.example: no such host', /could not be downloaded/, /GOPROXY/],
  ['want of memory', 'compile: signal: killed', /want of memory/, /GOGC/],
  ['anything else', 'undefined: foo', /^etcd could not be built$/, /read the log/],
] as const;

for (const [name, line, what, next] of failures) {
  test(`a build that ends with ${name} is explained with a remedy, its last lines and its log`, (t) => {
    const error = explainBuildFailure('etcd', ['go: building', line], logFile);
    t.regex(error.message, what);
    t.true(error.why?.includes(line));
    t.regex(error.next ?? '', next);
    t.true(error.next?.includes(logFile));
  });
}
