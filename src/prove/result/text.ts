import type { Bounds } from "../bounds";
import type { Outcome, Prospect } from "../prove";
import { MARK, VARIABLE_MARK } from "../mark";
import { SCENARIOS } from "../scenarios";
import { differenceCount, verdictOf } from "./verdict";

/** What a run would do and its maximum cost, to be read before it starts. */
export function describeRun({ subject, leftOvers }: Prospect, bounds: Bounds): string {
  const { version, tier, tierFrom, isAdministrator, user, group } = subject;
  const steps = SCENARIOS.flatMap((scenario) => scenario.steps).length;
  return [
    `GitLab ${version}, ${tier} (by ${tierFrom}), read as ${user.username}${isAdministrator ? ", an administrator" : ""}.`,
    `Everything is written in the group ${group.path} (number ${group.id}), under names that begin with ${MARK} or ${VARIABLE_MARK}.`,
    ...(leftOvers.length === 0
      ? ["The group is empty."]
      : ["An earlier run left this in it, which is removed first:", ...indented(leftOvers)]),
    "",
    "The run",
    ...SCENARIOS.map(({ name, about }) => `  ${name}: ${about}`),
    "  provider: the provider creates, changes, rotates, is killed three times, and destroys",
    `sends ${steps} requests and those of the provider, at most ${bounds.requests}; creates at most ${bounds.objects} objects; takes at most ${bounds.minutes} minutes.`,
    `Then it removes all of it, with at most ${bounds.cleaningRequests} requests in ${bounds.cleaningMinutes} minutes, also after Ctrl-C.`,
    "",
  ].join("\n");
}

/** The result of a run, for a terminal. */
export function describeOutcome(outcome: Outcome): string {
  const { proofs, checks, cleaned, endedBy, providerNotRun, requests, objects } = outcome;
  const broken = checks.filter(({ isKept }) => !isKept);
  const differences = proofs.flatMap(({ name, replayed }) =>
    replayed.flatMap(({ request, differences: found }, at) =>
      found.map(
        ({ where, recorded, answered }) =>
          `${name} ${at}, ${request}, ${where}: GitLab ${cut(recorded)}, stand-in ${cut(answered)}`,
      ),
    ),
  );
  return [
    `${requests} requests, ${objects} objects created.`,
    ...(endedBy === undefined ? [] : [`The run did not finish. ${endedBy}`]),
    ...(providerNotRun === undefined ? [] : [`The provider was not run. ${providerNotRun}`]),
    ...(checks.length === 0
      ? []
      : [`The provider kept ${checks.length - broken.length} of ${checks.length} promises.`]),
    ...indented(broken.map(({ promise, detail }) => `not kept: ${promise}. ${detail}`)),
    `The stand-in answers ${differences.length === 0 ? "everything alike" : `otherwise in ${differences.length} places`}.`,
    ...indented(differences),
    ...(cleaned.left.length === 0 ? ["Nothing is left behind."] : ["Left behind:"]),
    ...indented(cleaned.left),
    "",
  ].join("\n");
}

/** The result as a page. */
export function resultPage(outcome: Outcome, glsa: string): string {
  const { subject, proofs, checks, cleaned, endedBy, providerNotRun } = outcome;
  return [
    `# glsa prove: GitLab ${subject.version}, ${subject.tier}`,
    "",
    `glsa ${glsa}, ${subject.isAdministrator ? "administrator" : "Owner"}: **${verdictOf(outcome)}**, ${differenceCount(outcome)} differences, ${outcome.requests} requests.`,
    ...paragraph(endedBy),
    ...paragraph(providerNotRun),
    "",
    "| Part | Requests | Not compared | Differences |",
    "| ---- | -------- | ------------ | ----------- |",
    ...proofs.map(({ name, replayed }) => {
      const skipped = replayed.filter(({ isCompared }) => !isCompared).length;
      return `| ${name} | ${replayed.length} | ${skipped} | ${differenceCount({ proofs: [{ replayed } as never] })} |`;
    }),
    ...section("Differences", proofs.flatMap(differenceLines)),
    ...section(
      "The provider's promises",
      checks.map(
        ({ promise, isKept, detail }) =>
          `- ${isKept ? "kept" : "**not kept**"}: ${promise}${detail && ` (${code(detail)})`}`,
      ),
    ),
    ...section(
      "Left behind",
      cleaned.left.map((each) => `- ${code(each)}`),
    ),
    "",
  ].join("\n");
}

function differenceLines({ name, replayed }: Outcome["proofs"][number]): string[] {
  return replayed.flatMap(({ request, differences }, at) =>
    differences.map(
      ({ where, recorded, answered }) =>
        `- ${name} ${at}, ${code(request)}, ${code(where)}: GitLab ${code(cut(recorded))}, stand-in ${code(cut(answered))}`,
    ),
  );
}

const LONGEST = 300;

const cut = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;

/** A server's text stays text. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = longest > 0 ? " " : "";
  return `${fence}${room}${text.replace(/\s+/g, " ")}${room}${fence}`;
}

const indented = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const paragraph = (text: string | undefined): string[] => (text === undefined ? [] : ["", text]);

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines];
