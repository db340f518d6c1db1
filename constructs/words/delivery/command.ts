import { timeoutProblem, type Problem } from "../../../src/model";
import { ruleProblems } from "../common-rules";
import type { DeclarationProblem } from "../declaration-problem";
import type { IsLate, Spell } from "../late";

/**
 * A program of your own, on the machine that runs the apply, that takes a token's value to wherever glsa cannot reach.
 * The value comes on its standard input; it stands neither in an argument nor in the environment. What became of it
 * cannot be looked at, so there is no drift.
 */
export interface CommandDelivery {
  /** Program and arguments; no shell is involved. An exit other than 0 is a failed delivery. */
  readonly argv: readonly string[];
  /**
   * Run before a token is made; an exit other than 0 ends the apply there.
   * @default - only whether the program can be run is checked
   */
  readonly checkArgv?: readonly string[];
  /**
   * Run when the token is destroyed or no longer delivered here.
   * @default - nothing is run
   */
  readonly removeArgv?: readonly string[];
  /**
   * How long each of them may run, in seconds, minutes or hours: `90s`, `10m` or `1h`.
   * @default "1m"
   */
  readonly timeout?: string;
}

export function copyOfCommand(command: CommandDelivery): CommandDelivery {
  const { argv, checkArgv, removeArgv } = command;
  return {
    ...command,
    argv: [...argv],
    checkArgv: checkArgv && [...checkArgv],
    removeArgv: removeArgv && [...removeArgv],
  };
}

export function commandProblems(
  property: string,
  { argv, checkArgv, removeArgv, timeout }: CommandDelivery,
  isLate: IsLate,
): DeclarationProblem[] {
  return [
    ...argvProblems(`${property}.argv`, argv, isLate),
    ...argvProblems(`${property}.checkArgv`, checkArgv, isLate),
    ...argvProblems(`${property}.removeArgv`, removeArgv, isLate),
    ...ruleProblems(
      `${property}.timeout`,
      timeout,
      (text) => timeoutProblem("timeout", text),
      isLate,
    ),
  ];
}

export function commandLabel({ argv }: CommandDelivery, spell: Spell): string {
  return `command ${spell(argv)}`;
}

function argvProblems(
  property: string,
  argv: readonly string[] | undefined,
  isLate: IsLate,
): DeclarationProblem[] {
  return isLate(argv?.[0]) ? [] : ruleProblems(property, argv, argvProblem, isLate);
}

function argvProblem(argv: readonly string[]): Problem | undefined {
  const [program = ""] = argv;
  if (program.trim() !== "") return undefined;
  return {
    summary: "It names no program",
    detail: `It must be a program and its arguments; got ${JSON.stringify(argv)}. Write such as ["./publish-token", "production"].`,
  };
}
