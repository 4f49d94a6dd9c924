import { parse, stringify } from 'yaml';
import * as z from 'zod';

const Kubeconfig = z.looseObject({
  clusters: z.array(z.looseObject({ cluster: z.looseObject({ server: z.string() }) })),
});

/** The kubeconfig that k3s wrote in its container, for clients of this machine that reach its API server at a port of the loopback interface. */
export function kubeconfigAt(text: string, port: number): string {
  const { clusters, ...rest } = Kubeconfig.parse(parse(text));
  const server = `https://127.0.0.1:${port}`;
  const moved = clusters.map((entry) => ({ ...entry, cluster: { ...entry.cluster, server } }));
  return stringify({ ...rest, clusters: moved });
}
