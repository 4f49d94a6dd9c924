import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pins } from '../toolchain/pins.ts';
import type { Tool } from '../toolchain/tool.ts';
import { nodeImageTools, type Tools } from './node-tools.ts';

/** Tools whose programs are small texts, at the pinned versions. */
export async function toolsForTests(directory: string): Promise<Tools> {
  const bin = path.join(directory, 'tools');
  await mkdir(bin, { recursive: true });
  const tools = new Map<Tool['name'], Tool>();
  for (const name of nodeImageTools) {
    const { files: names, official, go, debian } = pins[name];
    const files = Object.fromEntries(names.map((file) => [file, path.join(bin, file)]));
    for (const file of Object.values(files)) await writeFile(file, path.basename(file));
    const version = official?.version ?? go?.version ?? debian?.suite ?? '';
    tools.set(name, { name, version, origin: 'go', source: '', sha256: `digest of ${name}`, files });
  }
  return tools;
}
