import test, { type ExecutionContext } from 'ava';
import { execa } from 'execa';
import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startComponent } from '../process/component.ts';
import { runningProcesses } from '../process/ledger.ts';
import { fileOf } from '../toolchain/file-of.ts';
import { provideTools } from '../toolchain/toolchain.ts';
import { chooseRegistryHost, parseRequest, startOciRegistry, type RegistryRequest } from './oci-registry.ts';

const progress = {
  started: () => undefined,
  advanced: () => undefined,
  finished: () => undefined,
  notice: () => undefined,
};

/** A registry of a test's own, and the programs to push to it. */
async function registry(t: ExecutionContext) {
  const directory = await mkdtemp(path.join(tmpdir(), 'oci registry '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const { signal } = new AbortController();
  const tools = await provideTools(['crane', 'helm'], { environment: process.env, progress, signal });
  const ledgerFile = path.join(directory, 'processes.jsonl');
  const started = await startOciRegistry({
    host: await chooseRegistryHost('127.0.0.1'),
    directory,
    tools,
    signal,
    run: async (spec) => {
      const component = await startComponent(spec, { logDirectory: directory, ledgerFile });
      t.teardown(component.stop);
      return component;
    },
  });
  const programOf = (name: 'crane' | 'helm') => fileOf(tools, name, name);
  return { directory, ledgerFile, ...started, programOf };
}

async function writeChart(directory: string): Promise<string> {
  const chart = path.join(directory, 'greeter');
  await mkdir(path.join(chart, 'templates'), { recursive: true });
  await writeFile(path.join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: greeter\nversion: 1.2.3\n');
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: greeting\n';
  await writeFile(path.join(chart, 'templates', 'map.yaml'), map);
  return chart;
}

test('an image that is pushed can be read by its tags, and a repository without any has none', async (t) => {
  t.timeout(120_000);
  const { directory, ledgerFile, host, tagsOf, programOf } = await registry(t);
  t.is(runningProcesses(ledgerFile).length, 1);
  t.deepEqual(await tagsOf('shop/web'), []);
  const image = `${host}/shop/web`;
  const layer = path.join(directory, 'layer.tar');
  await execa('tar', ['-cf', layer, '-C', directory, 'processes.jsonl']);
  const environment = { HOME: directory };
  await execa(programOf('crane'), ['append', '--new_layer', layer, '--new_tag', `${image}:1.0.0`], {
    env: environment,
  });
  await execa(programOf('crane'), ['tag', `${image}:1.0.0`, '1.0.1'], { env: environment });
  t.deepEqual((await tagsOf('shop/web')).toSorted(), ['1.0.0', '1.0.1']);
});

test('a chart that Helm pushes can be pulled again', async (t) => {
  t.timeout(120_000);
  const { directory, host, tagsOf, programOf } = await registry(t);
  const env = { HOME: directory };
  await execa(programOf('helm'), ['package', await writeChart(directory), '-d', directory], { env });
  const archive = path.join(directory, 'greeter-1.2.3.tgz');
  await execa(programOf('helm'), ['push', archive, `oci://${host}/charts`, '--plain-http'], { env });
  t.deepEqual(await tagsOf('charts/greeter'), ['1.2.3']);
  const reference = `oci://${host}/charts/greeter`;
  const shown = await execa(programOf('helm'), ['template', 'one', reference, '--plain-http'], { env });
  t.regex(shown.stdout, /name: greeting/);
});

test('who follows a registry is told of pushes, and of who reads tags, in their order', async (t) => {
  t.timeout(120_000);
  const { pushImage, tagsOf, follow, host, programOf, directory } = await registry(t);
  await pushImage('shop/web', '1.0.0');
  const told: RegistryRequest[] = [];
  const events = new EventEmitter();
  const second = once(events, '2');
  const stop = await follow((request) => {
    told.push(request);
    events.emit(String(told.length));
  });
  t.teardown(stop);
  await pushImage('shop/web', '1.0.1');
  t.deepEqual((await tagsOf('shop/web')).toSorted(), ['1.0.0', '1.0.1']);
  await second;
  t.deepEqual(told, [
    { type: 'tag-pushed', repository: 'shop/web', tag: '1.0.1' },
    { type: 'tags-read', repository: 'shop/web' },
  ]);
  const validated = await execa(programOf('crane'), ['manifest', `${host}/shop/web:1.0.1`], {
    env: { HOME: directory },
  });
  t.regex(validated.stdout, /"org.opencontainers.image.version":"1.0.1"/);
});

test('only what a registry answered well counts as a request', (t) => {
  const at = '2026/11/25 08:54:41';
  t.deepEqual(parseRequest(`${at} GET /v2/shop/web/tags/list?n=1000`), {
    type: 'tags-read',
    repository: 'shop/web',
  });
  t.is(parseRequest(`${at} GET /v2/shop/web/tags/list 404 NAME_UNKNOWN Unknown name`), undefined);
  t.is(parseRequest(`${at} PUT /v2/shop/web/manifests/1.0.0 400 BAD_REQUEST no`), undefined);
  t.is(parseRequest(`${at} GET /v2/`), undefined);
});
