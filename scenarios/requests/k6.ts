import { fileURLToPath } from 'node:url';
import type { ComponentSpec } from '../../lab/process/component.ts';
import type { ToolName } from '../../lab/toolchain/tool.ts';
import type { ClientLoad } from '../scenario.ts';

/** What sends requests. */
export const requestTools: readonly ToolName[] = ['k6'];

const script = fileURLToPath(new URL('requests.k6.ts', import.meta.url));

/** What k6 is to do. */
interface K6Run extends Pick<ClientLoad, 'perSecond' | 'timeoutMs'> {
  readonly program: string;
  readonly url: string;
  /** Where it writes what became of each request. */
  readonly outputFile: string;
  /** A directory without settings of the user's. */
  readonly home: string;
}

/** k6 as a component: it sends requests until it is stopped (https://grafana.com/docs/k6/latest/using-k6/k6-options/reference/). */
export function k6Component({ program, url, perSecond, timeoutMs, outputFile, home }: K6Run): ComponentSpec {
  return {
    name: 'k6',
    program,
    args: [
      'run',
      '--quiet',
      '--no-color',
      '--no-summary',
      '--address=',
      '--out',
      `json=${outputFile}`,
      script,
    ],
    environment: {
      TARGET: url,
      PER_SECOND: String(perSecond),
      TIMEOUT_MS: String(timeoutMs),
      HOME: home,
      XDG_CONFIG_HOME: home,
      // It fetches nothing, and tells nobody.
      K6_NO_USAGE_REPORT: 'true',
      K6_AUTO_EXTENSION_RESOLUTION: 'false',
    },
  };
}
