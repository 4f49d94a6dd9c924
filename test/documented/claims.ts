import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const tests = fileURLToPath(new URL('..', import.meta.url));

/** What a test file types: a command, or all lines of a page's section. */
export type Claim =
  | { readonly file: string; readonly command: string }
  | { readonly file: string; readonly page: string; readonly section: string };

function claimOf(file: string, name: string, words: readonly string[]): Claim[] {
  const [first, second] = words;
  if (name === 'documented' && first !== undefined) return [{ file, command: first }];
  if (name === 'documentedLines' && first !== undefined && second !== undefined)
    return [{ file, page: first, section: second }];
  return [];
}

function claimsBelow(file: string, node: ts.Node): Claim[] {
  const below: Claim[] = [];
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
    const words = node.arguments.flatMap((word) => (ts.isStringLiteralLike(word) ? [word.text] : []));
    below.push(...claimOf(file, node.expression.text, words));
  }
  node.forEachChild((child) => {
    below.push(...claimsBelow(file, child));
  });
  return below;
}

/** What the tests type: each call of `documented` and of `documentedLines` in their files. Both take words as they stand, so that this finds them. */
export function readClaims(): Claim[] {
  return readdirSync(tests, { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .flatMap((name) => {
      const text = readFileSync(path.join(tests, name), 'utf8');
      return claimsBelow(`test/${name}`, ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
    });
}
