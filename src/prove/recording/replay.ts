import type { SandboxControl } from "../../sandbox";
import { compareBodies, compareErrors, type Difference } from "./compare";
import { compareHeaders } from "./compare-headers";
import { Identities } from "./identities";
import { timeOf, type Interaction, type Json, type JsonObject, type Recording } from "./recording";

/** A stand-in in the state that a recording assumes before its first request. */
export interface Stage {
  readonly url: string;
  readonly control: SandboxControl;
  /** The ids and token values for those that the recording begins with. */
  introduce(recording: Recording, identities: Identities): void;
  close(): Promise<void>;
}

/** The result of one interaction. */
export interface Replayed {
  /** Method and path, as recorded. */
  readonly request: string;
  /** False if the stand-in lacks the object in the request, because an earlier response differed. */
  readonly isCompared: boolean;
  readonly differences: readonly Difference[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Plays all requests of a recording in order, at the recorded times, and compares the responses. */
export async function replay(recording: Recording, stage: Stage): Promise<Replayed[]> {
  const identities = new Identities();
  stage.introduce(recording, identities);
  // What is deleted in the background disappears when the recording first shows it gone.
  stage.control.setDeletionDelay(null);
  const replayed: Replayed[] = [];
  for (const [index, interaction] of recording.interactions.entries()) {
    const { method, path } = interaction.request;
    const request = `${method} ${path}`;
    if (!canBeAsked(recording, interaction, identities)) {
      replayed.push({ request, isCompared: false, differences: [] });
      continue;
    }
    setTheScene(recording, interaction, stage.control);
    const answer = await ask(stage.url, interaction, identities);
    learn(recording, index, interaction, answer, identities);
    const differences = [
      ...compareAnswers(recording, interaction, answer, identities),
      ...compareTokenLengths(recording, index, answer),
    ];
    replayed.push({ request, isCompared: true, differences });
  }
  return replayed;
}

function canBeAsked(
  { tokens }: Recording,
  { request }: Interaction,
  identities: Identities,
): boolean {
  const alias = request.headers["Private-Token"] ?? "";
  const isKnown = tokens[alias]?.kind !== "issued" || identities.hasTokenValue(alias);
  return isKnown && !identities.namesLost(request.path);
}

/** The recorded time, and always later than before: an object that is created later sorts later. */
function setTheScene(
  recording: Recording,
  interaction: Interaction,
  control: SandboxControl,
): void {
  const recorded = Date.parse(timeOf(recording, interaction));
  control.setClock(new Date(Math.max(recorded, Date.parse(control.now()) + 1)));
  const { request, response } = interaction;
  if (request.method === "GET" && response.status === 404) control.purge();
}

async function ask(url: string, { request }: Interaction, identities: Identities): Promise<Answer> {
  const query = new URLSearchParams(identities.query(request.query)).toString();
  const { "Private-Token": alias, ...headers } = request.headers;
  const response = await fetch(`${url}${identities.path(request.path)}${query && `?${query}`}`, {
    method: request.method,
    headers: {
      ...headers,
      ...(alias !== undefined && { "Private-Token": identities.tokenValue(alias) }),
    },
    redirect: "manual",
    ...(request.body !== null && { body: JSON.stringify(identities.body(request.body)) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

/** An empty body is an empty string in the recordings. A body that is not JSON stays a string. */
function parse(text: string): Json {
  try {
    return text === "" ? "" : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

const objectsOf = (body: Json): JsonObject[] =>
  [body].flat().filter((value): value is JsonObject => typeof value === "object" && value !== null);

/** Stores which of the stand-in's objects correspond to the recorded ones in a response. */
function learn(
  recording: Recording,
  index: number,
  { request, response }: Interaction,
  answer: Answer,
  identities: Identities,
): void {
  const kind = Identities.kindAt(request.path);
  const answered = objectsOf(answer.body);
  for (const [position, recorded] of objectsOf(response.body).entries()) {
    const ours = answered[position];
    if (kind) identities.learnId(kind, recorded["id"], ours?.["id"]);
    if (ours === undefined) continue;
    identities.learnId("user", recorded["user_id"], ours["user_id"]);
    for (const key of ["username", "full_path", "path_with_namespace"]) {
      identities.learnName(recorded[key], ours[key]);
    }
  }
  for (const [alias, token] of Object.entries(recording.tokens)) {
    const value = answered[0]?.["token"];
    if (token.issued_by === index && typeof value === "string")
      identities.learnTokenValue(alias, value);
  }
}

function compareAnswers(
  recording: Recording,
  interaction: Interaction,
  answer: Answer,
  identities: Identities,
): Difference[] {
  const { status, body } = interaction.response;
  if (status !== answer.status) {
    const answered = `${answer.status} ${JSON.stringify(answer.body)}`;
    return [{ where: "status", recorded: String(status), answered }];
  }
  return [
    ...(status < 400 ? compareBodies(body, answer.body) : compareErrors(body, answer.body)),
    ...compareHeaders(interaction, answer.headers, {
      identities,
      // A proxy in front of a private instance may set these.
      withFront: recording.prepared === undefined,
    }),
  ];
}

/** Base 36 digits of a user's id, which are part of newer token values. */
const digits = (userId: number): number => userId.toString(36).length;

/** Token lengths are recorded in some places. They grow with the owner's id, and the stand-in's ids are smaller. */
function compareTokenLengths(recording: Recording, index: number, answer: Answer): Difference[] {
  const [ours] = objectsOf(answer.body);
  return recording.redacted_values
    .filter(({ interaction, pointer }) => interaction === index && pointer === "/token")
    .flatMap(({ recorded_length: recorded, token }) => {
      const owner = recording.tokens[token]?.user_id;
      const [value, userId] = [ours?.["token"], ours?.["user_id"]];
      if (recorded === null || typeof value !== "string" || typeof userId !== "number") return [];
      if (owner === undefined || digits(owner) !== digits(userId)) return [];
      return value.length === recorded
        ? []
        : [{ where: "length of /token", recorded: `${recorded}`, answered: `${value.length}` }];
    });
}
