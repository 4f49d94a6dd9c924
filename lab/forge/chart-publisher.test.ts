import test, { type ExecutionContext } from 'ava';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { chartPublisher } from './chart-publisher.ts';

const chart = {
  name: 'shop',
  version: '1.2.3',
  files: { 'values.yaml': 'replicas: 1\n', 'templates/a.yaml': 'kind: ConfigMap\n' },
};

/** A publisher whose Helm writes down what it is asked, and then does what `script` says. */
async function publisher(t: ExecutionContext, tags: readonly string[], script = '') {
  const directory = await mkdtemp(path.join(tmpdir(), 'charts '));
  t.teardown(async () => rm(directory, { recursive: true }));
  const helm = path.join(directory, 'helm');
  await writeFile(helm, `#!/bin/sh\necho "$HOME $@" >> "$HOME/asked"\n${script}\n`);
  await chmod(helm, 0o700);
  const asked: string[] = [];
  const tagsOf = async (repository: string) => {
    asked.push(repository);
    return Promise.resolve(tags);
  };
  const { signal } = new AbortController();
  const registry = { host: '127.0.0.1:5000', tagsOf };
  const { publish } = chartPublisher({ helm, directory, registry, signal });
  const commands = async () => readFile(path.join(directory, 'asked'), 'utf8').catch(() => '');
  return { directory, publish, asked, commands };
}

test('a version is written, packed and pushed by Helm, which has its home in the lab', async (t) => {
  const { directory, publish, asked, commands } = await publisher(t, ['1.0.0']);
  await publish(chart);
  const source = path.join(directory, 'shop-1.2.3', 'shop');
  t.deepEqual((await commands()).trim().split('\n'), [
    `${directory} package ${source} --destination ${directory}`,
    `${directory} push ${directory}/shop-1.2.3.tgz oci://127.0.0.1:5000/charts --plain-http`,
  ]);
  t.is(
    await readFile(path.join(source, 'Chart.yaml'), 'utf8'),
    'apiVersion: v2\nname: shop\nversion: 1.2.3\nappVersion: 1.2.3\n',
  );
  t.is(await readFile(path.join(source, 'templates', 'a.yaml'), 'utf8'), 'kind: ConfigMap\n');
  t.deepEqual(asked, ['charts/shop']);
});

test('a version that the registry has is left as it is', async (t) => {
  const { publish, commands } = await publisher(t, ['1.2.3']);
  await publish(chart);
  t.is(await commands(), '');
});

test("what Helm refuses is told in Helm's words", async (t) => {
  const { publish } = await publisher(t, [], 'echo "Error: no such chart" >&2; exit 1');
  const error = await t.throwsAsync(publish(chart), { instanceOf: ExplainedError });
  t.is(error.message, 'the chart shop could not be packed');
  t.is(error.why, 'Error: no such chart');
});
