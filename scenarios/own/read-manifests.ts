import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import { messageOf, wrongUsage } from '../../common/explained-error.ts';
import type { LiveObject } from '../../lab/kube/objects.ts';
import { writtenPath } from '../settings/schema-keys.ts';
import { Manifest } from './check-application.ts';

/** A value as a manifest. Throws an explained error where it is none; `where` says where it stands. */
function manifestOf(value: unknown, where: string): LiveObject {
  const parsed = Manifest.safeParse(value);
  if (parsed.success) return value as LiveObject;
  const [issue] = parsed.error.issues;
  throw wrongUsage(
    `${where}: no manifest: ${writtenPath(issue?.path ?? [])}: ${issue?.message ?? ''}`,
    'give it apiVersion, kind and metadata.name',
  );
}

async function readFileOf(file: string): Promise<LiveObject[]> {
  const lines = new LineCounter();
  const documents = parseAllDocuments(await readFile(file, 'utf8'), { lineCounter: lines });
  return ('empty' in documents ? [] : documents).flatMap((document) => {
    const [syntax] = document.errors;
    if (syntax !== undefined)
      throw wrongUsage(`${file} is not YAML: ${syntax.message.split('\n')[0] ?? ''}`, `mend ${file}`);
    const { line } = lines.linePos(document.range[0]);
    const value = document.toJS() as unknown;
    return value === null ? [] : [manifestOf(value, `${file}, line ${line}`)];
  });
}

/** Files of a directory that hold manifests; one for kustomize holds none of its own. */
async function manifestFiles(place: string): Promise<string[]> {
  if (!(await stat(place)).isDirectory()) return [place];
  const names = (await readdir(place)).filter((name) => /\.(ya?ml|json)$/.test(name)).toSorted();
  const kustomization = names.find((name) => /^kustomization\.ya?ml$/.test(name));
  if (kustomization !== undefined) {
    throw wrongUsage(
      `${path.join(place, kustomization)} is for kustomize, and plain manifests are needed`,
      'give a directory with what "kustomize build" makes of it',
    );
  }
  return names.map((name) => path.join(place, name));
}

/**
 * The manifests of a file or of a directory, without those below it. Throws an explained error where they can't be read,
 * where there are none, and for the first that is none.
 */
export async function readManifests(place: string, where: string): Promise<LiveObject[]> {
  let files: string[];
  try {
    files = await manifestFiles(place);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const why = error.code === 'ENOENT' ? 'there is no such file or directory' : messageOf(error);
    throw wrongUsage(
      `${where}: the manifests of ${place} can't be read: ${why}`,
      'the path begins where the scenario is',
    );
  }
  const objects = (await Promise.all(files.map(readFileOf))).flat();
  if (objects.length > 0) return objects;
  throw wrongUsage(
    `${where}: ${place} holds no manifests`,
    'give a file of manifests, or a directory of .yaml or .json files',
  );
}

/** Manifests that stand in the scenario itself; `whereOf` says where the one of an index does. */
export function givenManifests(values: readonly unknown[], whereOf: (index: number) => string): LiveObject[] {
  return values.map((value, index) => manifestOf(value, whereOf(index)));
}
