import { notifySettingsOfFolder, type NotifySetting } from "../config";
import { notify, type Run } from "../notify";
import { githubRunUrl, linkable } from "../review/posting";

type Told = Parameters<typeof notify>[0];

/**
 * Tells what happened to the places that the folder's `glsa.config.json` names. What cannot be told is a warning, and changes
 * neither the run nor its exit code.
 */
export async function tell(folder: string, messages: Told): Promise<void> {
  const failures =
    messages.length === 0 ? [] : await notify(messages, settingsOf(folder), process.env);
  for (const failure of failures) process.stderr.write(`Warning: ${failure}\n`);
}

export function runNamed(name: string | undefined): Run {
  const { CI_JOB_URL: job } = process.env;
  return { name: name ?? "glsa", jobUrl: linkable(job ?? githubRunUrl(process.env)) };
}

function settingsOf(folder: string): readonly NotifySetting[] {
  try {
    return notifySettingsOfFolder(folder);
  } catch (failure) {
    process.stderr.write(
      `Warning: ${failure instanceof Error ? failure.message : "no settings"}\n`,
    );
    return [];
  }
}
