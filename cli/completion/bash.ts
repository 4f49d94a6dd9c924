import type { Values } from './values.ts';
import { quoted, type CompletedCommand } from './words.ts';

/** Sets `kind` and `names`, which the function at the end of the script makes of what it knows. */
function assign(values: Values): string {
  switch (values.kind) {
    case 'names': {
      const kind = values.isList === true ? 'list' : values.orFiles === true ? 'names-or-files' : 'names';
      return `kind=${kind} names=${quoted(values.names.join(' '))}`;
    }
    case 'ofScenario': {
      const cases = Object.entries(values.names).map(
        ([scenario, names]) => `${scenario}) names=${quoted(names.join(' '))} ;;`,
      );
      return `kind=list; case \${given[0]-} in ${cases.join(' ')} esac`;
    }
    case 'files':
    case 'directories':
    case 'labs':
    case 'free':
      return `kind=${values.kind}`;
  }
}

function flagCases({ name, flags }: CompletedCommand): string[] {
  return flags.flatMap(({ flag, value }) =>
    value === undefined ? [] : [`  ${quoted(`${name} ${flag}`)}) ${assign(value)} ;;`],
  );
}

function argumentCases({ name, arguments: values, goesOn }: CompletedCommand): string[] {
  return values.map((value, index) => {
    const pattern =
      goesOn && index === values.length - 1 ? `${quoted(name)}\\ *` : quoted(`${name} ${index}`);
    return `  ${pattern}) ${assign(value)} ;;`;
  });
}

function wordCases({ name, flags, members }: CompletedCommand): string[] {
  const ownFlags = flags.map(({ flag }) => flag).join(' ');
  const below = members.map(({ word }) => word).join(' ');
  return [`  ${quoted(name)}) flags=${quoted(ownFlags)} members=${quoted(below)} ;;`];
}

/** The script for bash; `labsDirectory` holds a directory for each lab. */
export function bashScript(commands: readonly CompletedCommand[], labsDirectory: string): string {
  return `# Completion of gitops-lab for bash.

# What the value of a flag can be; fails where the flag takes none.
_gitops_lab_flag() {
  case "$1 $2" in
${commands.flatMap(flagCases).join('\n')}
  *) return 1 ;;
  esac
}

# What the argument of a number can be.
_gitops_lab_argument() {
  case "$1 $2" in
${commands.flatMap(argumentCases).join('\n')}
  esac
}

_gitops_lab_command() {
  case "$1" in
${commands.flatMap(wordCases).join('\n')}
  esac
}

_gitops_lab_offer() {
  local cur=$1 kept=
  case $kind in
  list)
    if [[ $cur == *,* ]]; then kept=\${cur%,*},; fi
    compopt -o nospace
    mapfile -t COMPREPLY < <(compgen -P "$kept" -W "$names" -- "\${cur##*,}")
    ;;
  names) mapfile -t COMPREPLY < <(compgen -W "$names" -- "$cur") ;;
  names-or-files)
    compopt -o filenames
    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$cur"; compgen -f -- "$cur")
    ;;
  files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  directories) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
  labs) mapfile -t COMPREPLY < <(compgen -W "$(ls ${quoted(labsDirectory)} 2>/dev/null)" -- "$cur") ;;
  esac
}

_gitops_lab() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command= flag= word= flags= members= kind= names= i
  local -a given=()
  COMPREPLY=()
  [[ $cur == = ]] && cur=
  _gitops_lab_command ''
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    # Bash makes three words of --flag=value.
    [[ $word == = ]] && continue
    if [[ -n $flag ]]; then
      flag=
    elif [[ $word == -* ]]; then
      _gitops_lab_flag "$command" "$word" && flag=$word
    elif [[ " $members " == *" $word "* ]]; then
      command=\${command:+$command }$word
      _gitops_lab_command "$command"
    else
      given+=("$word")
      members=
    fi
  done
  kind= names=
  if [[ -n $flag ]]; then
    _gitops_lab_flag "$command" "$flag"
    _gitops_lab_offer "$cur"
  elif [[ $cur == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$cur")
  else
    _gitops_lab_argument "$command" "\${#given[@]}"
    _gitops_lab_offer "$cur"
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$members" -- "$cur")
  fi
}

complete -F _gitops_lab gitops-lab
`;
}
