import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, messageOf } from '../../common/explained-error.ts';
import { ownCommand } from '../../common/own-command.ts';
import { requireGit } from '../../lab/forge/git.ts';
import { formatBytes } from '../../reports/render/format.ts';
import type { Finding } from './finding.ts';

/** The oldest Node that all libraries of this program run on; package.json says the same. */
const oldestNode = { major: 20, minor: 19 } as const;

/** What a control plane and an engine take at most, as `npm run bench` measures it. */
const labMemoryBytes = 1.5e9;

/** What the etcd of a lab, its logs and its repositories take in a long run. */
const labDiskBytes = 0.5e9;

/** Whether this Node is recent enough; `version` is such as `20.19.0`. */
export function judgeNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const { major: oldestMajor, minor: oldestMinor } = oldestNode;
  const isRecent = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (isRecent) return { mark: 'good', text: `Node ${version}` };
  return {
    mark: 'bad',
    text: `Node ${version} is too old`,
    remedy: `install Node ${oldestMajor}.${oldestMinor} or newer: https://nodejs.org/en/download`,
  };
}

/** Whether there is memory for as many labs as a run has at once. */
export function judgeMemory(availableBytes: number, labCount: number): Finding {
  const neededBytes = labCount * labMemoryBytes;
  const text = `${formatBytes(availableBytes)} of memory available, ${formatBytes(neededBytes)} wanted for ${labCount} labs at once`;
  if (availableBytes >= neededBytes) return { mark: 'good', text };
  return {
    mark: 'warning',
    text,
    remedy: 'close other programs, or measure one engine at a time: --engine flux',
  };
}

async function findGit(environment: NodeJS.ProcessEnv): Promise<Finding> {
  try {
    return { mark: 'good', text: `git ${await requireGit(environment)}` };
  } catch (error) {
    const { why, next } = error instanceof ExplainedError ? error : {};
    const text = [messageOf(error), why].filter((part) => part !== undefined).join(': ');
    return { mark: 'bad', text, ...(next === undefined ? {} : { remedy: next }) };
  }
}

function nearestExisting(directory: string): string {
  return existsSync(directory) ? directory : nearestExisting(path.dirname(directory));
}

/** Whether a directory can be written and has room. */
async function judgeDirectory(use: string, directory: string, neededBytes: number): Promise<Finding> {
  const existing = nearestExisting(directory);
  try {
    accessSync(existing, constants.W_OK);
  } catch {
    return {
      mark: 'bad',
      text: `${use}: ${existing} can't be written`,
      remedy: 'make it writable for this user',
    };
  }
  const { bavail, bsize } = await statfs(existing);
  const text = `${use}: ${formatBytes(bavail * bsize)} free at ${existing}`;
  if (bavail * bsize >= neededBytes) return { mark: 'good', text };
  return { mark: 'bad', text, remedy: `free some space: ${formatBytes(neededBytes)} are needed` };
}

function findSetpriv(): Finding[] {
  if (process.platform !== 'linux') return [];
  const isThere = ['/usr/bin/setpriv', '/bin/setpriv'].some((file) => existsSync(file));
  if (isThere) return [{ mark: 'good', text: 'setpriv: nothing outlives this program, even after kill -9' }];
  return [
    {
      mark: 'warning',
      text: `setpriv is missing: after kill -9 processes go on until ${ownCommand('lab', 'down', '--all')}`,
      remedy: 'install util-linux',
    },
  ];
}

interface MachineQuestion {
  readonly environment: NodeJS.ProcessEnv;
  readonly labCount: number;
  readonly labsDirectory: string;
  readonly runsDirectory: string;
}

/** Looks at Node, git, memory, and the places that are written to. */
export async function examineMachine(question: MachineQuestion): Promise<Finding[]> {
  const { environment, labCount, labsDirectory, runsDirectory } = question;
  return [
    judgeNode(process.versions.node),
    await findGit(environment),
    judgeMemory(process.availableMemory(), labCount),
    await judgeDirectory('labs', labsDirectory, labCount * labDiskBytes),
    await judgeDirectory('runs', runsDirectory, 0.1e9),
    ...findSetpriv(),
  ];
}
