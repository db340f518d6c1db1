import type { Finding } from "../model/policy";
import type { AccountReview, Change, Engine, Review } from "../review";
import {
  byAttention,
  notJudgedSentence,
  othersSentence,
  sentenceOf,
  shown,
  verdictOf,
} from "../review/outputs";
import { digestOfReview } from "../review/digest";
import { pageDocument } from "./document";
import { markup, type Markup } from "./markup";
import { badge, contents, named, sections, warningBox, type Section } from "./notices";

export interface ReviewPageOptions {
  /** Of glsa. */
  readonly version: string;
  /** The stack or job of the review. */
  readonly title?: string;
}

const ENGINES: Readonly<Record<Engine, string>> = {
  terraform: "Terraform",
  opentofu: "OpenTofu",
  pulumi: "Pulumi",
};

/**
 * A review as one HTML file without any program: what needs attention first, most severe first, then the routine
 * changes.
 */
export function reviewPage(review: Review, { version, title }: ReviewPageOptions): string {
  const heading = title === undefined ? "Review of a plan" : `Review: ${shown(title, "page")}`;
  const parts = sectionsOf(review);
  const others = othersSentence(review.others);
  return pageDocument({
    title: heading,
    header: markup`<h1>${heading}</h1>\n<p class="lead">${shown(verdictOf(review).sentence, "page")}</p>\n${remarks(review)}\n${contents(parts)}`,
    main: markup`${sections(parts)}${others === undefined ? null : markup`<p>${others}</p>`}`,
    footer: markup`<p>Written by glsa ${version} from a plan of ${ENGINES[review.engine]}. Days are UTC. Digest <code>${digestOfReview(review)}</code>. This file requests nothing from anywhere.</p>`,
  });
}

function remarks({ errored, remarks: sentences }: Review): Markup | null {
  if (sentences.length === 0) return null;
  return warningBox(errored ? "The plan failed" : "About this plan", sentences);
}

function sectionsOf(review: Review): Section[] {
  const accounts = review.accounts.map((account) => ({ account, ...byAttention(account) }));
  const changes = accounts.filter(({ eyes }) => eyes.length > 0);
  const routine = accounts.filter((each) => each.routine.length > 0);
  const all: Section[] = [
    { id: "findings", title: "Findings", count: review.findings.length, body: findings(review) },
    {
      id: "open",
      title: "Not judged yet",
      count: review.notJudged.length,
      body: list("findings", review.notJudged.map(questionItem)),
    },
    {
      id: "changes",
      title: "Changes",
      count: changes.reduce((sum, { eyes }) => sum + eyes.length, 0),
      body: markup`${changes.map(({ account, eyes }) => accountPart(account, eyes))}`,
    },
    {
      id: "routine",
      title: "Routine",
      count: routine.reduce((sum, each) => sum + each.routine.length, 0),
      body: markup`${routine.map((each) => accountPart(each.account, each.routine))}`,
    },
  ];
  return all.filter(({ count }) => count > 0);
}

function findings(review: Review): Markup {
  return list("findings", review.findings.map(findingItem));
}

function findingItem({ severity, rule, object, address, detail, remedy }: Finding): Markup {
  return item(
    severity,
    markup`<div><strong>${named(object)}</strong>: ${named(detail)}</div><div class="remedy">${named(remedy)}</div>`,
    markup`${rule} ${named(address)}`,
  );
}

function questionItem(question: Review["notJudged"][number]): Markup {
  const { rule, address } = question;
  return item("open", named(notJudgedSentence(question)), markup`${rule} ${named(address)}`);
}

function accountPart({ account, owner }: AccountReview, changes: readonly Change[]): Markup {
  const whose = owner === undefined ? null : markup` <span class="faint">${named(owner)}</span>`;
  return markup`<div class="account"><h3>${named(account)}${whose}</h3>${list("changes", changes.map(changeItem))}</div>\n`;
}

function changeItem(change: Change): Markup {
  const details = change.details.map(
    (detail) => markup`<div class="remedy">${named(detail)}</div>`,
  );
  return item(
    change.effect,
    markup`<div><strong>${named(change.object)}</strong>: <bdi>${sentenceOf(change, "page")}</bdi></div>${details}`,
    named(change.address),
  );
}

function list(kind: string, items: readonly Markup[]): Markup {
  return markup`<ul class="${kind}">${items}</ul>`;
}

function item(word: string, body: Markup, address: Markup): Markup {
  return markup`<li><div>${badge(word)}</div><div>${body}<div class="below"><code>${address}</code></div></div></li>\n`;
}
