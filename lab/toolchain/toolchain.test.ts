import { execFileSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { readFile, readdir, truncate } from 'node:fs/promises';
import test, { type ExecutionContext } from 'ava';
import { cacheOf } from './cache.ts';
import { digestOf } from './digest.ts';
import { startMirror, temporaryDirectory, type Mirror } from './mirror-for-tests.ts';
import { platformOf } from './platform.ts';
import { checkPrerequisites } from './prerequisites.ts';
import { divideIntoSets } from './sources.ts';
import { provideTools, type ToolchainProgress, type ToolName } from './toolchain.ts';

const { os, arch } = platformOf(process.platform, process.arch);
const kwokPath = `/github.com/kubernetes-sigs/kwok/releases/download/v0.8.0/kwok-${os}-${arch}`;
const kwokProgram = '#!/bin/sh\necho kwok version v0.8.0\n';
const argocdRelease = '/github.com/argoproj/argo-cd/releases/download/v3.2.11';
const argocdProgram = '#!/bin/sh\necho argocd: v3.2.11+0\n';

/** A machine with a cache of its own, a mirror in place of all publishers, and no Go unless PATH says so. */
async function machine(t: ExecutionContext, more: NodeJS.ProcessEnv = {}) {
  const mirror = await startMirror(t);
  const environment = {
    PATH: '/nonexistent',
    ...more,
    XDG_CACHE_HOME: await temporaryDirectory(t),
    GITOPS_LAB_MIRROR: more['GITOPS_LAB_MIRROR'] ?? mirror.base,
    GITOPS_LAB_TOOLS: '',
  };
  const events: string[] = [];
  const progress: ToolchainProgress = {
    started: ({ tool, origin, position, total }) =>
      events.push(`start ${tool} ${origin} ${position}/${total}`),
    advanced: () => undefined,
    finished: ({ tool }) => events.push(`finish ${tool}`),
    notice: (line) => events.push(line),
  };
  const controller = new AbortController();
  const provide = async (...names: ToolName[]) =>
    await provideTools(names, { environment, progress, signal: controller.signal });
  return { mirror, environment, events, progress, controller, provide, cache: cacheOf(environment) };
}

function serveArgocd({ answers }: Mirror): void {
  answers.set(`${argocdRelease}/argocd-${os}-${arch}`, argocdProgram);
  answers.set(`${argocdRelease}/cli_checksums.txt`, `${digestOf(argocdProgram)}  argocd-${os}-${arch}\n`);
  answers.set('/raw.githubusercontent.com/argoproj/argo-cd/v3.2.11/manifests/install.yaml', 'kind: List\n');
}

test('tools come from their publishers, with progress, and from the cache the next time', async (t) => {
  const { mirror, events, provide } = await machine(t);
  mirror.answers.set(kwokPath, kwokProgram);
  serveArgocd(mirror);
  const tools = await provide('kwok', 'argocd');
  t.deepEqual([...tools.keys()], ['kwok', 'argocd']);
  t.like(tools.get('kwok'), { version: 'v0.8.0', origin: 'release', sha256: digestOf(kwokProgram) });
  t.is(await readFile(tools.get('argocd')?.files['argocd-install.yaml'] ?? '', 'utf8'), 'kind: List\n');
  const steps = events.filter((event) => /^(start|finish)/.test(event));
  t.deepEqual(steps, ['start kwok release 1/2', 'finish kwok', 'start argocd release 2/2', 'finish argocd']);
  mirror.asked.length = events.length = 0;
  t.deepEqual(await provide('kwok', 'argocd'), tools);
  t.deepEqual([mirror.asked, events], [[], []]);
});

test('a tool whose cache entry is damaged is fetched again, and that is said', async (t) => {
  const { mirror, events, provide } = await machine(t);
  mirror.answers.set(kwokPath, kwokProgram);
  const program = (await provide('kwok')).get('kwok')?.files['kwok'] ?? '';
  await truncate(program, 4);
  await provide('kwok');
  t.is(await readFile(program, 'utf8'), kwokProgram);
  t.true(events.some((event) => event.startsWith('the cached kwok is damaged (kwok has 4 bytes instead of')));
});

test('two runs at once fetch a tool once', async (t) => {
  const { mirror, environment, progress } = await machine(t);
  const emitter = new EventEmitter();
  const isWaiting = once(emitter, 'waiting');
  mirror.answers.set(kwokPath, (_request, response) => {
    void isWaiting.then(() => response.end(kwokProgram));
  });
  const notice = (line: string): void => {
    if (line.includes('waiting for it')) emitter.emit('waiting');
  };
  const options = { environment, progress: { ...progress, notice }, signal: AbortSignal.timeout(20_000) };
  const [one, other] = [provideTools(['kwok'], options), provideTools(['kwok'], options)];
  t.deepEqual(await one, await other);
  t.deepEqual(mirror.asked, [kwokPath]);
});

test('an abort in the middle of a download leaves nothing half-made', async (t) => {
  const { mirror, controller, provide, cache } = await machine(t);
  mirror.answers.set(kwokPath, (_request, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('the first bytes', () => {
      controller.abort(new Error('stopped by the test'));
    });
  });
  await t.throwsAsync(provide('kwok'), { message: 'stopped by the test' });
  t.deepEqual(await readdir(cache.temporary), []);
  t.deepEqual(await readdir(cache.tools), []);
});

test('where a publisher lacks a file, that is said, and without Go the error says what to do', async (t) => {
  const { events, provide } = await machine(t);
  const error = await t.throwsAsync(provide('kwok'), { name: 'ExplainedError', message: 'Go was not found' });
  t.regex((error as { next?: string } | undefined)?.next ?? '', /install Go/);
  t.true(
    events.some((event) =>
      /kwok-\w+-\w+ answers with status 404; building with Go instead: kwok/.test(event),
    ),
  );
});

test('where one of the Flux tools can not be had from its publisher, Go builds all of them', async (t) => {
  const { events, provide } = await machine(t);
  await t.throwsAsync(provide('kustomize-controller', 'flux'), { message: 'Go was not found' });
  t.true(events.some((event) => /Go instead.*flux/.test(event)));
});

test('a published program that does not run here is not installed', async (t) => {
  const { mirror, events, provide, cache } = await machine(t);
  mirror.answers.set(kwokPath, '#!/nonexistent/loader\n');
  await t.throwsAsync(provide('kwok'), { message: 'Go was not found' });
  t.true(events.some((event) => event.startsWith('the published kwok does not run here')));
  t.deepEqual(await readdir(cache.tools), []);
});

test('a download that is wrong is an error, and Go is not tried', async (t) => {
  const { mirror, events, provide } = await machine(t);
  serveArgocd(mirror);
  mirror.answers.set(`${argocdRelease}/argocd-${os}-${arch}`, 'something else');
  await t.throwsAsync(provide('argocd'), { name: 'ExplainedError', message: /wrong checksum/ });
  t.false(events.some((event) => event.includes('Go instead')));
});

test('official sources that can not be reached are named in one line', async (t) => {
  const { events, provide } = await machine(t, { GITOPS_LAB_MIRROR: 'http://127.0.0.1:1' });
  await t.throwsAsync(provide('kwok', 'argocd', 'etcd'), { message: 'Go was not found' });
  t.is(events.length, 1);
  t.regex(
    events[0] ?? '',
    /^official sources can't be reached: 127\.0\.0\.1:1 \(.*\); .* built with Go instead$/,
  );
});

test('a program that Go can not build is asked of its publisher alone, and the error names the other way', async (t) => {
  const { events, provide } = await machine(t, { GITOPS_LAB_MIRROR: 'http://127.0.0.1:1' });
  const error = await t.throwsAsync(provide('argocd-image-updater'), {
    name: 'ExplainedError',
    message: "argocd-image-updater can't be had here",
  });
  t.like(error, {
    next: 'put the program argocd-image-updater into a directory, and name that with GITOPS_LAB_TOOLS',
  });
  t.deepEqual(events, []);
});

test('all programs that can not be had are named at once', async (t) => {
  const { provide } = await machine(t, { GITOPS_LAB_MIRROR: 'http://127.0.0.1:1' });
  const error = await t.throwsAsync(provide('image-reflector-controller', 'argocd-image-updater'), {
    message: "image-reflector-controller, argocd-image-updater can't be had here",
  });
  t.like(error, {
    next: 'put the programs image-reflector-controller, argocd-image-updater into a directory, and name that with GITOPS_LAB_TOOLS',
  });
});

test('an image that is not served is said to be the reason where Go can not build the program', async (t) => {
  const { provide } = await machine(t);
  const error = await t.throwsAsync(provide('image-reflector-controller'), {
    message: "image-reflector-controller can't be had here",
  });
  const why = (error as { why?: string } | undefined)?.why ?? '';
  t.regex(why, os === 'linux' ? /404.*no module proxy/ : /has none for darwin/);
});

test('tools that embed each other come from one kind of source; the own ones decide nothing', (t) => {
  const [flux, ...others] = divideIntoSets(
    ['flux', 'etcd', 'kustomize-controller'],
    new Set(['source-controller']),
  );
  t.deepEqual(flux, {
    members: ['flux', 'kustomize-controller', 'helm-controller', 'notification-controller'],
    wanted: ['flux', 'kustomize-controller'],
  });
  t.deepEqual(others, [{ members: ['etcd'], wanted: ['etcd'] }]);
});

test('what is at hand is told without making anything', async (t) => {
  const { mirror, environment, provide, cache } = await machine(t);
  mirror.answers.set(kwokPath, kwokProgram);
  await provide('kwok');
  const found = await checkPrerequisites(['kwok', 'etcd'], environment, new AbortController().signal);
  t.is(found.cacheDirectory, cache.root);
  t.true((found.freeBytes ?? 0) > 0);
  t.deepEqual(found.go, { problem: 'Go was not found: no program "go" is on the PATH' });
  t.deepEqual(found.tools, [
    { name: 'kwok', state: 'ready', version: 'v0.8.0', origin: 'release' },
    { name: 'etcd', state: 'missing' },
  ]);
});

test('Go builds the smallest of the modules, and the program runs', async (t) => {
  const { events, provide } = await machine(t, { ...process.env, GITOPS_LAB_MIRROR: 'http://127.0.0.1:1' });
  const tool = (await provide('redis')).get('redis');
  t.like(tool, { version: 'v2.40.0', origin: 'go' });
  t.regex(tool?.source ?? '', /miniredis\/v2@v2\.40\.0, built with go1\./);
  t.deepEqual(events.slice(-2), ['start redis go 1/1', 'finish redis']);
  t.is(
    execFileSync(tool?.files['redis-server'] ?? '', ['--version'], { encoding: 'utf8' }),
    'miniredis v2.40.0\n',
  );
});
