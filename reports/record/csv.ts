import { Iteration } from './schema.ts';

/**
 * The iterations as CSV (RFC 4180): one row each, a column for every field, named as in results.json, and for every figure.
 * A time that was not observed is an empty cell.
 */
export function iterationsCsv(iterations: readonly Iteration[]): string {
  const columns = Iteration.keyof().options.filter((column) => column !== 'figures');
  const figures = [...new Set(iterations.flatMap((iteration) => Object.keys(iteration.figures)))];
  const rows = iterations.map((iteration) => [
    ...columns.map((column) => String(iteration[column] ?? '')),
    ...figures.map((name) => String(iteration.figures[name] ?? '')),
  ]);
  return [[...columns, ...figures], ...rows].map((row) => `${row.map(quote).join(',')}\r\n`).join('');
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
