import { ExplainedError } from '../../common/explained-error.ts';
import type { ToolName } from './tool.ts';

/** A tool that Go can't build, and why it is asked to. */
interface Lacking {
  readonly name: ToolName;
  readonly why: string;
}

/** Says of all tools that can't be had at once what a user can do. */
export function nowhereToBeHad(lacking: readonly Lacking[]): ExplainedError {
  const names = lacking.map(({ name }) => name).join(', ');
  const whys = [...new Set(lacking.map(({ why }) => why))].join('; ');
  const [them, their, programs] =
    lacking.length === 1 ? ['it', 'its module is', 'program'] : ['them', 'their modules are', 'programs'];
  return new ExplainedError({
    what: `${names} can't be had here`,
    why: `${whys}, and Go can't build ${them}, because ${their} on no module proxy`,
    next: `put the ${programs} ${names} into a directory, and name that with GITOPS_LAB_TOOLS`,
  });
}
