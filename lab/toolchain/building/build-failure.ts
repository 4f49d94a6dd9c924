import { ExplainedError } from '../../../common/explained-error.ts';

interface Cause {
  readonly pattern: RegExp;
  readonly what: (name: string) => string;
  readonly next: string;
}

/** In the order in which they are looked for: a full disk makes other messages follow. */
const causes: readonly Cause[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    what: (name) => `the disk is full: ${name} could not be built`,
    next: 'free about 6 GB (go clean -cache empties the build cache), or set XDG_CACHE_HOME and GOCACHE to a larger disk',
  },
  {
    pattern: /SECURITY ERROR|checksum mismatch/,
    what: (name) => `a module that ${name} is built from is not the one that was pinned`,
    next: 'do not go on with it: empty the module cache (go clean -modcache), look at GOPROXY, and try again',
  },
  {
    pattern:
      /no such host|dial tcp|connection refused|i\/o timeout|TLS handshake timeout|network is unreachable/,
    what: (name) => `the modules that ${name} is built from could not be downloaded`,
    next: 'connect to the network, or set GOPROXY to a module proxy that can be reached',
  },
  {
    pattern: /signal: killed|cannot allocate memory/,
    what: (name) => `the build of ${name} was killed, most likely for want of memory`,
    next: 'close other programs, or set GOGC=50 and GOFLAGS=-p=1, and run the command again',
  },
];

/** A failed build as an error for the user: what the end of its log means, the log's last lines, and its path. */
export function explainBuildFailure(
  name: string,
  lastLines: readonly string[],
  logFile: string,
): ExplainedError {
  const text = lastLines.join('\n');
  const cause = causes.find(({ pattern }) => pattern.test(text));
  return new ExplainedError({
    what: cause?.what(name) ?? `${name} could not be built`,
    why: `the build ended with:\n${lastLines.map((line) => `    ${line}`).join('\n')}`,
    next: `${cause?.next ?? 'read the log, and run the command again'}; the log is ${logFile}`,
  });
}
