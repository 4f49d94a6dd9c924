import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { ExplainedError } from '../../../common/explained-error.ts';
import { debianBase } from '../../images/debian-base.ts';
import type { ImageRecipe } from '../../images/image.ts';
import { writeImagesArchive, type ArchivedImage } from '../../images/image-archive.ts';
import { workloadImage } from '../../pods/workload-image.ts';
import { platformOf } from '../../toolchain/platform.ts';
import type { Tool, ToolName } from '../../toolchain/tool.ts';
import { copyProgram } from './program-files.ts';

/** Where the program lies in its image, and the tools of its cache. */
const programPlace = '/gitops-lab';
const cacheHome = '/var/cache';
/** Where tools lie that the user brought (`GITOPS_LAB_TOOLS`). */
const ownToolsPlace = '/usr/local/lib/gitops-lab';

interface JobImageSpec {
  /** What to call it: `REGISTRY/gitops-lab:TAG`. */
  readonly image: string;
  /** The archive that is written. */
  readonly file: string;
  /** Where this program lies. */
  readonly programDirectory: string;
  /** What runs of it need, for Linux. */
  readonly tools: ReadonlyMap<ToolName, Tool>;
  /** The images of applications that the archive is to hold, too. */
  readonly applications: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** The Node.js that runs this, which has to run in the image, too. */
interface OwnNode {
  readonly platform: NodeJS.Platform;
  /** Whether it lies in a library that the executable loads. */
  readonly isShared: boolean;
}

/** Throws an explained error where an image can't be made of what this machine runs. */
export function demandOwnNode({ platform, isShared }: OwnNode): void {
  const refuse = (why: string, next: string): never => {
    throw new ExplainedError({ what: "the program's image can't be made here", why, next });
  };
  if (platform !== 'linux')
    refuse('its programs are those of this machine, and they have to be for Linux', 'make it on Linux');
  if (isShared) {
    refuse(
      'the Node.js that runs here needs libraries that are not in the image',
      'run this with a build of https://nodejs.org/en/download, which needs none',
    );
  }
}

/** Where the files of tools go: those of the cache to a cache, where the program finds them with all that is known of them. */
export function toolFiles(tools: ReadonlyMap<ToolName, Tool>): Record<string, string> {
  const placed = [...tools.values()].flatMap(({ name, origin, files }) => {
    const all = Object.entries(files);
    if (origin === 'own') return all.map(([program, file]) => [`${ownToolsPlace}/${program}`, file] as const);
    const [first = ''] = Object.values(files);
    const directory = path.dirname(first);
    const place = `${cacheHome}/gitops-lab/tools/${name}/${path.basename(directory)}`;
    const known = [['tool.json', path.join(directory, 'tool.json')] as const, ...all];
    return known.map(([program, file]) => [`${place}/${program}`, file] as const);
  });
  return Object.fromEntries(placed);
}

interface CopiedProgram {
  readonly directory: string;
  /** Where in it the program itself is. */
  readonly place: string;
}

function recipeOf({ directory, place }: CopiedProgram, tools: ReadonlyMap<ToolName, Tool>): ImageRecipe {
  const hasOwn = [...tools.values()].some(({ origin }) => origin === 'own');
  return {
    base: 'debian',
    files: { '/usr/local/bin/node': process.execPath, ...toolFiles(tools) },
    folders: { [programPlace]: directory },
    // The first process of a container has to take in the orphans of all others.
    entrypoint: ['/usr/bin/tini', '--'],
    environment: { XDG_CACHE_HOME: cacheHome, ...(hasOwn ? { GITOPS_LAB_TOOLS: ownToolsPlace } : {}) },
    workingDirectory: path.posix.join(programPlace, place),
  };
}

/**
 * Writes an archive with the image of this program, as it is here, with its Node.js and the tools that runs of it need; no container
 * engine is asked. Throws an explained error where it can't be made on this machine.
 */
export async function writeJobImage(spec: JobImageSpec): Promise<void> {
  const { image, file, programDirectory, tools, applications, environment } = spec;
  const isShared = (process.config.variables as { node_shared?: unknown }).node_shared === true;
  demandOwnNode({ platform: process.platform, isShared });
  const base = await debianBase(environment);
  const architecture = platformOf('linux', os.arch()).arch;
  const directory = await mkdtemp(path.join(tmpdir(), 'gitops-lab-program-'));
  try {
    const program = path.join(directory, 'program');
    await mkdir(program);
    const place = await copyProgram(programDirectory, program);
    const own: ArchivedImage = {
      recipe: recipeOf({ directory: program, place }, tools),
      references: [image],
      architecture,
      base,
    };
    const [first, ...more] = applications;
    const recipe = first === undefined ? undefined : workloadImage(first, tools).recipe;
    const further =
      recipe === undefined
        ? []
        : [{ recipe, references: [first ?? '', ...more], architecture, base: undefined }];
    await writeImagesArchive([own, ...further], file);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
