import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, wrongUsage } from '../../common/explained-error.ts';
import { nearestName } from '../../common/nearest-name.ts';
import { builtInProfiles } from '../../scenarios/profiles/built-in.ts';
import { parseProfile, type Profile } from '../../scenarios/profiles/profile.ts';
import { resolveUserPath, type Surroundings } from '../surroundings.ts';

const names = builtInProfiles.map(({ name }) => name);
/** The built-in profiles, for lists. */
export const profileNames = names.join(', ');

function looksLikeFile(typed: string): boolean {
  return typed.includes('/') || typed.includes(path.sep) || path.extname(typed) !== '';
}

async function readProfile(typed: string, file: string): Promise<Profile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw wrongUsage(
      `the profile ${typed} can't be read: ${isMissing ? 'there is no such file' : messageOf(error)}`,
      `give a file, or one of: ${profileNames}`,
    );
  }
  return parseProfile(text, typed, builtInProfiles[0]);
}

/**
 * The profile of a name, or of a file of the user's; the default one where nothing is typed.
 * Throws an explained error where there is none, or where the file is wrong.
 */
export async function chooseProfile(
  typed: string | undefined,
  surroundings: Pick<Surroundings, 'environment'>,
): Promise<Profile> {
  if (typed === undefined) return builtInProfiles[0];
  const builtIn = builtInProfiles.find(({ name }) => name === typed);
  if (builtIn !== undefined) return builtIn;
  if (looksLikeFile(typed)) return readProfile(typed, resolveUserPath(typed, surroundings));
  const nearest = nearestName(typed, names);
  throw wrongUsage(
    `unknown profile "${typed}"`,
    `${nearest === undefined ? 'give' : `did you mean "${nearest}"? give`} one of ${profileNames}, or the path of a file such as ./mine.yaml`,
  );
}
