import path from 'node:path';
import { askVersion } from '../ask-version.ts';
import type { Recipe } from '../install.ts';
import type { OfficialFile, ToolPin } from '../pin.ts';
import type { Platform } from '../platform.ts';
import type { WorkContext } from '../work-context.ts';
import { actualAddress } from './address.ts';
import { fetchDownload } from './fetch-download.ts';
import { fetchImageFile } from './fetch-image-file.ts';
import { OfficialUnavailable } from './unavailable.ts';

function addressesOf({ from }: OfficialFile): readonly string[] {
  if (from.kind === 'image') return [`https://${from.registry}/v2/`];
  return from.checksum.format === 'none' ? [from.url] : [from.url, from.checksum.url];
}

/** The addresses that a tool is fetched from; undefined where its publisher has nothing for the platform. */
export function officialAddresses(
  pin: ToolPin,
  platform: Platform,
  environment: NodeJS.ProcessEnv,
): readonly string[] | undefined {
  return pin.official
    ?.files(platform)
    ?.flatMap(addressesOf)
    .map((address) => actualAddress(address, environment));
}

/** A program for another system, or for other libraries than those here, can't be started at all. */
async function requireToRun(pin: ToolPin, directory: string): Promise<void> {
  const files = Object.fromEntries(pin.files.map((name) => [name, path.join(directory, name)]));
  await askVersion(pin, files, (why) => {
    throw new OfficialUnavailable(`the published ${pin.name} does not run here (${why})`);
  });
}

async function fetchAll(
  files: readonly OfficialFile[],
  target: string,
  scratch: string,
  context: WorkContext,
): Promise<string> {
  const sources: string[] = [];
  for (const [index, { name, from }] of files.entries()) {
    const showFraction = (fraction: number): void => {
      context.show(`downloading ${name}, ${Math.round(fraction * 100)} %`, (index + fraction) / files.length);
    };
    const file = path.join(target, name);
    const fetchOne =
      from.kind === 'image'
        ? fetchImageFile(from, file, scratch, context, showFraction)
        : fetchDownload(from, file, scratch, context, showFraction);
    sources.push(await fetchOne);
  }
  return sources.join(' ');
}

/** How what the publisher offers gets into the cache; undefined where it offers nothing for the platform. */
export function officialRecipe(pin: ToolPin, platform: Platform): Recipe | undefined {
  const files = pin.official?.files(platform);
  if (pin.official === undefined || files === undefined) return undefined;
  const { version } = pin.official;
  const origin = files.some(({ from }) => from.kind === 'image') ? 'image' : 'release';
  return {
    name: pin.name,
    version,
    origin,
    directoryName: `${version}-${platform.os}-${platform.arch}-${origin}`,
    fileNames: pin.files,
    fill: async (target, scratch, context) => await fetchAll(files, target, scratch, context),
    check: async (directory) => {
      await requireToRun(pin, directory);
    },
  };
}
