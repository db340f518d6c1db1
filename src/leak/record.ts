import { shown, shownJson } from "../review/outputs";
import type { Answer } from "./respond";
import type { Sighting } from "./sighting";
import { factsOf, isOver, leftToDo, nameOf, outcomeLines, verdictOf } from "./words";

/** What is kept of a leak. It holds no value. */
export interface LeakRecord {
  readonly instance: string;
  /** ISO 8601. */
  readonly begunAt: string;
  /** Null where it was killed. */
  readonly endedAt: string | null;
  readonly sightings: readonly Sighting[];
  /** Null before anything was done. */
  readonly answer: Answer | null;
}

const FORMAT_VERSION = "1.0";

export function recordJson({ instance, begunAt, endedAt, sightings, answer }: LeakRecord): string {
  const tokens = sightings.map((sighting, at) => {
    const outcome = answer?.outcomes[at];
    const { declared, ...facts } = sighting;
    return {
      ...facts,
      declared:
        declared === null
          ? null
          : {
              address: declared.token.address,
              state: declared.state,
              destinations: declared.token.destinations,
            },
      revocation: outcome?.revocation ?? null,
      proof: outcome?.proof ?? null,
      other_tokens: outcome?.others ?? [],
      replacement: outcome?.replacement ?? null,
      is_over: outcome === undefined ? false : isOver(outcome),
    };
  });
  return shownJson({
    format_version: FORMAT_VERSION,
    instance,
    begun_at: begunAt,
    ended_at: endedAt,
    failure: answer?.failure ?? null,
    tokens,
  });
}

export function recordMarkdown(record: LeakRecord): string {
  const { instance, begunAt, endedAt, sightings, answer } = record;
  const prose = (text: string) => shown(text, "markdown");
  const tokens = sightings.flatMap((sighting, at) => {
    const outcome = answer?.outcomes[at];
    const lines = [
      ...factsOf(sighting),
      ...(outcome === undefined ? [] : [...outcomeLines(outcome), ...leftToDo(outcome, true)]),
    ];
    return [
      "",
      `### ${nameOf(sighting, "markdown")}`,
      "",
      ...lines.map((line) => `- ${prose(line)}`),
    ];
  });
  return [
    `## Leaked tokens of ${prose(instance)}`,
    "",
    answer === null ? "**Nothing was done yet.**" : `**${prose(verdictOf(answer))}**`,
    "",
    `Begun at ${begunAt}, ${endedAt === null ? "not ended" : `ended at ${endedAt}`}.`,
    ...tokens,
    "",
  ].join("\n");
}

/** For a terminal: what is known, before anything is done. */
export function sightingsText(sightings: readonly Sighting[]): string {
  return blocks(sightings.map((each) => [nameOf(each, "line"), ...factsOf(each)]));
}

/** What happened. */
export function answerText(answer: Answer, hasEngine: boolean): string {
  const each = answer.outcomes.map((outcome) => [
    nameOf(outcome.sighting, "line"),
    ...outcomeLines(outcome),
    ...leftToDo(outcome, hasEngine),
  ]);
  return `${verdictOf(answer)}\n${blocks(each)}`;
}

function blocks(all: readonly (readonly string[])[]): string {
  return all
    .map(([head = "", ...lines]) =>
      [head, ...lines.map((line) => `  ${shown(line, "line", LONGEST_LINE)}`), ""].join("\n"),
    )
    .join("");
}

/** Places and tokens may be many. */
const LONGEST_LINE = 2000;
