import * as z from 'zod';

/** Asks the API server for the table that `kubectl get` prints (https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables). */
export const tableMediaType = 'application/json;as=Table;v=v1;g=meta.k8s.io';

const Table = z.object({
  kind: z.literal('Table'),
  columnDefinitions: z.array(z.object({ name: z.string(), priority: z.int().default(0) })),
  rows: z
    .array(
      z.object({
        cells: z.array(z.unknown()),
        object: z.object({ metadata: z.object({ namespace: z.string().default('') }) }).optional(),
      }),
    )
    .nullish(),
});

const Refusal = z.object({ kind: z.literal('Status'), reason: z.string().default(''), message: z.string() });

/** kubectl keeps three blanks between columns. */
const gap = 3;

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd((widths[column] ?? 0) + gap))
      .join('')
      .trimEnd(),
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function cellText(cell: unknown): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Which columns are shown: those that the server wants shown, all of them (`-o wide`), or the former behind the namespaces (`--all-namespaces`). */
export type TableColumns = 'usual' | 'wide' | 'with-namespaces';

/** What an API server answered to a request for a table, as kubectl prints it, or its refusal. A body that is neither is given as it is. */
export function tableLines(body: string, columns: TableColumns): readonly string[] {
  const value = parsed(body);
  const refusal = Refusal.safeParse(value);
  if (refusal.success) return [`Error from server (${refusal.data.reason}): ${refusal.data.message}`];
  const table = Table.safeParse(value);
  if (!table.success) return body.split('\n').filter((line) => line !== '');
  const { columnDefinitions, rows } = table.data;
  const isShown = (_: unknown, column: number): boolean => {
    return columns === 'wide' || columnDefinitions[column]?.priority === 0;
  };
  const isOfAll = columns === 'with-namespaces';
  const head = columnDefinitions.filter(isShown).map(({ name }) => name.toUpperCase());
  const lines = (rows ?? []).map(({ cells, object }) => [
    ...(isOfAll ? [object?.metadata.namespace ?? ''] : []),
    ...cells.filter(isShown).map(cellText),
  ]);
  return aligned([[...(isOfAll ? ['NAMESPACE'] : []), ...head], ...lines]);
}
