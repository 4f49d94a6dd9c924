import { execa } from 'execa';
import { register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ExplainedError, messageOf, wrongUsage } from '../../common/explained-error.ts';
import { suggestName } from '../../common/nearest-name.ts';
import type { Scenario } from '../scenario.ts';
import { checkScenario } from './check-scenario.ts';
import { apiName, type HookData } from './resolve-hook.ts';

/** A file of the user's, and how messages call it. */
export interface OwnFile {
  readonly path: string;
  readonly shown: string;
}

const apiModule = new URL('../api.ts', import.meta.url).href;

/** Lets the files of a directory import the API by its name, wherever the directory lies. */
export function offerApi(directory: string): void {
  const data: HookData = { api: apiModule, directory: `${pathToFileURL(directory).href}/` };
  register(new URL('resolve-hook.ts', import.meta.url).href, { data });
}

/** The first place in a directory that a text names, such as `drift.ts:3:2`. */
function placeIn(directory: string, text: string): string | undefined {
  const prefixes = [directory + path.sep, `${pathToFileURL(directory).href}/`];
  for (const line of text.split('\n')) {
    const prefix = prefixes.find((one) => line.includes(one));
    const rest = prefix === undefined ? '' : line.slice(line.indexOf(prefix) + prefix.length);
    const [place] = /^[^:]+:\d+(:\d+)?/.exec(rest) ?? [];
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Node says where the syntax of a module is wrong to who has it checked alone (https://nodejs.org/api/cli.html#-c---check). */
async function checkedByNode(file: string): Promise<string> {
  const { stderr } = await execa(process.execPath, ['--check', file], { reject: false, extendEnv: false });
  return stderr;
}

const missingExport = /'gitops-lab' does not provide an export named '(\w+)'/;

/** What to do about an error of a module, as far as its text tells. */
async function adviceFor(message: string, shown: string): Promise<string> {
  const [, wrong] = missingExport.exec(message) ?? [];
  if (wrong === undefined) return `mend ${shown}`;
  return suggestName(wrong, Object.keys(await import('../api.ts')));
}

async function explained(error: unknown, file: OwnFile): Promise<ExplainedError> {
  if (error instanceof ExplainedError) {
    const isPlaced = error.message.startsWith(file.shown);
    return isPlaced ? error : wrongUsage(`${file.shown}: ${error.message}`, error.next);
  }
  const message = messageOf(error);
  const directory = path.dirname(file.path);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const isSyntax = error instanceof SyntaxError;
  const place =
    placeIn(directory, stack) ?? (isSyntax ? placeIn(directory, await checkedByNode(file.path)) : undefined);
  // The compiler's message is a heading, and a line for each error: FILE:LINE:COLUMN: ERROR: what.
  const what = / ERROR: (.*)/.exec(message)?.[1] ?? message.split('\n')[0] ?? '';
  const where = place === undefined ? file.shown : path.join(path.dirname(file.shown), place);
  return wrongUsage(`${where}: ${what}`, await adviceFor(message, file.shown));
}

/** Does something while stack traces tell the lines of TypeScript, which the program does without elsewhere. */
async function withSourceMaps<Result>(act: () => Promise<Result>): Promise<Result> {
  const wasEnabled = process.sourceMapsEnabled;
  process.setSourceMapsEnabled(true);
  try {
    return await act();
  } finally {
    process.setSourceMapsEnabled(wasEnabled);
  }
}

async function importScenario({ path: file, shown }: OwnFile): Promise<Scenario> {
  const exported = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  const value = exported['default'] ?? exported['scenario'];
  if (value !== undefined) return checkScenario(value, shown);
  throw wrongUsage(
    `${shown} exports no scenario`,
    `export one: "export default { … } satisfies Scenario", with Scenario from "${apiName}"; files that help others lie in a directory below`,
  );
}

/**
 * The scenario that a TypeScript or JavaScript file exports, as its default or as `scenario`. `offerApi` comes before.
 * Throws an explained error, with file and line where they are known, for whatever is wrong with it.
 */
export async function loadModule(file: OwnFile): Promise<Scenario> {
  return withSourceMaps(async () => {
    try {
      return await importScenario(file);
    } catch (error) {
      throw await explained(error, file);
    }
  });
}
