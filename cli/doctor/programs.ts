import { ownCommand } from '../../common/own-command.ts';
import { officialAddresses } from '../../lab/toolchain/official/official-recipe.ts';
import { findUnreachable } from '../../lab/toolchain/official/reachability.ts';
import { pins } from '../../lab/toolchain/pins.ts';
import { platformOf } from '../../lab/toolchain/platform.ts';
import { checkPrerequisites, type Prerequisites } from '../../lab/toolchain/prerequisites.ts';
import type { ToolName } from '../../lab/toolchain/toolchain.ts';
import { formatBytes, formatList } from '../../reports/render/format.ts';
import type { Finding } from './finding.ts';

/** What is known of the programs of the lab. */
export interface ProgramFacts {
  readonly prerequisites: Prerequisites;
  /** Official address -> why it can't be reached. */
  readonly unreachable: ReadonlyMap<string, string>;
  /** Tools whose publishers offer them for this platform, and answer. */
  readonly published: ReadonlySet<ToolName>;
}

/** Looks at the cache, at Go, and at whether publishers answer: a few seconds at most, and nothing is downloaded. */
export async function examinePrograms(
  names: readonly ToolName[],
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<ProgramFacts> {
  const platform = platformOf(process.platform, process.arch);
  const addresses = new Map(
    names.map((name) => [name, officialAddresses(pins[name], platform, environment)]),
  );
  const [prerequisites, unreachable] = await Promise.all([
    checkPrerequisites(names, environment, signal),
    findUnreachable(
      [...addresses.values()].flatMap((list) => list ?? []),
      signal,
    ),
  ]);
  const answers = (list: readonly string[] | undefined): boolean =>
    list?.every((address) => !unreachable.has(new URL(address).origin)) ?? false;
  const published = new Set(names.filter((name) => answers(addresses.get(name))));
  return { prerequisites, unreachable, published };
}

function judgeGo({ go, tools }: Prerequisites, published: ReadonlySet<ToolName>): Finding {
  if ('version' in go) return { mark: 'good', text: `Go ${go.version.replace(/^go/, '')}` };
  const needsGo = tools.some(({ name, state }) => state !== 'ready' && !published.has(name));
  if (!needsGo) return { mark: 'good', text: `no Go, and none is needed: ${go.problem}` };
  return {
    mark: 'bad',
    text: `no Go that can build the missing programs: ${go.problem}`,
    remedy:
      'install Go 1.26 or newer (https://go.dev/dl), or give this machine a way to the official downloads',
  };
}

function judgeHosts({ unreachable, prerequisites }: ProgramFacts): Finding {
  if (unreachable.size === 0) return { mark: 'good', text: 'the official sources can be reached' };
  const hosts = formatList([...unreachable.keys()].map((origin) => new URL(origin).host));
  const text = `these official sources can't be reached: ${hosts}`;
  const isNeeded = prerequisites.tools.some(({ state }) => state !== 'ready');
  if (!isNeeded) return { mark: 'good', text: `${text}; they aren't needed` };
  const remedy = 'what is missing is built with Go instead; GITOPS_LAB_MIRROR can name a mirror';
  return { mark: 'warning', text, remedy };
}

/** How a tool gets here, or undefined where there is no way. */
function wayTo(
  { name, state }: Prerequisites['tools'][number],
  { prerequisites, published }: ProgramFacts,
): string | undefined {
  if (state === 'ready') return 'ready';
  if (published.has(name)) return 'will be downloaded';
  if (pins[name].go === undefined) return undefined;
  return 'version' in prerequisites.go ? 'will be built with Go' : undefined;
}

function judgeTools(facts: ProgramFacts): Finding[] {
  const { tools, cacheDirectory, freeBytes, neededBytes } = facts.prerequisites;
  const missing = tools.filter(({ state }) => state !== 'ready');
  if (missing.length === 0)
    return [{ mark: 'good', text: `all ${tools.length} programs are ready in ${cacheDirectory}` }];
  const ways = missing.map((tool) => `${tool.name} (${wayTo(tool, facts) ?? 'no way to get it'})`);
  const isLacking = missing.some((tool) => wayTo(tool, facts) === undefined);
  const programs: Finding = {
    mark: isLacking ? 'bad' : 'warning',
    text: `not there yet: ${formatList(ways)}`,
    remedy: isLacking
      ? 'see the lines above'
      : `${ownCommand('toolchain')} gets them now; a scenario does so by itself`,
  };
  if (freeBytes === undefined || freeBytes >= neededBytes) return [programs];
  const text = `${formatBytes(freeBytes)} free at ${cacheDirectory}, and Go builds of everything take ${formatBytes(neededBytes)}`;
  return [programs, { mark: 'warning', text, remedy: 'free some space, or set XDG_CACHE_HOME' }];
}

/** What there is to say about the programs. */
export function judgePrograms(facts: ProgramFacts): Finding[] {
  return [judgeGo(facts.prerequisites, facts.published), judgeHosts(facts), ...judgeTools(facts)];
}

/** What is known of some of the programs. */
export function forNames(facts: ProgramFacts, names: readonly ToolName[]): ProgramFacts {
  const tools = facts.prerequisites.tools.filter(({ name }) => names.includes(name));
  return { ...facts, prerequisites: { ...facts.prerequisites, tools } };
}

/** Whether what is made of these tools can run here; `what` is a lab or an engine. */
export function judgeAbility(what: string, needed: readonly ToolName[], facts: ProgramFacts): Finding {
  const lacking = facts.prerequisites.tools
    .filter((tool) => needed.includes(tool.name) && wayTo(tool, facts) === undefined)
    .map(({ name }) => name);
  if (lacking.length === 0) return { mark: 'good', text: `${what} can run` };
  return { mark: 'bad', text: `${what} can't run: there is no way to ${formatList(lacking)}` };
}
