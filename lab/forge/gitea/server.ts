import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import getPort from 'get-port';
import * as z from 'zod';
import { ExplainedError } from '../../../common/explained-error.ts';
import { waitUntil } from '../../../common/wait.ts';
import {
  endOfLog,
  startComponent,
  type ComponentPlace,
  type ComponentSpec,
  type StartedComponent,
} from '../../process/component.ts';
import { appIni, giteaUrl } from './app-ini.ts';

/** Its first start makes the database, which took 2 to 3 s where it was measured, on two cores. */
const startTimeoutMs = 120_000;

const Installation = z.object({
  port: z.int().positive(),
  secrets: z.object({ secretKey: z.string(), internalToken: z.string(), signingKey: z.string() }),
});
type Installation = z.infer<typeof Installation>;

/** Where a Gitea lies, and what it is run with. */
export interface GiteaPlace extends ComponentPlace {
  /** Gitea's own directory; made if it is missing. */
  readonly directory: string;
  readonly program: string;
  /** The address of this machine that it is to listen on. */
  readonly address: string;
}

/** A Gitea that answers. */
export interface GiteaServer {
  readonly url: string;
  /** Runs a command of Gitea's program on the server's data; its output. Throws an explained error where it fails. */
  readonly command: (args: readonly string[]) => Promise<string>;
  /** Starts it again at the same address, once it was stopped. */
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

function randomText(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** What the directory was set up with before, or anew: a secret that changed would make its data unreadable. */
async function openInstallation({ directory, address }: GiteaPlace): Promise<Installation> {
  const file = path.join(directory, 'installation.json');
  try {
    return Installation.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    const installation: Installation = {
      port: await getPort({ host: address }),
      // Gitea decodes the key that signs as 32 bytes (modules/generate/generate.go).
      secrets: { secretKey: randomText(48), internalToken: randomText(48), signingKey: randomText(32) },
    };
    await writeFile(file, `${JSON.stringify(installation)}\n`, { mode: 0o600 });
    return installation;
  }
}

interface Configured {
  readonly place: GiteaPlace;
  readonly configFile: string;
  readonly url: string;
}

async function configure(place: GiteaPlace): Promise<Configured> {
  const { directory, address } = place;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const installation = await openInstallation(place);
  const configFile = path.join(directory, 'app.ini');
  const isRoot = process.getuid?.() === 0;
  await writeFile(configFile, appIni({ directory, address, ...installation, isRoot }), { mode: 0o600 });
  return { place, configFile, url: giteaUrl(address, installation.port) };
}

/** Gitea writes settings of its own for Git, into a home of its own, so that nothing of the user's is read there. */
function giteaEnvironment(directory: string): Record<string, string> {
  return { GITEA_WORK_DIR: directory, HOME: directory, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' };
}

/** How the server is run. */
function giteaComponent({ place: { directory, program }, configFile }: Configured): ComponentSpec {
  return {
    name: 'gitea',
    program,
    args: ['web', '--config', configFile],
    environment: giteaEnvironment(directory),
  };
}

async function start(configured: Configured, signal: AbortSignal): Promise<StartedComponent> {
  const component = await startComponent(giteaComponent(configured), configured.place);
  const isHealthy = async (): Promise<true | undefined> => {
    const { ok } = await fetch(`${configured.url}/api/healthz`, { signal: AbortSignal.timeout(2000) });
    return ok ? true : undefined;
  };
  try {
    await waitUntil(isHealthy, {
      goal: 'Gitea to answer',
      timeoutMs: startTimeoutMs,
      signal,
      everyMs: 50,
      hopeless: component.ended,
    });
    return component;
  } catch (error) {
    await component.stop();
    signal.throwIfAborted();
    throw new ExplainedError({
      what: 'Gitea could not be started',
      why: await endOfLog(component.logFile),
      next: `see ${component.logFile}`,
      cause: error,
    });
  }
}

async function runCommand(
  { place: { directory, program }, configFile }: Configured,
  args: readonly string[],
  signal: AbortSignal,
): Promise<string> {
  const result = await execa(program, ['--config', configFile, ...args], {
    env: { ...giteaEnvironment(directory), PATH: process.env['PATH'] ?? '' },
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  if (!result.failed) return result.stdout;
  throw new ExplainedError({
    what: `gitea ${args.slice(0, 3).join(' ')} failed`,
    why: result.stderr.trim() || (result.shortMessage ?? 'it said nothing'),
  });
}

/**
 * Starts Gitea at an address of this machine, with a SQLite database and all that it writes in one directory; it answers when
 * this returns. A directory that it had before is gone on with. Throws an explained error with the end of its log.
 */
export async function startGiteaServer(place: GiteaPlace, signal: AbortSignal): Promise<GiteaServer> {
  const configured = await configure(place);
  let component = await start(configured, signal);
  return {
    url: configured.url,
    command: async (args) => runCommand(configured, args, signal),
    restart: async () => {
      component = await start(configured, signal);
    },
    stop: async () => component.stop(),
  };
}
