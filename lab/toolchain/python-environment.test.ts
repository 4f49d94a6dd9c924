import test from 'ava';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isUsablePython, pinnedVersions } from './python-environment.ts';

const folder = path.join(import.meta.dirname, 'python');

test('a Python that Ansible does not run on is not taken', (t) => {
  t.deepEqual(['Python 3.11.7', 'Python 3.13.0', 'Python 3.9.2', 'Python 2.7.18', ''].map(isUsablePython), [
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('what is installed is what is asked for, and each file has its hash', async (t) => {
  const asked = pinnedVersions(await readFile(path.join(folder, 'requirements.in'), 'utf8'));
  for (const name of ['requirements.txt', 'development.txt']) {
    const text = await readFile(path.join(folder, name), 'utf8');
    const pinned = pinnedVersions(text);
    t.false(/^--|https?:/m.test(text), 'no index of one machine is named');
    t.is(
      text
        .split(/^(?=[\w.-]+==)/m)
        .filter((entry) => !entry.includes('--hash=sha256:'))
        .join(''),
      '',
    );
    if (name === 'requirements.txt') t.like(pinned, asked);
    else t.truthy(pinned['ansible-lint']);
  }
});
