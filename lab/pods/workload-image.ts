import type { NeededImage } from '../images/image.ts';
import { fileOf } from '../toolchain/file-of.ts';
import type { Tool, ToolName } from '../toolchain/tool.ts';

/** What the image of an application is, whatever it is called: a web server that tells which pod answered. */
export function workloadImage(reference: string, tools: ReadonlyMap<ToolName, Tool>): NeededImage {
  const program = '/usr/local/bin/web';
  return {
    reference,
    isPublished: false,
    recipe: { files: { [program]: fileOf(tools, 'web', 'web') }, entrypoint: [program], user: '65534:65534' },
  };
}
