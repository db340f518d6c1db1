import { isGitLabError } from "../../gitlab";
import { instanceAddress, type Owner } from "../../model";
import { CiVariable } from "../ci-variable/implementation";
import type {
  Delivered,
  Destination,
  DestinationHost,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import type { Settings } from "../record";
import { StoreError } from "../stored/store-error";
import { otherGitLab } from "./other-gitlab";
import { gitlabVariable } from "./record";

type VariableSettings = Settings<typeof gitlabVariable.attributes>;

export function place(settings: VariableSettings, host: DestinationHost): Destination {
  return new OtherVariable(settings, host);
}

/** A variable as `ci_variable` knows it, of another GitLab or of an instance; where it is, is asked for when needed. */
class OtherVariable implements Destination {
  readonly label: string;
  readonly address: string;
  readonly canRestore: boolean;
  private found: Promise<CiVariable> | undefined;

  constructor(
    private readonly settings: VariableSettings,
    private readonly host: DestinationHost,
  ) {
    const { base_url: url, project, group, key, environment_scope: scope } = settings;
    this.label = gitlabVariable.label(settings, String);
    this.canRestore = !settings.hidden;
    const path = (project ?? group)
      ?.trim()
      .replace(/^\/+|\/+$/g, "")
      .toLowerCase();
    const kind = project === null ? "group" : "project";
    const where = path === undefined ? "instance" : [kind, path];
    const at = url === null ? null : instanceAddress(url);
    this.address = `gitlab_variable ${JSON.stringify([at, where, key, scope])}`;
  }

  async check(claim: Ownership): Promise<void> {
    await this.guard(async () => {
      await (await this.variable()).check(claim);
      await this.refuseReadOnly();
    });
  }

  foresee(claim: Ownership): Promise<void> {
    return this.check(claim);
  }

  deliver(value: NewValue): Promise<Restore | undefined> {
    return this.guard(async () => (await this.variable()).deliver(value));
  }

  observe(delivered: Delivered): Promise<Observation> {
    return this.guard(async () => (await this.variable()).observe(delivered));
  }

  applySettings(): Promise<void> {
    return this.guard(async () => (await this.variable()).applySettings());
  }

  remove(delivered: Delivered): Promise<void> {
    return this.guard(async () => (await this.variable()).remove(delivered));
  }

  private variable(): Promise<CiVariable> {
    this.found ??= this.find().catch((error: unknown) => {
      this.found = undefined;
      throw error;
    });
    return this.found;
  }

  private async find(): Promise<CiVariable> {
    const { project, group, key, environment_scope: environmentScope } = this.settings;
    const { gitlab, inventory } = otherGitLab(this.settings, this.host);
    const kind = project === null ? "group" : "project";
    const spelling = project ?? group;
    const container: Owner =
      spelling === null
        ? { kind: "instance" }
        : { kind, id: (await inventory.containers.resolve(kind, spelling)).id };
    const variable = { container, key, environmentScope };
    return new CiVariable(gitlab, inventory, variable, this.settings, this.label);
  }

  /** Who may read variables may write them; a token may be allowed less than its user. */
  private async refuseReadOnly(): Promise<void> {
    const { gitlab } = otherGitLab(this.settings, this.host);
    const scopes = await gitlab.ownTokenScopes();
    if (scopes === undefined || scopes.includes("api")) return;
    throw new StoreError(`its token has the scopes ${scopes.join(", ")}, and writing needs api`, {
      remedy: "Use a token with the scope api.",
      isDenied: true,
    });
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreError) {
        const { message, remedy, isLocal } = error;
        throw new DeliveryError(this.label, message, remedy, { isLocal });
      }
      if (!isGitLabError(error)) throw error;
      const isLocal = isGitLabError(error, "unauthorized", "forbidden", "unreachable");
      throw new DeliveryError(this.label, error.message, error.remedy, { isLocal });
    }
  }
}
