import test from 'ava';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../../common/explained-error.ts';
import { temporaryDirectory } from '../../reports/testing/run-on-disk.ts';
import { chooseProfile } from './choose-profile.ts';

test('a built-in profile goes by its name, and the first is the default', async (t) => {
  t.is((await chooseProfile('upstream', { environment: {} })).name, 'upstream');
  t.is((await chooseProfile(undefined, { environment: {} })).name, 'matched');
});

test('a file is found from where the user is, and takes the rest from the default', async (t) => {
  const directory = await temporaryDirectory(t);
  await writeFile(path.join(directory, 'mine.yaml'), 'name: mine\niterations: 9\n');
  const profile = await chooseProfile('mine.yaml', { environment: { INIT_CWD: directory } });
  const base = await chooseProfile(undefined, { environment: {} });
  t.deepEqual(profile, { ...base, name: 'mine', iterations: 9 });
});

test('a file that is not there, and a directory, are refused with the built-in names', async (t) => {
  const directory = await temporaryDirectory(t);
  for (const typed of [path.join(directory, 'none.yaml'), directory]) {
    const error = await t.throwsAsync(chooseProfile(typed, { environment: {} }), {
      instanceOf: ExplainedError,
    });
    t.regex(error.message, /can't be read/);
    t.is(error.next, 'give a file, or one of: matched, upstream, backoff, phase-locked, polling');
    t.is(error.exitCode, 2);
  }
});
