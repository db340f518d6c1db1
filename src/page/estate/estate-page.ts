import type { AuditFinding } from "../../audit/finding";
import type { Picture } from "../../estate";
import { shown } from "../../review/outputs";
import { estateProgram } from "../assets";
import { minute } from "../data/days";
import type { Fact, GapRow } from "../data/estate-data";
import { pageDocument } from "../document";
import { jsonMarkup, markup, type Markup } from "../markup";
import { factsOf } from "./facts";
import { gapRows } from "./gaps";
import { estateData } from "./page-data";
import type { TokenSchedule } from "./schedules";

export interface EstatePageOptions {
  /** Of glsa. */
  readonly version: string;
  /** The planned dates of tokens in states. Without them the time lines show expiries only. */
  readonly schedules?: readonly TokenSchedule[];
  /** What was not checked, a sentence each. */
  readonly remarks?: readonly string[];
}

/** An estate as one HTML file. It depends on its arguments alone: the same picture makes the same page. */
export function estatePage(
  picture: Picture,
  findings: readonly AuditFinding[],
  { version, schedules = [], remarks = [] }: EstatePageOptions,
): string {
  const title = `Service accounts of ${hostOf(picture.instance.url)}`;
  const views = markup`<nav id="views" aria-label="Views"></nav>`;
  return pageDocument({
    title,
    header: markup`<h1>${title}</h1>\n${factList(factsOf(picture))}\n${gapNotice(picture)}${remarks.map(remark)}\n${views}`,
    main: markup`<noscript><p>${WITHOUT_PROGRAM}</p></noscript>`,
    data: jsonMarkup(estateData(picture, findings, schedules)),
    program: estateProgram(),
    footer: markup`<p>Written by glsa ${version} from what GitLab showed on ${minute(picture.startedAt)} UTC. ${ABOUT}</p>`,
  });
}

const WITHOUT_PROGRAM =
  "The lists of this page are made by its own program, which your browser does not run. The data is in the page, as JSON.";
const ABOUT = "Days and times are UTC. This file requests nothing from anywhere.";

function hostOf(url: string): string {
  return shown(url.replace(/^https?:\/\//i, ""), "page");
}

function factList(facts: readonly Fact[]): Markup {
  const items = facts.map(
    ({ term, value }) =>
      markup`<div><dt>${term}</dt><dd><bdi>${shown(value, "page")}</bdi></dd></div>`,
  );
  return markup`<dl class="facts">${items}</dl>`;
}

const MOST_GAPS = 5;

/** What could not be seen is above everything else. */
function gapNotice(picture: Picture): Markup {
  const all = gapRows(picture);
  const gaps = all.filter(({ isExpected }) => !isExpected);
  if (picture.isComplete && gaps.length === 0) return completeNotice(all.length);
  const more = gaps.length - MOST_GAPS;
  return markup`<section class="incomplete" aria-labelledby="incomplete">
<h2 id="incomplete">This picture is incomplete</h2>
<p>${gapSentence(gaps.length)} What is not here may still exist.</p>
<ul>${gaps.slice(0, MOST_GAPS).map(gapItem)}</ul>
${more > 0 ? markup`<p><a href="#coverage">${more} more under Coverage</a></p>` : null}</section>`;
}

function completeNotice(expected: number): Markup {
  const beyond =
    expected === 0
      ? null
      : markup` What this scope and this token do not reach is listed under <a href="#coverage">Coverage</a>.`;
  return markup`<p class="complete">Everything that was requested was seen.${beyond}</p>`;
}

function remark(sentence: string): Markup {
  return markup`\n<p class="complete">${shown(sentence, "page")}</p>`;
}

function gapSentence(count: number): string {
  if (count === 0) return "The pass ended before everything was read.";
  return count === 1 ? "One thing could not be seen." : `${count} things could not be seen.`;
}

function gapItem({ where, hides, reason, remedy }: GapRow): Markup {
  return markup`<li><strong>${hides}</strong> of <bdi>${where}</bdi>: ${reason} <span class="remedy">${remedy}</span></li>`;
}
