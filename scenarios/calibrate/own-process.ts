import { fileURLToPath } from 'node:url';
import type { ComponentSpec } from '../../lab/process/component.ts';

/** A script of this folder as a component of a lab, told its options as JSON. */
export function ownProcess(name: string, script: `./${string}.ts`, options: object): ComponentSpec {
  return {
    name,
    program: process.execPath,
    args: [
      '--import',
      import.meta.resolve('tsx'),
      fileURLToPath(new URL(script, import.meta.url)),
      JSON.stringify(options),
    ],
  };
}

/** A process that does nothing but compute. */
export function busyProcess(number: number): ComponentSpec {
  return { name: `busy-${number}`, program: process.execPath, args: ['--eval', 'for (;;);'] };
}
