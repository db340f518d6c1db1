import type { Answer } from "../leak";
import { isOver } from "../leak";
import type { NightReport } from "../night";
import { reasonInWords } from "../night/outputs";
import type { Calendar } from "../review";
import { sentenceOf } from "../review/outputs";
import type { Message } from "./message";

/** What all messages of a run have. */
export interface Run {
  readonly name: string;
  readonly jobUrl: string | undefined;
}

/** What a night has to tell: that it failed, and which replaced tokens it had to keep. */
export function ofNight(report: NightReport, run: Run): Message[] {
  if (report.isDryRun) return [];
  const missed = report.left.filter(({ reason }) => reason !== "limit");
  const failed: Message = {
    ...run,
    occasion: "night-failed",
    title: "The night failed: tokens that are due were not rotated",
    reason: report.failure,
    items: missed.map(({ reason, account, object, address }) => ({
      ...{ account, object, address },
      text: `not rotated: ${reasonInWords(reason)}`,
    })),
    remedy: "Consumers go on with the tokens that they have, and the next night tries again.",
  };
  const held: Message = {
    ...run,
    occasion: "token-held",
    title: "Replaced tokens are still in use, so that they are not revoked yet",
    reason: null,
    items: report.held.map(({ account, object, address, change }) => ({
      ...{ account, object, address },
      text: sentenceOf(change, "line"),
    })),
    remedy: "Move what uses them to the new value.",
  };
  return [...(report.end === "failed" ? [failed] : []), ...(held.items.length > 0 ? [held] : [])];
}

/** A night that ended before it could tell anything. */
export function ofLostNight(run: Run): Message {
  return {
    ...run,
    occasion: "night-failed",
    title: "The night ended before it could tell what it did",
    reason: null,
    items: [],
    remedy: "Look at the job's log. The next night tries again.",
  };
}

export function ofLeak({ outcomes, failure }: Answer, run: Run): Message {
  const open = outcomes.filter((outcome) => !isOver(outcome)).length;
  return {
    ...run,
    occasion: "leak",
    title:
      open === 0
        ? "A leaked token was revoked, and the proof says it is dead"
        : "A leaked token is not proved dead yet",
    reason: failure,
    items: outcomes.map((outcome) => {
      const { username, name, tokenId, declared } = outcome.sighting;
      return {
        account: username ?? "",
        object: name === null ? `token ${tokenId ?? "of unknown number"}` : `token "${name}"`,
        address: declared?.token.address ?? "",
        text: isOver(outcome) ? "revoked, and dead" : "not dead yet",
      };
    }),
    remedy:
      open === 0
        ? "The record in the job tells what is left to do."
        : "Run glsa leak again: it goes on where it ended.",
  };
}

/** Ends that come near; nothing where there is none. */
export function ofCalendar({ entries }: Calendar, days: number, run: Run): Message[] {
  const ends = entries.filter(({ kind }) => kind === "expires" || kind === "access-expires");
  if (ends.length === 0) return [];
  return [
    {
      ...run,
      occasion: "expiry-near",
      title: `Tokens or access end within ${days} days`,
      reason: null,
      items: ends.map(({ account, object, address, date }) => ({
        ...{ account, object, address },
        text: `ends on ${date}`,
      })),
      remedy: "Rotate the tokens, or move the ends on.",
    },
  ];
}
