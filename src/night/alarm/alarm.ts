import { utcDate } from "../../model";
import { CodedError } from "../../model/code";
import { shown } from "../../review/outputs";
import { given, hiddenMarker, type Environment } from "../../review/posting";
import { nameOf, reasonInWords, type ReadNight } from "../outputs";
import { githubIssues } from "./github-issues";
import { gitlabIssues } from "./gitlab-issues";
import type { AlarmIssues } from "./place";

export interface Alarm {
  /** Tells the alarms of several stacks apart. */
  readonly name: string;
  /** Undefined where the night ended before it could write one: killed, or never begun. */
  readonly night: ReadNight | undefined;
}

export interface RaisedAlarm {
  /** `issue #3 of project 12`, for messages. */
  readonly label: string;
  readonly done: "opened" | "noted";
}

/** Opens an issue about a night that failed, or adds a note to the one that is open. */
export async function raiseAlarm(alarm: Alarm, environment: Environment): Promise<RaisedAlarm> {
  const place = placeOf(alarm.name, environment);
  const marker = hiddenMarker("glsa-alarm", alarm.name);
  try {
    const text = alarmText(alarm, place.jobUrl);
    const open = await place.openIssue(marker);
    if (open !== undefined) {
      await place.note(open, text);
      return { label: place.label(open), done: "noted" };
    }
    const title = `The tokens of ${shown(alarm.name, "line")} could not be rotated`;
    return { label: place.label(await place.open(title, `${marker}\n${text}`)), done: "opened" };
  } finally {
    await place.close();
  }
}

function alarmText({ night }: Alarm, jobUrl: string | undefined): string {
  const day = utcDate(new Date());
  const where = jobUrl === undefined ? "." : `: ${jobUrl}`;
  const reason = night?.failure ?? undefined;
  const left = (night?.left ?? []).filter((token) => token.reason !== "limit");
  return [
    `The night of ${day} failed${where}`,
    ...(night === undefined ? ["It ended before it could tell what it did."] : []),
    ...(reason === undefined ? [] : [shown(reason, "markdown")]),
    left
      .map(
        (token) =>
          `- ${nameOf(token, "markdown")} was not rotated: ${reasonInWords(token.reason)}. <sub>${shown(token.address, "code")}</sub>`,
      )
      .join("\n"),
    "Consumers go on with the tokens that they have, and the next night tries again.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function placeOf(name: string, environment: Environment): AlarmIssues {
  if (given(environment, "CI_API_V4_URL") !== undefined) return gitlabIssues(name, environment);
  if (given(environment, "GITHUB_REPOSITORY") !== undefined) return githubIssues(environment);
  throw new CodedError(
    "alarm-not-raised",
    "glsa alarm works in jobs of GitLab CI and GitHub Actions, and this is neither (CI_API_V4_URL and GITHUB_REPOSITORY are not set).",
  );
}
