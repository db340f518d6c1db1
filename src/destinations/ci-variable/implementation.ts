import {
  isGitLabError,
  type GitLab,
  type GitLabError,
  type VariableAddress,
  type VariableEntity,
} from "../../gitlab";
import { confirmVisible, describeOwner, InvisibleError, type Inventory } from "../../inventory";
import { fingerprint, isSameStack, type Container } from "../../model";
import { formatDeliveryNote, readDeliveryNote } from "../delivery-note";
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
import type { ciVariable } from "./record";

export interface CiVariableOptions {
  readonly protected: boolean;
  readonly masked: boolean;
  /** Only a new variable can be hidden, and a hidden one stays so. */
  readonly hidden: boolean;
  readonly raw: boolean;
  /** Take over a variable that something else made. */
  readonly overwrite: boolean;
}

export function place(
  settings: Settings<typeof ciVariable.attributes>,
  { gitlab, inventory }: DestinationHost,
  container: Container | null,
): Destination {
  if (container === null) throw new Error("a ci_variable names no project or group");
  const { key, environment_scope: environmentScope } = settings;
  return new CiVariable(gitlab, inventory, { container, key, environmentScope }, settings);
}

/**
 * A CI/CD variable of a project or group.
 * @see https://docs.gitlab.com/ci/variables/
 */
export class CiVariable implements Destination {
  readonly label: string;
  readonly address: string;

  constructor(
    private readonly gitlab: GitLab,
    private readonly inventory: Inventory,
    private readonly variable: VariableAddress,
    private readonly options: CiVariableOptions,
    label?: string,
  ) {
    const { container, key, environmentScope } = variable;
    const scope = environmentScope === "*" ? "" : ` (environment scope ${environmentScope})`;
    this.label = label ?? `CI/CD variable "${key}" of ${describeOwner(container)}${scope}`;
    this.address = `ci_variable ${describeOwner(container)} ${key} ${environmentScope}`;
  }

  get canRestore(): boolean {
    return !this.options.hidden;
  }

  async check({ key, deliveredBefore }: Ownership): Promise<void> {
    const present = await this.guard(() => this.inventory.variables.find(this.variable));
    if (present === undefined) return;
    const note = readDeliveryNote(present.description);
    // Within one stack no two tokens share a destination, so what is there was this one's, or was given up.
    const isOurs = note !== undefined && isSameStack(note.marker.key, key);
    if (!this.options.overwrite && !deliveredBefore && !isOurs) {
      throw new DeliveryError(
        this.label,
        "it exists already and was not made by this declaration",
        "Delete the variable, choose another key, or set overwrite = true to take it over.",
      );
    }
    if ((present.hidden ?? false) !== this.options.hidden) {
      throw new DeliveryError(
        this.label,
        `it is ${present.hidden ? "" : "not "}hidden, and GitLab never changes that`,
        `Set hidden = ${present.hidden ?? false}, or delete the variable so that it is made anew.`,
      );
    }
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    const before = await this.guard(() => this.read());
    await this.guard(() => this.write(newValue, before));
    this.inventory.variables.forget(this.variable.container);
    if (before === undefined)
      return () => this.guard(() => this.gitlab.variables.delete(this.variable));
    const { value } = before;
    if (value === null) return undefined;
    return () => this.guard(async () => void (await this.put({ ...before, value })));
  }

  async observe(delivered: Delivered): Promise<Observation> {
    const present = await this.guard(() => this.inventory.variables.find(this.variable));
    const note = readDeliveryNote(present?.description);
    const isNoted = note?.tokenId === delivered.tokenId;
    // An imported token was not delivered by us, so nothing there can be compared with it.
    if (delivered.fingerprint === null && !isNoted) return { kind: "not_comparable" };
    if (present === undefined) return { kind: "missing" };
    if (present.value === null && note === undefined) return { kind: "not_comparable" };
    const isDeliveredValue = present.value === null ? isNoted : isDelivered(present, delivered);
    if (!isDeliveredValue) return { kind: "value_changed" };
    const settings = { protected: present.protected, masked: present.masked, raw: present.raw };
    const asDeclared =
      settings.protected === this.options.protected &&
      settings.masked === this.options.masked &&
      settings.raw === this.options.raw;
    return asDeclared ? { kind: "unchanged" } : { kind: "settings_changed", settings };
  }

  async applySettings(): Promise<void> {
    const { protected: isProtected, masked, raw } = this.options;
    await this.guard(() =>
      this.gitlab.variables.update(this.variable, { protected: isProtected, masked, raw }),
    );
    this.inventory.variables.forget(this.variable.container);
  }

  async remove(delivered: Delivered): Promise<void> {
    const present = await this.guard(() => this.read());
    if (present === undefined || !isDelivered(present, delivered)) return;
    await this.guard(() => this.gitlab.variables.delete(this.variable));
    this.inventory.variables.forget(this.variable.container);
  }

  private async write(newValue: NewValue, before: VariableEntity | undefined): Promise<void> {
    const { protected: isProtected, masked, raw, hidden } = this.options;
    const description = formatDeliveryNote(newValue);
    const fields = { value: newValue.value, protected: isProtected, masked, raw, description };
    try {
      if (before === undefined) {
        await this.gitlab.variables.create(this.variable, fields, { hidden });
      } else {
        await this.gitlab.variables.update(this.variable, fields);
      }
    } catch (error) {
      if (!isGitLabError(error) || !error.mayHaveTakenEffect) throw error;
      await this.confirmWritten(newValue, error);
    }
  }

  /** A write whose response was lost is looked up; only if that fails too, the result is unknown. */
  private async confirmWritten({ tokenId }: NewValue, failure: GitLabError): Promise<void> {
    const { message, remedy } = failure;
    let now: VariableEntity | undefined;
    try {
      now = await this.read();
    } catch {
      throw new DeliveryError(this.label, message, remedy, { mayHoldValue: true });
    }
    if (readDeliveryNote(now?.description)?.tokenId === tokenId) return;
    throw new DeliveryError(this.label, message, remedy);
  }

  private put(fields: VariableEntity & { value: string }): Promise<VariableEntity> {
    const { value, protected: isProtected, masked, raw, description } = fields;
    return this.gitlab.variables.update(this.variable, {
      value,
      protected: isProtected,
      masked,
      raw,
      description: description ?? "",
    });
  }

  /** As it is at this moment, whatever a list said before. */
  private async read(): Promise<VariableEntity | undefined> {
    try {
      return await this.gitlab.variables.get(this.variable);
    } catch (error) {
      if (!isGitLabError(error, "not_found")) throw error;
      await confirmVisible(this.gitlab, this.variable.container);
      return undefined;
    }
  }

  private async guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isGitLabError(error)) {
        // A merge request's plan may run with a token that may do less.
        const isLocal = isGitLabError(error, "forbidden");
        throw new DeliveryError(this.label, error.message, error.remedy, { isLocal });
      }
      if (error instanceof InvisibleError) {
        throw new DeliveryError(this.label, error.message, error.remedy);
      }
      throw error;
    }
  }
}

function isDelivered(present: VariableEntity, { tokenId, fingerprint: known }: Delivered): boolean {
  if (present.value !== null && known !== null) return fingerprint(present.value) === known;
  return readDeliveryNote(present.description)?.tokenId === tokenId;
}
