import { debianRecipe } from './debian/debian-recipe.ts';
import { goRecipe } from './building/go-recipe.ts';
import { lookUp, type Recipe } from './install.ts';
import type { Installed } from './installed.ts';
import { officialAddresses, officialRecipe } from './official/official-recipe.ts';
import { findUnreachable } from './official/reachability.ts';
import { nowhereToBeHad } from './nowhere-to-be-had.ts';
import { goPinOf, matchedSets, pins } from './pins.ts';
import type { ToolName } from './tool.ts';
import type { WorkContext } from './work-context.ts';

/** Tools that come from one kind of source: `wanted` are made, `members` decide which source. */
export interface ToolSet {
  readonly members: readonly ToolName[];
  readonly wanted: readonly ToolName[];
}

/** A set and where it comes from; what is made of Debian packages counts as built. */
export interface SourcedSet extends ToolSet {
  readonly kind: 'official' | 'go';
  /** Those of the cache, by tool. */
  readonly cached: ReadonlyMap<ToolName, Installed>;
}

type Kind = SourcedSet['kind'];

/** Divides the wanted tools into sets that must come from one kind of source; `own` are the user's and decide nothing. */
export function divideIntoSets(wanted: readonly ToolName[], own: ReadonlySet<ToolName>): ToolSet[] {
  const missing = [...new Set(wanted)].filter((name) => !own.has(name));
  const sets = new Map<string, ToolSet>();
  for (const name of missing) {
    const members = (matchedSets.find((set) => set.includes(name)) ?? [name]).filter(
      (member) => !own.has(member),
    );
    const key = members.join();
    sets.set(key, { members, wanted: [...(sets.get(key)?.wanted ?? []), name] });
  }
  return [...sets.values()];
}

/** The recipe of a tool from a kind of source; undefined where its publisher has nothing for the platform, or Go can't build it. */
export function recipeOf(name: ToolName, kind: Kind, { platform }: WorkContext): Recipe | undefined {
  if (kind === 'official') return officialRecipe(pins[name], platform);
  const { go, debian } = pins[name];
  if (debian !== undefined) return debianRecipe(name, debian, platform);
  return go && goRecipe(name, go, platform);
}

async function cachedOf(set: ToolSet, kind: Kind, context: WorkContext): Promise<Map<ToolName, Installed>> {
  const found = new Map<ToolName, Installed>();
  for (const name of set.wanted) {
    const recipe = recipeOf(name, kind, context);
    const entry = recipe === undefined ? undefined : await lookUp(recipe, context);
    if (entry?.state === 'whole') found.set(name, entry.installed);
  }
  return found;
}

async function wholeFromCache(set: ToolSet, context: WorkContext): Promise<SourcedSet | undefined> {
  for (const kind of ['official', 'go'] as const) {
    const cached = await cachedOf(set, kind, context);
    if (cached.size === set.wanted.length) return { ...set, kind, cached };
  }
  return undefined;
}

function addressesOf(set: ToolSet, { platform, environment }: WorkContext): readonly string[] | undefined {
  const all = set.members.map((name) => officialAddresses(pins[name], platform, environment));
  return all.every((addresses) => addresses !== undefined) ? all.flat() : undefined;
}

const describeHosts = (unreachable: ReadonlyMap<string, string>): string =>
  [...unreachable].map(([origin, why]) => `${new URL(origin).host} (${why})`).join(', ');

function sayUnreachable(unreachable: ReadonlyMap<string, string>, say: (line: string) => void): void {
  if (unreachable.size === 0) return;
  const hosts = describeHosts(unreachable);
  say(`official sources can't be reached: ${hosts}; what they offer is built with Go instead`);
}

/** Throws an explained error where Go can't build one of the tools, `why` being the reason that it is asked to. */
export function requireGoBuilds(names: readonly ToolName[], why: string): void {
  for (const name of names) goPinOf(name, why);
}

function sayUnpublished(set: ToolSet, { platform, say }: WorkContext): void {
  const lacking = set.members.filter((name) => pins[name].official?.files(platform) === undefined);
  // Of this repository's own programs nobody expects a publisher.
  if (lacking.every((name) => pins[name].official === undefined)) return;
  const also = set.wanted.filter((name) => !lacking.includes(name));
  const alsoText = also.length === 0 ? '' : `, and so is ${also.join(', ')}, which must fit`;
  say(
    `no official ${lacking.join(', ')} for ${platform.os}/${platform.arch}: built with Go instead${alsoText}`,
  );
}

/** Why a set does not come from its publisher. */
function whyGo(
  addresses: readonly string[] | undefined,
  unreachable: ReadonlyMap<string, string>,
  { platform: { os, arch } }: WorkContext,
): string {
  if (addresses === undefined) return `its publisher has none for ${os}/${arch}`;
  const origins = new Set(addresses.map((address) => new URL(address).origin));
  return `its publisher can't be reached: ${describeHosts(new Map([...unreachable].filter(([origin]) => origins.has(origin))))}`;
}

/**
 * Decides for each set where it comes from: the cache, the publishers where all hosts of the set answer, else Go.
 * Says in one line which hosts can't be reached; each is asked once. Throws an explained error where neither has a tool.
 */
export async function chooseSources(sets: readonly ToolSet[], context: WorkContext): Promise<SourcedSet[]> {
  const fromCache = await Promise.all(sets.map(async (set) => await wholeFromCache(set, context)));
  const asked = sets.filter((_, index) => fromCache[index] === undefined);
  const addresses = new Map(asked.map((set) => [set, addressesOf(set, context)]));
  const unreachable = await findUnreachable(
    [...addresses.values()].flatMap((list) => list ?? []),
    context.signal,
  );
  const isOfficial = (set: ToolSet): boolean =>
    addresses.get(set)?.every((address) => !unreachable.has(new URL(address).origin)) ?? false;
  const lacking = asked
    .filter((candidate) => !isOfficial(candidate))
    .flatMap((set) => {
      const why = whyGo(addresses.get(set), unreachable, context);
      return set.wanted
        .filter((name) => recipeOf(name, 'go', context) === undefined)
        .map((name) => ({ name, why }));
    });
  if (lacking.length > 0) throw nowhereToBeHad(lacking);
  sayUnreachable(unreachable, context.say);
  const decide = async (set: ToolSet): Promise<SourcedSet> => {
    if (addresses.get(set) === undefined) sayUnpublished(set, context);
    const kind = isOfficial(set) ? 'official' : 'go';
    return { ...set, kind, cached: await cachedOf(set, kind, context) };
  };
  return await Promise.all(sets.map(async (set, index) => fromCache[index] ?? (await decide(set))));
}
