import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { glsaProvider } from "../../src/resources";
import { withNulls, type Attribute, type Attributes } from "../../src/provider/contract";
import { propertyNames, resourceToken } from "../../src/provider/pulumi/names";
import {
  NO_CHANGES,
  type ProviderCalls,
  type WireStruct,
} from "../../src/provider/pulumi/protocol";
import { createProviderCalls } from "../../src/provider/pulumi/provider";
import { Session } from "../../src/provider/pulumi/session";
import {
  isPropertyList,
  isPropertyMap,
  revealed,
  toProperties,
  type PropertyMap,
  type PropertyValue,
} from "../../src/provider/pulumi/values";
import { fromStruct, toStruct } from "../../src/provider/pulumi/wire";
import { SharedLedger, solitaryLedger, type Ledger } from "../../src/run";
import { completionProblems } from "../support/consistency";
import { settingsOf, type Host, type Outcome, type Type, type Values } from "./host";

interface Kept {
  readonly id: string;
  readonly properties: WireStruct;
}

let walks = 0;

/** One object under the calls that Pulumi makes for a preview and an update, in process. */
export class PulumiHost implements Host {
  private readonly provider = glsaProvider("0.0.0", () => this.ledger);
  private ledger: Ledger = solitaryLedger();
  private readonly attributes: Attributes;
  private readonly urn: string;
  private calls!: ProviderCalls;
  private kept: Kept | undefined;

  constructor(
    typeName: Type,
    private readonly settings: Values,
  ) {
    const schema = this.provider.resources[typeName]?.schema;
    if (schema === undefined) throw new Error(`there is no ${typeName}`);
    this.attributes = schema.attributes;
    this.urn = `urn:pulumi:dev::test::${resourceToken("glsa", typeName)}::late`;
  }

  get state(): Values {
    return this.kept === undefined
      ? {}
      : fieldsOf(this.attributes, fromStruct(this.kept.properties));
  }

  async change(first: Values, second: Values): Promise<Outcome> {
    const run = mkdtempSync(join(tmpdir(), "glsa-late-run-"));
    try {
      return await this.changeIn(run, first, second);
    } finally {
      rmSync(run, { recursive: true, force: true });
    }
  }

  private async changeIn(run: string, first: Values, second: Values): Promise<Outcome> {
    this.calls = await this.walk(run);
    const foreseen = await this.preview(await this.check(first));
    if (foreseen === "none" || foreseen === "replaced") return foreseen;
    this.calls = await this.walk(run);
    const outcome = await this.update(await this.check(second));
    if (outcome === "none") return "same";
    if (outcome === "replaced") throw new Error("replaced, although it was previewed in place");
    if (outcome === "late") return outcome;
    const problems = completionProblems(this.attributes, foreseen, this.state);
    if (problems.length > 0) throw new Error(problems.join("\n"));
    return outcome;
  }

  async destroy(): Promise<void> {
    if (this.kept === undefined) return;
    this.calls = await this.walk();
    const { urn, kept } = this;
    await this.calls.Delete({ urn, id: kept.id, properties: kept.properties });
    this.kept = undefined;
  }

  /** Preview and update each have a provider process of their own. */
  private async walk(run?: string): Promise<ProviderCalls> {
    walks += 1;
    const self = { pid: process.pid, start: String(walks) };
    this.ledger = run === undefined ? solitaryLedger() : new SharedLedger(run, () => false, self);
    const session = new Session(this.provider as never);
    await session.configure(settingsOf(this.provider, this.settings) as never);
    return createProviderCalls(session as never);
  }

  private async check(written: Values): Promise<WireStruct> {
    const inputs = toProperties(this.attributes, withNulls(this.attributes, written));
    const { inputs: checked, failures = [] } = await this.calls.Check({
      urn: this.urn,
      news: toStruct(inputs),
    });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    return checked ?? {};
  }

  private async diff(news: WireStruct, { id, properties }: Kept): Promise<Outcome> {
    const answer = await this.calls.Diff({ urn: this.urn, id, olds: properties, news });
    if (answer.changes === NO_CHANGES) return "none";
    return (answer.replaces ?? []).length > 0 ? "replaced" : "changed";
  }

  private async preview(news: WireStruct): Promise<Values | "none" | "replaced"> {
    const { urn, kept } = this;
    if (kept === undefined) {
      const { properties } = await this.calls.Create({ urn, properties: news, preview: true });
      return fieldsOf(this.attributes, fromStruct(properties));
    }
    const foreseen = await this.diff(news, kept);
    if (foreseen === "none" || foreseen === "replaced") return foreseen;
    const { id, properties: olds } = kept;
    const { properties } = await this.calls.Update({ urn, id, olds, news, preview: true });
    return fieldsOf(this.attributes, fromStruct(properties));
  }

  private async update(news: WireStruct): Promise<Outcome> {
    const { urn, kept } = this;
    if (kept === undefined) {
      const { id = "", properties } = await this.calls.Create({ urn, properties: news });
      this.kept = { id, properties: properties ?? {} };
      return "changed";
    }
    const outcome = await this.diff(news, kept);
    if (outcome !== "changed") return outcome;
    const { id, properties: olds } = kept;
    try {
      const { properties } = await this.calls.Update({ urn, id, olds, news });
      this.kept = { id, properties: properties ?? {} };
      return "changed";
    } catch (cause) {
      if (!String(cause).includes("[late-replacement]")) throw cause;
      return "late";
    }
  }
}

/** Properties under the names of their attributes, without the id, which engines keep apart. */
function fieldsOf(attributes: Attributes, map: PropertyMap): Values {
  const { toProperty } = propertyNames(attributes);
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => name !== "id")
      .map(([name, attribute]) => [
        name,
        fieldOf(attribute, revealed(map[toProperty.get(name) ?? name] ?? null)),
      ]),
  );
}

function fieldOf(attribute: Attribute, value: PropertyValue): unknown {
  if (!("attributes" in attribute)) return value;
  if (isPropertyList(value)) {
    return value.map((item) => fieldOf({ ...attribute, type: "object" }, item));
  }
  return isPropertyMap(value) ? fieldsOf(attribute.attributes, value) : value;
}
