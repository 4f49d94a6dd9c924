import test, { type ExecutionContext } from 'ava';
import { execa, execaSync } from 'execa';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '../reports/testing/run-on-disk.ts';
import { runCommand } from './run-command.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const noConfiguration: Readonly<Record<Shell, readonly string[]>> = {
  bash: ['--norc'],
  zsh: ['-f'],
  fish: ['--no-config'],
};

/** What the shell makes of each line once it has read the script of a place with a lab named demo. */
async function completedBy(
  t: ExecutionContext,
  shell: Shell,
  lines: readonly string[],
): Promise<readonly string[]> {
  const directory = await temporaryDirectory(t);
  await mkdir(path.join(directory, 'data', 'gitops-lab', 'labs', 'demo'), { recursive: true });
  const { stdout: script, exitCode, stderr } = await runCommand(t, ['completion', shell], directory);
  t.is(exitCode, 0, stderr);
  const file = path.join(directory, 'script');
  await writeFile(file, `${script}\n`);
  const harness = fileURLToPath(new URL(`complete.${shell}`, import.meta.url));
  const { stdout } = await execa(shell, [...noConfiguration[shell], harness, file, ...lines], {
    cwd: directory,
    env: { HOME: directory },
  });
  return stdout.split('\n').map((line) => line.trim());
}

/** Runs where the shell is there, and says that it is skipped elsewhere. */
function testIn(shell: Shell, title: string, act: (t: ExecutionContext) => Promise<void>): void {
  const isThere = !execaSync(shell, ['-c', 'true'], { reject: false }).failed;
  const run = isThere ? test : test.skip;
  run(`${shell} ${title}${isThere ? '' : ` (there is no ${shell} here)`}`, act);
}

/** What is typed, and the one thing that it can become. */
const unique: Readonly<Record<string, string>> = {
  sc: 'scenario',
  'scenario dri': 'drift-recovery',
  'scenario --engine-': '--engine-on',
  'scenario --engine f': 'flux',
  'scenario --engine flux,ar': 'flux,argocd',
  'scenario --lab ki': 'kind',
  'scenario --profile mat': 'matched',
  'scenario drift-recovery --only delete-d': 'delete-deployment',
  'scenario drift-recovery --only edit-env,delete-d': 'edit-env,delete-deployment',
  'scenario calibrate --only 1000-objects-i': '1000-objects-idle',
  'lab u': 'up',
  'lab up --engine no': 'none',
  'lab down de': 'demo',
  'report comp': 'compare',
  'report compare latest rol': 'rollback',
  'report --thre': '--threshold',
  'toolchain helm kubec': 'kubectl',
  'completion fi': 'fish',
};

for (const shell of ['bash', 'fish'] as const) {
  testIn(shell, 'offers what can follow', async (t) => {
    const lines = Object.keys(unique).map((typed) => `gitops-lab ${typed}`);
    t.deepEqual(await completedBy(t, shell, lines), Object.values(unique));
  });

  testIn(shell, 'offers all there is, and the disturbances of the scenario alone', async (t) => {
    const lines = [
      'gitops-lab lab up --lab ',
      'gitops-lab scenario rollback --only ',
      'gitops-lab lab down ',
    ];
    const offered = await completedBy(t, shell, lines);
    t.deepEqual(
      offered.map((line) => line.split(' ').toSorted()),
      [['embedded', 'k3s', 'kind', 'vagrant'], ['revert-release'], ['demo']],
    );
  });
}

testIn('zsh', 'completes what can follow', async (t) => {
  const lines = Object.keys(unique).map((typed) => `gitops-lab ${typed}`);
  const whole = Object.entries(unique).map(([typed, last]) =>
    [...typed.split(' ').slice(0, -1), last].join(' '),
  );
  t.deepEqual(await completedBy(t, 'zsh', lines), whole);
});

testIn('bash', 'completes behind an equals sign, which makes words of its own', async (t) => {
  t.deepEqual(await completedBy(t, 'bash', ['gitops-lab scenario --engine = f']), ['flux']);
});
