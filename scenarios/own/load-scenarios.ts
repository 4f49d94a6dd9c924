import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, wrongUsage } from '../../common/explained-error.ts';
import type { Scenario } from '../scenario.ts';
import { loadModule, offerApi, type OwnFile } from './load-module.ts';
import { loadYaml } from './load-yaml.ts';

/** A scenario of the user's, and the file that it stands in. */
export interface OwnScenario {
  readonly scenario: Scenario;
  /** As messages name it. */
  readonly file: string;
}

const moduleEndings = ['.ts', '.js', '.mjs'];
const yamlEndings = ['.yaml', '.yml'];

function isScenarioFile(name: string): boolean {
  return [...moduleEndings, ...yamlEndings].includes(path.extname(name)) && !name.endsWith('.d.ts');
}

async function filesOf(directory: string, shown: string): Promise<OwnFile[]> {
  let names: string[];
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === 'ENOENT'
        ? 'there is no such directory'
        : code === 'ENOTDIR'
          ? 'it is no directory'
          : messageOf(error);
    throw wrongUsage(
      `the scenarios of ${shown} can't be read: ${why}`,
      'give the directory that holds their files',
    );
  }
  const found = names.filter(isScenarioFile).toSorted();
  if (found.length > 0)
    return found.map((name) => ({ path: path.join(directory, name), shown: path.join(shown, name) }));
  throw wrongUsage(
    `${shown} holds no scenarios`,
    `put files there that end in ${[...moduleEndings, ...yamlEndings].join(', ')}; directories below are not looked at`,
  );
}

function demandNewName({ scenario: { name }, file }: OwnScenario, taken: ReadonlyMap<string, string>): void {
  const owner = taken.get(name);
  if (owner === undefined) return;
  throw wrongUsage(`${file}: the name "${name}" is that of ${owner}`, 'give the scenario another name');
}

/**
 * The scenarios of a directory, each in a file of its own, in the order of the files; `shown` is how the user named it.
 * `builtIn` are names that they can't have. Throws an explained error for the first thing that is wrong.
 */
export async function loadScenarios(
  directory: string,
  shown: string,
  builtIn: readonly string[],
): Promise<readonly OwnScenario[]> {
  const files = await filesOf(directory, shown);
  offerApi(directory);
  const taken = new Map<string, string>(builtIn.map((name) => [name, 'a built-in scenario']));
  const loaded: OwnScenario[] = [];
  for (const file of files) {
    const load = yamlEndings.includes(path.extname(file.path)) ? loadYaml : loadModule;
    const own = { scenario: await load(file), file: file.shown };
    demandNewName(own, taken);
    taken.set(own.scenario.name, file.shown);
    loaded.push(own);
  }
  return loaded;
}
