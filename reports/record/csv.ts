import { Iteration } from './schema.ts';

/**
 * The iterations as CSV (RFC 4180): one row each, a column for every field, named as in results.json.
 * A time that was not observed is an empty cell.
 */
export function iterationsCsv(iterations: readonly Iteration[]): string {
  const columns = Iteration.keyof().options;
  const rows = iterations.map((iteration) => columns.map((column) => String(iteration[column] ?? '')));
  return [columns, ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
