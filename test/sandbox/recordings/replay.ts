import { compareBodies, compareErrors, type Difference } from "./compare";
import { compareHeaders } from "./compare-headers";
import { Identities } from "./identities";
import { PreparedInstance } from "./prepared-instance";
import type { Interaction, Json, JsonObject, Recording } from "./recording";

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Plays all requests of a recording in order; answers every difference, as one line each. */
export async function replay(recording: Recording): Promise<string[]> {
  const instance = await PreparedInstance.start(recording);
  try {
    const identities = new Identities();
    instance.introduce(recording, identities);
    learnPreparedTokens(recording, instance, identities);
    const lines: string[] = [];
    for (const [index, interaction] of recording.interactions.entries()) {
      const answer = await ask(instance.url, interaction, identities);
      learn(recording, index, interaction, answer, identities);
      const differences = [
        ...compareAnswers(interaction, answer, identities),
        ...compareTokenLengths(recording, index, answer),
      ];
      lines.push(...differences.map((difference) => describe(index, interaction, difference)));
    }
    return lines;
  } finally {
    await instance.close();
  }
}

function learnPreparedTokens(
  { file, tokens }: Recording,
  instance: PreparedInstance,
  identities: Identities,
): void {
  for (const [alias, { kind, label = "" }] of Object.entries(tokens)) {
    if (kind !== "prepared") continue;
    const token = instance.tokens.get(label);
    if (!token) throw new Error(`${file}: the prepared token "${label}" is unknown here`);
    identities.learnTokenValue(alias, token.value);
  }
}

async function ask(url: string, { request }: Interaction, identities: Identities): Promise<Answer> {
  const query = new URLSearchParams(
    Object.entries(request.query).map(([key, value]): [string, string] => [
      key,
      identities.name(value),
    ]),
  ).toString();
  const { "Private-Token": alias = "", ...headers } = request.headers;
  const response = await fetch(`${url}${identities.path(request.path)}${query && `?${query}`}`, {
    method: request.method,
    headers: { ...headers, "Private-Token": identities.tokenValue(alias) },
    ...(request.body !== null && { body: JSON.stringify(request.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

/** An empty body is an empty text in the recordings; one that is no JSON stays a text. */
function parse(text: string): Json {
  try {
    return text === "" ? "" : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

const objectsOf = (body: Json): JsonObject[] =>
  [body].flat().filter((value): value is JsonObject => typeof value === "object" && value !== null);

/** Remembers which of our objects stand for the recorded ones that an answer shows. */
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
    if (!ours) continue;
    if (kind) identities.learnId(kind, recorded["id"], ours["id"]);
    identities.learnId("user", recorded["user_id"], ours["user_id"]);
    identities.learnName(recorded["username"], ours["username"]);
  }
  for (const [alias, token] of Object.entries(recording.tokens)) {
    const value = answered[0]?.["token"];
    if (token.issued_by === index && typeof value === "string")
      identities.learnTokenValue(alias, value);
  }
}

function compareAnswers(
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
    ...compareHeaders(interaction, answer.headers, identities),
  ];
}

/** Base 36 digits of a user's id, which are part of newer token values. */
const digits = (userId: number): number => userId.toString(36).length;

/** Token lengths are recorded here and there; they grow with the owner's id, ours being smaller. */
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

function describe(index: number, { request }: Interaction, difference: Difference): string {
  const { where, recorded, answered } = difference;
  return `${index} ${request.method} ${request.path} ${where}: recorded ${recorded}, answered ${answered}`;
}
