import {
  DiagnosticError,
  type Attributes,
  type ConfigOf,
  type ResourceType,
  type StateOf,
  type Fields,
} from "../contract";
import type { Subject } from "./diagnostics";
import { decodeInputs } from "./inputs";
import { resourceToken } from "./names";
import { OutputCodec } from "./outputs";
import { PreviewMemory } from "./preview-memory";
import type { WireStruct } from "./protocol";
import type { Session } from "./session";
import { canonicalFields } from "./values";
import { fromStruct } from "./wire";

/** A program's declaration of one resource. */
export interface Wanted {
  readonly config: ConfigOf<Attributes>;
  /** Attributes that contain a secret. */
  readonly secrets: ReadonlySet<string>;
}

/** One type of resource as the handlers need it: created once, used by every call. */
export class ResourceHost<Context> {
  readonly subject: Subject;
  readonly outputs: OutputCodec;
  private readonly checked = new Set<string>();

  constructor(
    typeName: string,
    readonly type: ResourceType<Context>,
    private readonly session: Session<Context>,
  ) {
    const { name } = session.provider;
    this.subject = session.subject(resourceToken(name, typeName), type.schema);
    this.outputs = new OutputCodec(name, type.schema.attributes);
  }

  get context(): Context {
    return this.session.context;
  }

  get preview(): PreviewMemory {
    return new PreviewMemory(this.attributes, this.session.memory);
  }

  /**
   * The context for the first check of a declaration. Engines check it again when they replace its object, which must
   * not look like a second declaration.
   */
  contextOnce(urn: string): Context | undefined {
    if (this.checked.has(urn)) return undefined;
    this.checked.add(urn);
    return this.session.context;
  }

  get attributes(): Attributes {
    return this.type.schema.attributes;
  }

  /** Inputs that Check has already processed. */
  wanted(inputs: WireStruct | undefined): Wanted {
    const { config, secrets, problems } = decodeInputs(this.attributes, fromStruct(inputs));
    if (problems.length > 0) throw new DiagnosticError(...problems);
    return { config, secrets };
  }

  canonical(state: Fields): StateOf<Attributes> {
    return canonicalFields(this.attributes, state) as StateOf<Attributes>;
  }
}
