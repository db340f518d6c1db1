import type { DestinationForm, TokenForm } from "../objects/forms";
import { isKnown } from "../objects/values";
import type { Change, Effect } from "../review";
import type { Tell } from "./change";
import { differingNames, fromTo } from "./settings";

/** Settings by which more people or jobs see a value, once they have this value. */
const OPENS: readonly (readonly [name: string, value: boolean])[] = [
  ["protected", false],
  ["masked", false],
];

interface Circumstances {
  readonly tell: Tell;
  /** Whether a token is made, whose value goes everywhere. */
  readonly isRenewed: boolean;
  /** Whether there is no value to deliver yet. */
  readonly isLater: boolean;
}

export function deliveryChanges(
  before: TokenForm,
  after: TokenForm,
  { tell, isRenewed, isLater }: Circumstances,
): Change[] {
  if (isVeiled(before) || isVeiled(after)) {
    return [
      tell("delivery-changed", "gains", "destinations changed, and the plan does not tell how"),
    ];
  }
  const had = destinationsOf(before);
  const respellings = isLater ? [] : respellingsAmong(had, destinationsOf(after), isRenewed);
  const has = destinationsOf(after).map((each) => {
    const other = respellings.find(({ now }) => now === each);
    return other === undefined ? each : { ...each, identity: other.was.identity };
  });
  const identities = (all: readonly DestinationForm[]) =>
    new Set(all.map(({ identity }) => identity));
  const [old, now] = [identities(had), identities(has)];
  return [
    ...has
      .filter(({ identity }) => !old.has(identity))
      .map((each) => (isLater ? later(each, tell) : addition(each, tell))),
    ...had.filter(({ identity }) => !now.has(identity)).map((each) => removal(each, tell)),
    ...respellings.map((each) => respelling(each, isRenewed, tell)),
    ...has.flatMap((each) => {
      const other = had.find(({ identity }) => identity === each.identity);
      return other === undefined ? [] : destinationChanges(other, each, tell);
    }),
  ];
}

/** For a token that is made or goes, in a line each. */
export function deliveryDetails(form: TokenForm, verb: string): string[] {
  if (isVeiled(form)) return [`${verb} to destinations that the plan does not tell.`];
  return destinationsOf(form).map((each) => `${verb} to ${inLine(each)}.`);
}

/** `CI/CD variable X of platform/charts (not protected)` */
export function inLine({ label, remarks }: DestinationForm): string {
  return remarks.length === 0 ? label : `${label} (${remarks.join(", ")})`;
}

export function destinationsOf({ destinations }: TokenForm): readonly DestinationForm[] {
  return isKnown(destinations) ? destinations : [];
}

function isVeiled({ destinations }: TokenForm): boolean {
  return destinations !== null && !isKnown(destinations);
}

interface Respelling {
  readonly was: DestinationForm;
  readonly now: DestinationForm;
}

/** The provider numbers places. A plan of an earlier version does not tell the numbers. */
function respellingsAmong(
  had: readonly DestinationForm[],
  has: readonly DestinationForm[],
  isRenewed: boolean,
): Respelling[] {
  if (has.some(({ id }) => id === undefined)) return isRenewed ? [] : likelyRespellings(had, has);
  return has.flatMap((now) => {
    // States of earlier versions have no numbers, and the provider then counts.
    const was = had.find(({ id }, at) => (id ?? at + 1) === now.id);
    return was === undefined || was.identity === now.identity ? [] : [{ was, now }];
  });
}

/** A place that is new makes a new token. Where there is none, what looks new is an old place in other words. */
function likelyRespellings(
  had: readonly DestinationForm[],
  has: readonly DestinationForm[],
): Respelling[] {
  const without = (all: readonly DestinationForm[], others: readonly DestinationForm[]) =>
    all.filter(({ identity }) => !others.some((other) => other.identity === identity));
  const left = without(had, has);
  return without(has, had).flatMap((now) => {
    const at = left.findIndex(({ kindred }) => kindred !== undefined && kindred === now.kindred);
    const [was] = at < 0 ? [] : left.splice(at, 1);
    return was === undefined ? [] : [{ was, now }];
  });
}

function respelling({ was, now }: Respelling, isRenewed: boolean, tell: Tell): Change {
  const value = isRenewed
    ? "nothing is removed, and the next token's value goes there as everywhere."
    : "no value is delivered or removed.";
  return tell("delivery-changed", "changes", "destination written differently", {
    from: was.label,
    to: now.label,
    details: [`It is the same place: ${value}`],
  });
}

function addition(destination: DestinationForm, tell: Tell): Change {
  return tell("delivery-added", destination.isUnprotected ? "gains" : "changes", "also delivered", {
    to: inLine(destination),
  });
}

/** The value of a token that something else made is not known, so that there is none to deliver. */
function later(destination: DestinationForm, tell: Tell): Change {
  return tell("delivery-added", "changes", "delivered from its first rotation on", {
    to: inLine(destination),
    details: ["Until then glsa delivers nothing there: it does not know the value."],
  });
}

function removal(destination: DestinationForm, tell: Tell): Change {
  const { label, settings } = destination;
  const kept = settings["on_destroy"] === "keep";
  return tell("delivery-removed", "loses", "no longer delivered", {
    from: label,
    details: [kept ? "The value stays there (on_destroy = keep)." : "The value is removed there."],
  });
}

function destinationChanges(before: DestinationForm, after: DestinationForm, tell: Tell): Change[] {
  return differingNames(before.settings, after.settings).map((name) => {
    const value = after.settings[name] ?? null;
    const opens = OPENS.some(([opening, open]) => opening === name && open === value);
    const effect: Effect = opens ? "gains" : "changes";
    const summary = `${after.label}: ${name}`;
    return tell("delivery-changed", effect, summary, fromTo(before.settings[name] ?? null, value));
  });
}
