import { once } from 'node:events';
import { createServer } from 'node:net';

/** What stands at the port of a server that is away. */
export interface RefusingServer {
  /** Frees the port. */
  readonly stop: () => Promise<void>;
}

/**
 * Resets each connection at once, and tells of it: who asks for a server that is away is seen, which a closed port does not
 * allow. Rejects where the port is taken.
 */
export async function startRefusingServer(
  host: string,
  port: number,
  onTry: () => void,
): Promise<RefusingServer> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined).resetAndDestroy();
    onTry();
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
