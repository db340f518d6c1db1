import { glsaProvider } from "../../src/resources";
import { isUnknown, sameValue, withNulls, type Attributes } from "../../src/provider/contract";
import { NOTHING, SchemaCodec } from "../../src/provider/terraform/codec";
import type { DynamicValue, ProviderCalls, Response } from "../../src/provider/terraform/protocol";
import { createProviderCalls } from "../../src/provider/terraform/provider";
import { completionProblems, planProblems } from "../support/consistency";
import { settingsOf, type Host, type Outcome, type Type, type Values } from "./host";

interface Kept {
  readonly state: DynamicValue;
  readonly private: Uint8Array | undefined;
}

interface Planned {
  readonly action: "create" | "none" | "update" | "replace";
  readonly state: DynamicValue;
  readonly values: Values;
  readonly private: Uint8Array | undefined;
}

/** One object under the calls that Terraform makes, in process, held against Terraform's rules. */
export class TerraformHost implements Host {
  private readonly provider = glsaProvider("0.0.0");
  private readonly attributes: Attributes;
  private readonly codec: SchemaCodec;
  private calls: Promise<ProviderCalls>;
  private kept: Kept | undefined;

  constructor(
    private readonly typeName: Type,
    private readonly settings: Values,
  ) {
    const schema = this.provider.resources[typeName]?.schema;
    if (schema === undefined) throw new Error(`there is no ${typeName}`);
    this.attributes = schema.attributes;
    this.codec = new SchemaCodec(schema);
    this.calls = this.walk();
  }

  get state(): Values {
    return this.kept === undefined ? {} : (this.codec.decodeState(this.kept.state) ?? {});
  }

  async change(first: Values, second: Values): Promise<Outcome> {
    this.calls = this.walk();
    await this.refresh();
    const initial = await this.plan(first);
    if (initial.action === "none") return "none";
    if (initial.action === "replace") return "replaced";
    this.calls = this.walk();
    const final = await this.plan(second);
    if (final.action === "replace") return "late";
    this.agree(initial.values, final.values);
    if (final.action !== initial.action && final.action !== "none") {
      throw new Error(`${initial.action} was planned, and then ${final.action}`);
    }
    await this.apply(second, final);
    return final.action === "none" ? "same" : "changed";
  }

  async destroy(): Promise<void> {
    if (this.kept === undefined) return;
    this.calls = this.walk();
    const { typeName, kept } = this;
    const answer = await (
      await this.calls
    ).ApplyResourceChange({
      typeName,
      priorState: kept.state,
      plannedState: NOTHING,
      config: NOTHING,
      ...(kept.private && { plannedPrivate: kept.private }),
    });
    refuse(answer);
    this.kept = undefined;
  }

  /** Each walk of the engine is a provider process of its own. */
  private async walk(): Promise<ProviderCalls> {
    const calls = createProviderCalls(this.provider);
    const codec = new SchemaCodec(this.provider.schema);
    const config = codec.encode(settingsOf(this.provider, this.settings));
    refuse(await calls.ConfigureProvider({ config }));
    return calls;
  }

  private async refresh(): Promise<void> {
    if (this.kept === undefined) return;
    const { typeName, kept } = this;
    const answer = await (
      await this.calls
    ).ReadResource({
      typeName,
      currentState: kept.state,
      ...(kept.private && { private: kept.private }),
    });
    refuse(answer);
    if (!("newState" in answer) || answer.newState === undefined) throw new Error("no state");
    this.kept = { state: answer.newState, private: answer.private };
  }

  private async plan(written: Values): Promise<Planned> {
    const { typeName, kept, attributes } = this;
    const config = withNulls(attributes, written);
    const wire = this.codec.encode(config);
    refuse(await (await this.calls).ValidateResourceConfig({ typeName, config: wire }));
    const answer = await (
      await this.calls
    ).PlanResourceChange({
      typeName,
      config: wire,
      priorState: kept?.state ?? NOTHING,
      proposedNewState: wire,
      ...(kept?.private && { priorPrivate: kept.private }),
    });
    refuse(answer);
    if (!("plannedState" in answer) || answer.plannedState === undefined)
      throw new Error("no plan");
    const state = answer.plannedState;
    const prior = kept === undefined ? null : this.state;
    const values = this.codec.decodePlanned(state) ?? {};
    const problems = planProblems(attributes, { prior, config, planned: values });
    const isReplaced = (answer.requiresReplace ?? []).length > 0;
    if (!isReplaced && problems.length > 0) throw new Error(problems.join("\n"));
    return {
      action: this.actionOf(prior, values, isReplaced),
      state,
      values,
      private: answer.plannedPrivate,
    };
  }

  private actionOf(prior: Values | null, planned: Values, isReplaced: boolean): Planned["action"] {
    if (prior === null) return "create";
    if (isReplaced) return "replace";
    return sameValue(planned, prior) ? "none" : "update";
  }

  private async apply(written: Values, planned: Planned): Promise<void> {
    const { typeName, kept } = this;
    const answer = await (
      await this.calls
    ).ApplyResourceChange({
      typeName,
      config: this.codec.encode(withNulls(this.attributes, written)),
      priorState: kept?.state ?? NOTHING,
      plannedState: planned.state,
      ...(planned.private && { plannedPrivate: planned.private }),
    });
    refuse(answer);
    if (!("newState" in answer) || answer.newState === undefined) throw new Error("no state");
    this.kept = { state: answer.newState, private: answer.private };
    this.agree(planned.values, this.state);
    if (Object.values(this.state).some(isUnknown)) throw new Error("unknown after apply");
  }

  private agree(promised: Values, actual: Values): void {
    const problems = completionProblems(this.attributes, promised, actual);
    if (problems.length > 0) throw new Error(problems.join("\n"));
  }
}

function refuse({ diagnostics = [] }: Response): void {
  const errors = diagnostics.filter(({ severity }) => severity === 1);
  if (errors.length > 0) {
    throw new Error(errors.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n"));
  }
}
