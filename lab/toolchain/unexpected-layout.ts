import { ExplainedError } from '../../common/explained-error.ts';

/** Tells that a pinned module is not laid out as this version of the lab knows it; `pinsFile` is where its version stands. */
export function unexpectedLayout(what: string, module: string, pinsFile: string): ExplainedError {
  return new ExplainedError({
    what,
    why: `the pinned ${module} is laid out in another way than this version of the lab knows`,
    next: `pin what this version of the lab was made for in ${pinsFile}`,
  });
}
