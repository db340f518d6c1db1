import { addDays, utcDate } from "../../model";
import type { Site } from "../real/clean";
import { bodyOf, type Incoming, type Outgoing } from "../real/target";
import { INVALID_TOKEN } from "../real/territory";
import type { Json, JsonObject } from "../recording/recording";
import type { Scenario, Step } from "./scenario";

const WAITS = 60;
const BETWEEN = 1000;
const PLACEHOLDER = /\{([^{}]+)\}/g;

/** Names an object that was not created, because an earlier response differed. */
class Missing extends Error {}

/** Sends a scenario's requests in order. Returns how many could not be sent, for lack of an earlier object. */
export async function play(
  { steps }: Scenario,
  site: Site,
  mark: string,
  /** Responses that were kept before. */
  kept: Readonly<Record<string, JsonObject>> = {},
): Promise<number> {
  const player = new Player(site, { ...kept, "": { group: site.territory.groupId, mark } });
  let skipped = 0;
  for (const step of steps) {
    try {
      await player.step(step);
    } catch (cause) {
      if (!(cause instanceof Missing)) throw cause;
      skipped++;
    }
  }
  return skipped;
}

class Player {
  private readonly kept: Map<string, JsonObject>;

  constructor(
    private readonly site: Site,
    kept: Readonly<Record<string, JsonObject>>,
  ) {
    this.kept = new Map(Object.entries(kept));
  }

  async step(step: Step): Promise<void> {
    const [method = "", path = ""] = step.ask.split(" ", 2);
    const outgoing: Outgoing = {
      method,
      path: `/api/v4${this.text(path)}`,
      query: Object.fromEntries(
        Object.entries(step.query ?? {}).map(([key, value]) => [key, this.text(value)]),
      ),
      token: this.tokenOf(step),
      body: step.body === undefined ? undefined : this.filled(step.body),
    };
    const incoming = await this.asked(outgoing, step.until);
    const body = bodyOf(incoming);
    const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
    if (step.keep !== undefined && incoming.status < 300 && isObject)
      this.kept.set(step.keep, body);
  }

  private async asked(outgoing: Outgoing, until: number | undefined): Promise<Incoming> {
    const { recorder } = this.site;
    let incoming = await recorder.ask(outgoing);
    for (let wait = 0; until !== undefined && incoming.status !== until; wait++) {
      if (wait === WAITS) break;
      await recorder.pause(BETWEEN);
      incoming = await recorder.ask(outgoing);
    }
    return incoming;
  }

  private tokenOf({ as }: Step): string | undefined {
    if (as === undefined) return this.site.token;
    if (as === "nobody") return undefined;
    return as === "never issued" ? INVALID_TOKEN : String(this.value(`${as}.token`));
  }

  private filled(value: Json): Json {
    if (typeof value === "string") {
      const [, whole] = /^\{([^{}]+)\}$/.exec(value) ?? [];
      return whole === undefined ? this.text(value) : this.value(whole);
    }
    if (Array.isArray(value)) return value.map((element) => this.filled(element));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, this.filled(held)]));
  }

  private text(template: string): string {
    return template.replace(PLACEHOLDER, (_match, name: string) => String(this.value(name)));
  }

  private value(name: string): Json {
    const [, days] = /^day([+-]\d+)$/.exec(name) ?? [];
    if (days !== undefined) return addDays(utcDate(new Date()), Number(days));
    const [first = "", key] = name.split(".");
    const value = key === undefined ? this.kept.get("")?.[first] : this.kept.get(first)?.[key];
    if (value === undefined) throw new Missing(name);
    return value;
  }
}
