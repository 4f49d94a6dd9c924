import { execa } from 'execa';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { cacheOf } from '../../../lab/toolchain/cache.ts';
import { makeUpRun } from '../../../reports/testing/made-up-run.ts';
import { recordRun } from '../../../reports/testing/run-on-disk.ts';
import { makeCheckout } from '../checkout.ts';
import { giveKubectl } from '../give-kubectl.ts';

/** Where somebody types: a checkout, a home and labs that nobody else has. */
export interface Terminal {
  readonly checkout: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Where the output of each line is kept. */
  readonly directory: string;
  /** Gives a page the runs that it speaks of, and no others. */
  readonly begin: () => Promise<void>;
  /** Ends the labs that a page has left. */
  readonly endLabs: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** The programs are the user's, for they take long to build, and so is what npm and Go have fetched. */
function environmentOf(directory: string): NodeJS.ProcessEnv {
  const home = os.homedir();
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('npm_') && name !== 'INIT_CWD',
  );
  return {
    GOCACHE: path.join(home, '.cache', 'go-build'),
    GOPATH: path.join(home, 'go'),
    npm_config_cache: path.join(home, '.npm'),
    npm_config_prefer_offline: 'true',
    ...Object.fromEntries(inherited),
    CI: 'true',
    GITHUB_STEP_SUMMARY: '',
    HOME: path.join(directory, 'home'),
    PATH: `${path.join(directory, 'programs')}:${process.env['PATH'] ?? ''}`,
    XDG_CACHE_HOME: path.dirname(cacheOf(process.env).root),
    XDG_DATA_HOME: path.join(directory, 'data'),
  };
}

/** A made-up run of another day than the others. */
async function record(root: string, day: number): Promise<string> {
  const { results, history } = makeUpRun({ disturbances: ['delete-deployment', 'scale-to-zero'] });
  const startedAt = new Date(Date.parse(results.startedAt) + day * 86_400_000).toISOString();
  return recordRun(root, { results: { ...results, startedAt }, history });
}

/** Makes a place to type in. It holds what stands in the pages for the reader's own: runs of other machines, and a cache to carry away. */
export async function openTerminal(): Promise<Terminal> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'gitops-lab pages '));
  const checkout = await makeCheckout(path.join(directory, 'checkout'), { withPackages: false });
  const environment = environmentOf(directory);
  const type = async (command: string) =>
    execa('bash', ['-c', command], { cwd: checkout, env: environment, extendEnv: false, stdin: 'ignore' });
  await giveKubectl(path.join(directory, 'programs'));
  const carried = path.join(directory, 'home', '.cache', 'gitops-lab', 'tools');
  await mkdir(carried, { recursive: true });
  await writeFile(path.join(carried, 'a-program'), 'stands for all of them\n');
  for (const [day, machine] of ['machine-1', 'machine-2'].entries())
    await record(path.join(checkout, machine), day);
  for (const [day, name] of ['before', 'after'].entries()) {
    await cp(await record(path.join(directory, name), day), path.join(checkout, name), { recursive: true });
  }
  await type('npm ci');
  const runs = path.join(checkout, 'reports', 'runs');
  return {
    checkout,
    environment,
    directory,
    begin: async () => {
      await rm(runs, { recursive: true, force: true });
      await record(runs, 2);
    },
    endLabs: async () => {
      await type('npm run lab -- down --all');
    },
    remove: async () => rm(directory, { recursive: true, force: true }),
  };
}
