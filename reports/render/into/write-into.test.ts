import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { ExplainedError } from '../../../common/explained-error.ts';
import { readRun } from '../../record/reader.ts';
import { madeUpCalibration } from '../../testing/made-up-calibration.ts';
import { makeUpRun, type MadeUpRun } from '../../testing/made-up-run.ts';
import { recordRun, temporaryDirectory } from '../../testing/run-on-disk.ts';
import { markersOf, resultsOf } from './markers.ts';
import { writeInto } from './write-into.ts';

const { begin, end } = markersOf(resultsOf('drift-recovery'));

async function setUp(t: ExecutionContext, text?: string, made: MadeUpRun = makeUpRun()) {
  const root = await temporaryDirectory(t);
  const document = join(root, 'RESULTS.md');
  if (text !== undefined) await writeFile(document, text);
  const run = await readRun(await recordRun(join(root, 'runs'), made));
  return { root, document, run, read: async () => readFile(document, 'utf8') };
}

test('what stands between the markers is replaced, and all else is left as it is', async (t) => {
  const before = '# Ours\n\n* a list  \n\n';
  const after = '\n\n| kept |as it is|\n|--|--|\n';
  const { document, run, read } = await setUp(t, `${before}${begin}\nold\n${end}${after}`);
  await writeInto(document, run);
  const text = await read();
  t.true(text.startsWith(`${before}${begin}\n`));
  t.true(text.endsWith(`${end}${after}`));
  t.notRegex(text, /^old$/m);
  t.regex(text, /\*\*Argo CD restored faster than Flux after 2 of 3 disturbances/);
  t.regex(text, /npm run scenario drift-recovery -- --seed 7/);
});

test('the charts lie beside the document under names that stay the same', async (t) => {
  const { root, document, run, read } = await setUp(t);
  await writeInto(document, run);
  const shown = [...(await read()).matchAll(/\]\(charts\/([^)]+)\)/g)].map(([, file]) => file);
  t.deepEqual(shown, ['drift-recovery-distribution-restore.svg', 'drift-recovery-phases.svg']);
  t.deepEqual((await readdir(join(root, 'charts'))).toSorted(), shown);
});

test('a second time changes nothing', async (t) => {
  const { document, run, read } = await setUp(t);
  const first = await writeInto(document, run);
  t.deepEqual([...new Set(first.map(({ outcome }) => outcome))], ['new']);
  const text = await read();
  const second = await writeInto(document, run);
  t.deepEqual([...new Set(second.map(({ outcome }) => outcome))], ['same']);
  t.is(await read(), text);
});

test('a chart that is not shown any more goes, and files of others stay', async (t) => {
  const old = `${begin}\n![x](charts/drift-recovery-gone.svg)\n![y](charts/mine.svg)\n${end}\n`;
  const { root, document, run } = await setUp(t, old);
  await writeInto(document, run);
  for (const file of ['drift-recovery-gone.svg', 'mine.svg']) await writeFile(join(root, 'charts', file), '');
  await writeFile(document, old);
  const written = await writeInto(document, run);
  t.deepEqual(
    written.filter(({ outcome }) => outcome === 'removed').map(({ path }) => path),
    [join(root, 'charts', 'drift-recovery-gone.svg')],
  );
  t.true((await readdir(join(root, 'charts'))).includes('mine.svg'));
});

const withoutPlace = {
  'without markers': '# Ours\n',
  'with one marker': `${begin}\n`,
  'with the markers the wrong way round': `${end}\n${begin}\n`,
  'with markers twice': `${begin}\n${end}\n${begin}\n${end}\n`,
};
for (const [how, text] of Object.entries(withoutPlace)) {
  test(`a document ${how} is left alone, and the error shows the lines that it needs`, async (t) => {
    const { root, document, run, read } = await setUp(t, text);
    const error = await t.throwsAsync(writeInto(document, run), { instanceOf: ExplainedError });
    t.is(error.exitCode, 2);
    t.true(error.next?.endsWith(`${begin}\n${end}`));
    t.is(await read(), text);
    t.deepEqual(await readdir(root), ['RESULTS.md', 'runs']);
  });
}

test('a calibration has nothing to put into a document', async (t) => {
  const { document, run } = await setUp(t, undefined, madeUpCalibration());
  await t.throwsAsync(writeInto(document, run), { message: /calibration/ });
});
