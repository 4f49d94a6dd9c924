import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError, wrongUsage } from '../../common/explained-error.ts';
import { askVersion } from './ask-version.ts';
import { digestOfFile } from './digest.ts';
import { digestOfSet } from './installed.ts';
import type { ToolPin } from './pin.ts';
import { pins } from './pins.ts';
import { isProgram, type Tool, type ToolName } from './tool.ts';
import type { WorkContext } from './work-context.ts';

/** What a user's directory has of a tool. */
type OwnTool =
  | { readonly state: 'whole'; readonly tool: Tool }
  | { readonly state: 'partial'; readonly missing: readonly string[] }
  | { readonly state: 'absent' };

/** Other names under which distributions have a program. */
const otherNames: Readonly<Record<string, string>> = { 'redis-server': 'valkey-server' };

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() ?? false;
}

async function locate(directory: string, name: string): Promise<string | undefined> {
  for (const candidate of [name, otherNames[name]]) {
    if (candidate !== undefined && (await isFile(path.join(directory, candidate))))
      return path.join(directory, candidate);
  }
  return undefined;
}

async function requireExecutable(file: string): Promise<void> {
  if (!isProgram(file)) return;
  try {
    await access(file, constants.X_OK);
  } catch (error) {
    throw new ExplainedError({ what: `${file} is not executable`, next: `chmod +x ${file}`, cause: error });
  }
}

/** The directory that GITOPS_LAB_TOOLS names, if it is set. Throws an explained error where it is none. */
async function ownDirectory(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  const named = environment['GITOPS_LAB_TOOLS'];
  if (named === undefined || named === '') return undefined;
  const directory = path.resolve(named);
  if ((await stat(directory).catch(() => undefined))?.isDirectory() === true) return directory;
  throw wrongUsage(`GITOPS_LAB_TOOLS names ${directory}, which is no directory`, 'correct it, or unset it');
}

/** Looks for a tool in the user's directory; used only where all of its files are there. */
async function findOwnTool(pin: ToolPin, directory: string): Promise<OwnTool> {
  const found: Record<string, string> = {};
  for (const name of pin.files) {
    const file = await locate(directory, name);
    if (file !== undefined) found[name] = file;
  }
  const missing = pin.files.filter((name) => found[name] === undefined);
  if (missing.length === pin.files.length) return { state: 'absent' };
  if (missing.length > 0) return { state: 'partial', missing };
  const digests: Record<string, string> = {};
  for (const [name, file] of Object.entries(found)) {
    await requireExecutable(file);
    digests[name] = await digestOfFile(file);
  }
  const version = await askVersion(pin, found);
  const identity = {
    name: pin.name,
    version: version ?? 'unknown',
    origin: 'own',
    // Reports are for others, and a path of this machine says nothing to them; the digest does.
    source: 'the directory that GITOPS_LAB_TOOLS names',
  } as const;
  return { state: 'whole', tool: { ...identity, sha256: digestOfSet(digests), files: found } };
}

/**
 * Those of the wanted tools that the directory named by GITOPS_LAB_TOOLS has whole; says which it has in part.
 * Throws an explained error where it names no directory, or where a program there is not executable.
 */
export async function findOwnTools(
  names: readonly ToolName[],
  { environment, say }: Pick<WorkContext, 'environment' | 'say'>,
): Promise<Map<ToolName, Tool>> {
  const directory = await ownDirectory(environment);
  const found = new Map<ToolName, Tool>();
  if (directory === undefined) return found;
  for (const name of names) {
    const own = await findOwnTool(pins[name], directory);
    if (own.state === 'whole') found.set(name, own.tool);
    if (own.state === 'partial') {
      say(`${name} of ${directory} is not used: ${own.missing.join(', ')} is missing there`);
    }
  }
  return found;
}
