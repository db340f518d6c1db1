/** A part of a Markdown text: what it begins with, a list, and what closes it. */
export interface Section {
  /** Paragraphs. */
  readonly open: readonly string[];
  /** Stands directly above the items, such as the head of a table. */
  readonly lead?: string;
  /** One by one, each may be left out where there is no more room. */
  readonly items: readonly string[];
  readonly close?: string;
  /** How much of the whole its items may take where not all have room, so that something is left for others. @default 1 */
  readonly share?: number;
}

export interface Room {
  readonly limit?: number;
  readonly jobUrl?: string;
}

/** Kept for what says that something is missing. */
const RESERVE = 400;

/** The sections as far as there is room for them, from the first on, and a sentence about what is left out. */
export function cut(sections: readonly Section[], { limit = Infinity, jobUrl }: Room): string {
  const whole = limit - RESERVE - (jobUrl?.length ?? 0);
  const paragraphs: string[] = [];
  let room = whole;
  let left = 0;
  for (const section of sections) {
    const taken = fitting(section, room, whole);
    left += section.items.length - taken.items;
    paragraphs.push(...taken.paragraphs);
    room -= taken.cost;
    // What comes later is less bad: nothing of it takes the place of what had no room.
    if (taken.items < section.items.length && section.share === undefined) room = 0;
  }
  if (left > 0) paragraphs.push(missing(left, jobUrl));
  else if (jobUrl !== undefined) paragraphs.push(`<sub>Planned by [this job](<${jobUrl}>).</sub>`);
  return `${paragraphs.join("\n\n")}\n`;
}

interface Fitting {
  readonly paragraphs: readonly string[];
  readonly items: number;
  readonly cost: number;
}

const NOTHING: Fitting = { paragraphs: [], items: 0, cost: 0 };

/** As much of a section as there is room for; nothing of one whose list would be empty. */
function fitting(section: Section, room: number, whole: number): Fitting {
  const { open, lead, items, close, share = 1 } = section;
  const head = open.filter((paragraph) => paragraph !== "");
  const above = lead === undefined ? [] : [lead];
  const frame = lengthOf([...head, ...above, ...(close === undefined ? [] : [close])]);
  if (frame > room) return NOTHING;
  const taken = firstOf(items, Math.min(room - frame, whole * share));
  if (items.length > 0 && taken.length === 0) return NOTHING;
  const list = taken.length === 0 ? [] : [[...above, ...taken].join("\n")];
  const paragraphs = [...head, ...list, ...(close === undefined ? [] : [close])];
  return { paragraphs, items: taken.length, cost: lengthOf(paragraphs) };
}

function firstOf(items: readonly string[], room: number): string[] {
  let rest = room - 2;
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
  const entries = left === 1 ? "1 more entry has" : `${left} more entries have`;
  const where = jobUrl === undefined ? "of the job" : `of [this job](<${jobUrl}>)`;
  return `**${entries} no room here.** The log and the artifacts ${where} hold the whole report.`;
}
