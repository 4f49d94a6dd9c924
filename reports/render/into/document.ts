import { readFile } from 'node:fs/promises';
import { ExplainedError, messageOf } from '../../../common/explained-error.ts';
import { writeAtomically } from '../../record/atomic-file.ts';
import { codeOf } from '../../record/write-failure.ts';
import { findPart, markedPart, type Place } from './markers.ts';

/** What became of a file: `same` where it held just this before. */
export interface WrittenFile {
  readonly path: string;
  readonly outcome: 'new' | 'changed' | 'same' | 'removed';
}

/** The text of a file; undefined where there is none. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new ExplainedError({ what: `${path} can't be read`, why: messageOf(error), cause: error });
  }
}

/** Writes a file unless it holds just this. Throws an explained error where that fails. */
export async function writeIfOther(path: string, text: string): Promise<WrittenFile> {
  const old = await readIfThere(path);
  if (old === text) return { path, outcome: 'same' };
  await writeAtomically(path, text);
  return { path, outcome: old === undefined ? 'new' : 'changed' };
}

/** Where a subject stands in a document; one that is not there begins with `title`. Throws an explained error where it does not have the markers. */
export async function findPlace(document: string, subject: string, title: string): Promise<Place> {
  const old = await readIfThere(document);
  return old === undefined
    ? { before: `# ${title}\n\n`, part: '', after: '\n' }
    : findPart(old, subject, document);
}

/** Puts `text` where the subject stands, and leaves all else of the document. */
export async function writePlace(
  document: string,
  subject: string,
  { before, after }: Place,
  text: string,
): Promise<WrittenFile> {
  return writeIfOther(document, `${before}${markedPart(subject, text)}${after}`);
}
