/** A part of a Markdown text: what it begins with, a list, and what closes it. */
export interface Section {
  /** Paragraphs. */
  readonly open: readonly string[];
  /** One by one, each may be left out where there is no more room. */
  readonly items: readonly string[];
  readonly close?: string;
}

export interface Room {
  readonly limit?: number;
  readonly jobUrl?: string;
}

/** Kept for what says that something is missing, and for what has to be closed. */
const RESERVE = 400;

/** The sections as far as there is room for them, from the first on, and a sentence about what is left out. */
export function cut(sections: readonly Section[], { limit = Infinity, jobUrl }: Room): string {
  const paragraphs: string[] = [];
  let room = limit - RESERVE - (jobUrl?.length ?? 0);
  let left = 0;
  for (const { open, items, close } of sections) {
    const head = open.filter((paragraph) => paragraph !== "");
    const cost = lengthOf([...head, ...(close === undefined ? [] : [close])]);
    const taken = cost > room || left > 0 ? [] : fitting(items, room - cost);
    left += items.length - taken.length;
    if (head.length + taken.length === 0 || cost > room) continue;
    if (items.length > 0 && taken.length === 0) continue;
    room -= cost + lengthOf(taken);
    paragraphs.push(...head, ...(taken.length === 0 ? [] : [taken.join("\n")]));
    if (close !== undefined) paragraphs.push(close);
  }
  if (left > 0) paragraphs.push(missing(left, jobUrl));
  else if (jobUrl !== undefined) paragraphs.push(`<sub>Planned by [this job](<${jobUrl}>).</sub>`);
  return `${paragraphs.join("\n\n")}\n`;
}

function fitting(items: readonly string[], room: number): string[] {
  let rest = room;
  const taken: string[] = [];
  for (const item of items) {
    rest -= item.length + 1;
    if (rest < 0) break;
    taken.push(item);
  }
  return taken;
}

function lengthOf(paragraphs: readonly string[]): number {
  return paragraphs.reduce((sum, paragraph) => sum + paragraph.length + 2, 0);
}

function missing(left: number, jobUrl: string | undefined): string {
  const where = jobUrl === undefined ? "of the job" : `of [this job](<${jobUrl}>)`;
  return `**${left} more ${left === 1 ? "entry is" : "entries are"} left out, as there is no room for ${left === 1 ? "it" : "them"} here. The log and the artifacts ${where} have the whole report.**`;
}
