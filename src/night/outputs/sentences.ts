import { quantity } from "../../model";
import { shown } from "../../review/outputs";
import type { LeftReason, NightReport, NightToken } from "../report";

type Medium = "line" | "markdown";

const REASONS: Readonly<Record<LeftReason, string>> = {
  edited: "it is due and was edited, too: apply the edit, or undo it",
  "takes-along": "rotating it would take something else along: apply that, or undo it",
  failed: "the engine failed at it: what it printed says why",
  stopped: "the run was stopped before it",
  limit: "it is due, and --max or max_rotations left it for a later run",
};

export function reasonInWords(reason: LeftReason): string {
  return REASONS[reason];
}

/** `bot, token "ci"`; where the plan tells neither, the address. */
export function nameOf({ account, object, address }: NightToken, medium: Medium): string {
  const words = [account, object].filter((word) => word !== "");
  return shown(words.length === 0 ? address : words.join(", "), medium);
}

/** One line that says how the night went. */
export function verdict({ end, done, left, failure, isDryRun }: NightReport): string {
  const did = isDryRun ? "would be applied by themselves" : "applied";
  const tokens = `${quantity(done.length, "token")} ${did}`;
  const missed = left.filter(({ reason }) => reason !== "limit").length;
  switch (end) {
    case "nothing":
      return "Nothing is due.";
    case "done":
      return `All that is due: ${tokens}.`;
    case "waiting":
      return `${done.length === 0 ? "Nothing was applied" : `All that is due: ${tokens}`}; something else waits for a person.`;
    case "failed":
      return [
        `The night failed: ${tokens}, ${quantity(missed, "token")} not rotated.`,
        ...(failure === null ? [] : [failure]),
      ].join(" ");
  }
}
