import type { StoreAccess } from '../engines/engine.ts';
import type { ToolName } from '../toolchain/tool.ts';
import type { ReviewedStore } from './gitea/gitea-store.ts';

/** What serves the repository: the lab's plain Git server, or Gitea, which has accounts, reviews and webhooks. */
export const forgeNames = ['git-http', 'gitea'] as const;
export type ForgeName = (typeof forgeNames)[number];

/** The tools that each takes. */
export const forgeTools: Readonly<Record<ForgeName, readonly ToolName[]>> = {
  'git-http': [],
  gitea: ['gitea'],
};

/** The server of the state store. */
export interface Forge {
  readonly state: StoreAccess;
  /** Changes the state store by review; undefined where the forge has none. */
  readonly reviewed?: ReviewedStore;
  /** Called once the engine is installed: from then on the rules of a forge that has some hold. */
  readonly protect: () => Promise<void>;
  /** Has it refuse connections, until it is given back at the same address. The lab's plain server tells of each that it refuses. */
  readonly takeAway: (onTry?: () => void) => Promise<void>;
  readonly giveBack: () => Promise<void>;
  /**
   * Tells of each push that it has answered, until the returned function is called: those of engines and people, while what the
   * lab commits itself is no push. Undefined where the forge does not tell.
   */
  readonly onPush?: (listener: () => void) => () => void;
  readonly stop: () => Promise<void>;
}
