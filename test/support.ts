import type { ExecutionContext } from 'ava';
import { execa } from 'execa';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runningProcesses, type LedgerEntry } from '../lab/process/ledger.ts';
import type { ToolchainProgress } from '../lab/toolchain/toolchain.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Tells nobody how far the toolchain is. */
export const silentProgress: ToolchainProgress = {
  started: () => undefined,
  advanced: () => undefined,
  finished: () => undefined,
  notice: () => undefined,
};

/** A place of a test's own: its labs and its runs lie in it; the tools' cache is the user's, for they take long to build. */
export interface TestPlace {
  readonly directory: string;
  readonly labs: string;
  readonly runs: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Makes a place, with a blank in its path, and removes it after the test. */
export async function makePlace(t: ExecutionContext): Promise<TestPlace> {
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab test '));
  t.teardown(async () => rm(directory, { recursive: true, force: true }));
  const data = path.join(directory, 'data');
  return {
    directory,
    labs: path.join(data, 'gitops-lab', 'labs'),
    runs: path.join(directory, 'runs'),
    environment: { XDG_DATA_HOME: data, CI: 'true', GITHUB_STEP_SUMMARY: '' },
  };
}

/** A profile that measures on a busy machine all the same: what these tests look at is not how exact the times are. `more` is added to it. */
export async function patientProfile({ directory }: TestPlace, more = ''): Promise<string> {
  const file = path.join(directory, 'patient.yaml');
  await writeFile(
    file,
    `name: patient\nlimits:\n  loadPerCore: 1000\n  stealShare: 1\n  heldUp: 1m\n${more}`,
  );
  return file;
}

/** The program as this checkout has it. */
const ownProgram = [process.execPath, '--import=tsx', 'cli.ts'] as const;

function launch(
  place: TestPlace,
  args: readonly string[],
  [first, ...before]: readonly [string, ...string[]],
) {
  const program = execa(first, [...before, ...args], {
    cwd: root,
    env: place.environment,
    all: true,
    reject: false,
  });
  return { program };
}

/** The program while it runs; its output and exit code once it has ended. */
export type Program = ReturnType<typeof launch>['program'];

/** Starts the program as a user would, the installed one where its words are given. It is ended with the test where it has not ended by itself. */
export function startProgram(
  t: ExecutionContext,
  place: TestPlace,
  args: readonly string[],
  words: readonly [string, ...string[]] = ownProgram,
): Program {
  const { program } = launch(place, args, words);
  t.teardown(() => program.kill('SIGKILL'));
  return program;
}

/** Settles when the program's output holds `text`; rejects when the program ends before. */
export async function untilSaid(program: Pick<Program, 'all'>, text: string): Promise<void> {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    program.all.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(text)) resolve();
    });
    program.all.once('end', () => {
      reject(new Error(`the program ended without saying "${text}":\n${said}`));
    });
  });
}

/** The names of the labs that are on disk. */
export async function labNames({ labs }: TestPlace): Promise<string[]> {
  return readdir(labs).catch(() => []);
}

/** Every process of these labs that still runs. */
export async function leftProcesses(place: TestPlace): Promise<LedgerEntry[]> {
  const names = await labNames(place);
  return names.flatMap((name) => runningProcesses(path.join(place.labs, name, 'processes.jsonl')));
}

/** All files below a directory, with their text. */
export async function filesBelow(directory: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [path.relative(directory, file), await readFile(file, 'utf8')] as const),
  );
  return new Map(texts);
}
