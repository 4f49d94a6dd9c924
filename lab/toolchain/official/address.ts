import { wrongUsage } from '../../../common/explained-error.ts';

/** The mirror's base address from GITOPS_LAB_MIRROR, without a trailing slash; undefined where none is set. */
function mirrorBase(environment: NodeJS.ProcessEnv): string | undefined {
  const text = environment['GITOPS_LAB_MIRROR'];
  if (text === undefined || text === '') return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return text.replace(/\/+$/, '');
  throw wrongUsage(
    `GITOPS_LAB_MIRROR is "${text}", which is no address`,
    'set it to a base address such as https://mirror.example/gitops-lab, or unset it',
  );
}

/**
 * Where an official address is really fetched from: from itself, or from MIRROR/HOST/PATH where GITOPS_LAB_MIRROR
 * is set, so that a mirror is a plain copy of each host's files. Of a registry that is MIRROR/ghcr.io/v2/….
 */
export function actualAddress(official: string, environment: NodeJS.ProcessEnv): string {
  const base = mirrorBase(environment);
  if (base === undefined) return official;
  const { host, pathname, search } = new URL(official);
  return `${base}/${host}${pathname}${search}`;
}
