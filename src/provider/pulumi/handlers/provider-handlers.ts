import { DiagnosticError, sameValue, type Attributes } from "../../contract";
import { toPropertyName } from "../names";
import { packageSchema } from "../schema/package-schema";
import {
  CHANGES,
  NO_CHANGES,
  type Capabilities,
  type CheckAnswer,
  type CheckRequest,
  type ConfigureAnswer,
  type ConfigureRequest,
  type DiffAnswer,
  type DiffRequest,
  type HandshakeRequest,
  type WireStruct,
} from "../protocol/messages";
import type { Subject } from "../subject";
import { decodeSettings } from "../values/decode-settings";
import { markSensitive } from "../values/mark-sensitive";
import { fromStruct, toStruct } from "../values/wire-values";
import type { Session } from "./session";

/** Outputs and resources come as what they hold, and unknowns and secrets in their own form. */
const CAPABILITIES: Capabilities = {
  acceptSecrets: true,
  acceptResources: false,
  acceptOutputs: false,
};

/** The calls about the provider itself. */
export class ProviderHandlers<Context> {
  private readonly subject: Subject;
  private readonly attributes: Attributes;

  constructor(private readonly session: Session<Context>) {
    const { name, schema } = session.provider;
    this.subject = session.subject(`pulumi:providers:${name}`, schema);
    this.attributes = schema.attributes;
  }

  handshake({ engineAddress }: HandshakeRequest): Capabilities {
    if (engineAddress) this.session.log.attach(engineAddress);
    return CAPABILITIES;
  }

  schema(): { schema: string } {
    const translate = (text: string) => this.session.translate(text);
    return { schema: JSON.stringify(packageSchema(this.session.provider, translate)) };
  }

  check({ urn, news }: CheckRequest): Promise<CheckAnswer> {
    return this.subject.answering(async () => {
      const written = fromStruct(news);
      const { config, problems } = decodeSettings(this.attributes, written);
      const { provider } = this.session;
      const found = problems.length > 0 ? problems : (provider.validate?.(config) ?? []);
      const errors = await this.subject.warn(found, urn);
      const failures = errors.map((entry) => this.subject.toCheckFailure(entry));
      return { inputs: toStruct(markSensitive(this.attributes, written)), failures };
    }, urn);
  }

  /** Another token or address is no reason to replace everything that was made with the old one. */
  diff({ oldInputs, olds, news }: DiffRequest): DiffAnswer {
    const before = this.settings(oldInputs ?? olds);
    const after = this.settings(news);
    const changed = Object.keys(this.attributes).filter(
      (name) => !sameValue(before[name], after[name]),
    );
    if (changed.length === 0) return { changes: NO_CHANGES };
    return { changes: CHANGES, diffs: changed.map(toPropertyName) };
  }

  configure({ args }: ConfigureRequest): Promise<ConfigureAnswer> {
    return this.subject.answering(async () => {
      const { config, problems } = decodeSettings(this.attributes, fromStruct(args));
      if (problems.length > 0) throw new DiagnosticError(...problems);
      await this.session.configure(config);
      return { ...CAPABILITIES, supportsPreview: true };
    });
  }

  private settings(inputs: WireStruct | undefined): { readonly [name: string]: unknown } {
    return decodeSettings(this.attributes, fromStruct(inputs)).config;
  }
}
