import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The longest path of a Unix socket that both Linux (108) and macOS (104, sys/un.h) take, less its closing zero. */
const longestBytes = 103;

/** The sockets by which parts of a lab ask for passwords, each its own. */
export const socketNames = ['ask-pass', 'image-updater'] as const;

/**
 * A path for a lab's socket: in its directory, or beside other temporary files where that is too deep for a socket.
 * It follows from the directory alone, so that whoever removes the one removes the other.
 */
export function socketPathFor(
  directory: string,
  name: (typeof socketNames)[number] = socketNames[0],
): string {
  const inside = path.join(directory, `${name}.sock`);
  if (Buffer.byteLength(inside) <= longestBytes) return inside;
  const digest = createHash('sha256').update(inside).digest('hex').slice(0, 16);
  return path.join(tmpdir(), `gitops-lab-${digest}.sock`);
}
