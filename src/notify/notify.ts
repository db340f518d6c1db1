import type { NotifySetting } from "../config";
import {
  BoundedConnection,
  NoAnswer,
  secrets,
  sendRepeatedly,
  serverText,
  SERVICE_RETRIES,
} from "../http";
import { withCode } from "../model";
import { bodyFor } from "./bodies";
import type { Message } from "./message";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sends each message to the places that want it.
 * @returns what could not be sent, a sentence each; it never throws, since what happened matters more than who was told
 */
export async function notify(
  messages: readonly Message[],
  settings: readonly NotifySetting[],
  environment: Environment,
): Promise<string[]> {
  const failures: string[] = [];
  for (const setting of settings) {
    for (const message of messages) {
      if (!setting.on.includes(message.occasion)) continue;
      const failure = await sent(message, setting, environment).catch((error: unknown) =>
        error instanceof Error ? serverText(error.message) : "an unknown failure",
      );
      if (failure !== undefined) failures.push(unsent(setting, message, failure));
    }
  }
  return failures;
}

function unsent({ to, urlEnv }: NotifySetting, { occasion }: Message, failure: string): string {
  return withCode(
    `The message about ${occasion} was not sent to ${to} (${urlEnv}): ${failure}.`,
    "notification-not-sent",
  );
}

async function sent(
  message: Message,
  { to, urlEnv, tokenEnv }: NotifySetting,
  environment: Environment,
): Promise<string | undefined> {
  const url = environment[urlEnv] ?? "";
  if (url === "") return `the variable ${urlEnv} is not set`;
  // Whoever has the address can write there.
  secrets.add(url, ...pathsOf(url));
  if (!/^https?:\/\//i.test(url)) return `${urlEnv} holds no address that begins with https://`;
  const token = tokenEnv === undefined ? undefined : environment[tokenEnv];
  if (tokenEnv !== undefined && !token) return `the variable ${tokenEnv} is not set`;
  if (token !== undefined) secrets.add(token);
  const connection = new BoundedConnection();
  const headers = {
    "content-type": "application/json",
    "user-agent": "glsa",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const body = bodyFor(to, message);
  const answer = await sendRepeatedly(SERVICE_RETRIES, {
    method: "POST",
    send: () => connection.attempt({ method: "POST", url, headers, body }),
    wait: (milliseconds) => connection.wait(milliseconds),
  });
  if (answer instanceof NoAnswer) return `no answer: ${serverText(answer.message, [url])}`;
  return answer.status < 300 ? undefined : `the answer was ${answer.status}`;
}

/** The secret of a webhook's address is in its path. */
function pathsOf(url: string): string[] {
  try {
    return new URL(url).pathname.split("/").filter((part) => part.length >= 16);
  } catch {
    return [];
  }
}
