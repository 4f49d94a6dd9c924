import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { install, type Recipe } from '../install.ts';
import type { GoPin } from '../pin.ts';
import { kustomizePin } from '../client-pins.ts';
import { imageControllerVersion } from '../flux-pins.ts';
import type { Platform } from '../platform.ts';
import type { WorkContext } from '../work-context.ts';
import { buildFlux, embeddedControllers, embeddedPin } from './build-flux.ts';
import { buildPrograms } from './build-programs.ts';
import { moduleFolders } from './go-command.ts';
import { findGo } from './go-program.ts';
import { imageApis } from './image-controllers.ts';

function addFolder(hash: ReturnType<typeof createHash>, folder: string): void {
  const directory = path.join(moduleFolders, folder);
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  for (const file of files.sort()) hash.update(readFileSync(file));
}

/** What decides how the embedded manifests look, besides the modules that they are taken from. */
const manifestSources = ['flux-manifests.ts', 'image-bases.ts', 'image-controllers.ts'] as const;

/**
 * Eight hexadecimal digits that change whenever the pin, its go.mod, its go.sum or its source does, and for the flux
 * program also whenever the manifests that it embeds do.
 */
function fingerprint(pin: GoPin): string {
  const hash = createHash('sha256').update(JSON.stringify({ ...pin, seconds: undefined }));
  addFolder(hash, pin.folder);
  if (pin.embedsFluxManifests === true) {
    for (const controller of embeddedControllers) addFolder(hash, embeddedPin(controller).folder);
    addFolder(hash, kustomizePin.folder);
    addFolder(hash, imageApis.folder);
    hash.update(imageControllerVersion);
    for (const source of manifestSources) hash.update(readFileSync(path.join(import.meta.dirname, source)));
  }
  return hash.digest('hex').slice(0, 8);
}

async function build(
  name: string,
  pin: GoPin,
  target: string,
  scratch: string,
  context: WorkContext,
): Promise<string> {
  const { version } = await findGo(context.environment, path.join(moduleFolders, pin.folder), context.signal);
  const place = { name, scratch, logFile: path.join(context.cache.logs, `${name}.log`) };
  if (pin.embedsFluxManifests === true) {
    const kustomize = await install(goRecipe('kustomize', kustomizePin, context.platform), context);
    await buildFlux(pin, kustomize.files['kustomize'] ?? 'kustomize', target, place, context);
  } else {
    await buildPrograms(pin, target, place, context);
  }
  return `${pin.module}@${pin.version}, built with ${version}`;
}

/** How Go builds a pin's programs into the cache. */
export function goRecipe(name: string, pin: GoPin, { os: ownOs, arch }: Platform): Recipe {
  const os = pin.runsInNodes === true ? 'linux' : ownOs;
  return {
    name,
    version: pin.version,
    origin: 'go',
    directoryName: `${pin.version}-${os}-${arch}-go-${fingerprint(pin)}`,
    fileNames: [...pin.programs.map((program) => program.name), ...Object.keys(pin.moduleFiles ?? {})],
    fill: async (target, scratch, context) =>
      await build(name, pin, target, scratch, { ...context, platform: { os, arch } }),
  };
}
