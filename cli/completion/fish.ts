import type { Values } from './values.ts';
import type { CompletedCommand } from './words.ts';

/** A text as one word of fish (https://fishshell.com/docs/current/language.html#quotes). */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
}

/** The parts of `complete` that offer the values, each for a condition of its own; undefined for whatever there is. */
function offers(values: Values): (readonly [condition: string | undefined, parts: string])[] {
  switch (values.kind) {
    case 'names': {
      const names = values.names.join(' ');
      if (values.isList === true) return [[undefined, `-x -a ${quoted(`(__gitops_lab_list ${names})`)}`]];
      return [[undefined, `${values.orFiles === true ? '-r -F' : '-x'} -a ${quoted(names)}`]];
    }
    case 'ofScenario':
      return Object.entries(values.names).map(([scenario, names]) => [
        `__fish_seen_subcommand_from ${scenario}`,
        `-x -a ${quoted(`(__gitops_lab_list ${names.join(' ')})`)}`,
      ]);
    case 'files':
      return [[undefined, '-r -F']];
    case 'directories':
      return [[undefined, "-x -a '(__fish_complete_directories (commandline -ct))'"]];
    case 'labs':
      return [[undefined, "-x -a '(__gitops_lab_labs)'"]];
    case 'free':
      return [[undefined, '-x']];
  }
}

const completeAt = (condition: string): string => `complete -c gitops-lab -n ${quoted(condition)}`;

function linesOf({ name, flags, members, arguments: values }: CompletedCommand): string[] {
  const here = `__gitops_lab_at ${quoted(name)}`;
  const flagLines = flags.flatMap(({ flag, what, value }) => {
    const described = `-l ${flag.slice(2)} -d ${quoted(what)}`;
    if (value === undefined) return [`${completeAt(here)} ${described}`];
    return offers(value).map(([condition, parts]) => {
      const both = condition === undefined ? here : `${here}; and ${condition}`;
      return `${completeAt(both)} ${described} ${parts}`;
    });
  });
  const memberLines = members.map(
    ({ word, what }) => `${completeAt(here)} -a ${quoted(word)} -d ${quoted(what)}`,
  );
  const [first] = values;
  // Which of its arguments it is, fish does not tell; later ones are free everywhere.
  const argumentLines =
    first === undefined || first.kind === 'free'
      ? []
      : offers(first).map(([, parts]) => `${completeAt(here)} ${parts.replace(/^-x |^-r /, '')}`);
  return [...flagLines, ...memberLines, ...argumentLines];
}

/** The script for fish; `labsDirectory` holds a directory for each lab. */
export function fishScript(commands: readonly CompletedCommand[], labsDirectory: string): string {
  const groups = commands.flatMap(({ name, members }) =>
    name === '' ? [] : members.map(({ word }) => `${name} ${word}`),
  );
  return `# Completion of gitops-lab for fish.

# Whether the words so far name this command.
function __gitops_lab_at
  set -l words (commandline -opc)
  set -l named "$words[2]"
  if contains -- "$words[2] $words[3]" ${groups.map(quoted).join(' ')}
    set named "$words[2] $words[3]"
  else if string match -q -- '-*' $named
    set named ''
  end
  test "$named" = "$argv[1]"
end

# Names apart by commas, behind those that are there.
function __gitops_lab_list
  set -l before (commandline -ct | string replace -r '^--[^=]*=' '' | string match -r '.*,')
  for name in $argv
    echo "$before$name"
  end
end

function __gitops_lab_labs
  for lab in ${quoted(labsDirectory)}/*/
    path basename $lab
  end
end

complete -c gitops-lab -f
${commands.flatMap(linesOf).join('\n')}
`;
}
