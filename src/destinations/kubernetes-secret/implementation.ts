import { isSameStack } from "../../model";
import { pauseAfterCollision } from "../collision";
import type {
  Delivered,
  Destination,
  NewValue,
  Observation,
  Ownership,
  Restore,
} from "../destination";
import { DeliveryError } from "../errors";
import { formatOf, keysOf } from "../format/record";
import type { Settings } from "../record";
import { SecretApi, type SecretObject } from "./api";
import { clusterOf } from "./cluster";
import { KubernetesError } from "./errors";
import { readKubeContext, type KubeContext } from "./kube-config";
import { SecretPart } from "./part";
import { keysOfSecret, typeOfSecret, type kubernetesSecret } from "./record";

type SecretSettings = Settings<typeof kubernetesSecret.attributes>;

export function place(settings: SecretSettings): Destination {
  return new KubernetesSecret(settings);
}

const ATTEMPTS = 5;

/**
 * Keys of one Secret. Other keys, labels and annotations belong to others: each delivery is a field manager of its own.
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
export class KubernetesSecret implements Destination {
  readonly label: string;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly canRestore = true;
  private readonly part: SecretPart;
  private readonly context: KubeContext | KubernetesError;
  /** It holds credentials. */
  readonly #environment: NodeJS.ProcessEnv;

  constructor(
    private readonly settings: SecretSettings,
    environment: NodeJS.ProcessEnv = process.env,
  ) {
    this.#environment = environment;
    const { namespace, name, labels, context, config_path: configPath } = settings;
    const hasKeys = keysOf(formatOf(settings)) !== undefined;
    this.part = new SecretPart(keysOfSecret(settings), hasKeys, labels ?? {});
    this.context = contextOrError(
      { context: context ?? undefined, configPath: configPath ?? undefined },
      environment,
    );
    const server = this.context instanceof KubernetesError ? (context ?? "") : this.context.server;
    const keys = this.part.keys.map((key) => `"${key}"`).join(", ");
    const noun = this.part.keys.length === 1 ? "key" : "keys";
    this.label = `${noun} ${keys} of Kubernetes Secret "${namespace}/${name}"${server === "" ? "" : ` at ${server}`}`;
    const [address = "", ...aliases] = this.part.keys.map(
      (key) => `kubernetes_secret ${JSON.stringify([server, namespace, name, key])}`,
    );
    this.address = address;
    this.aliases = aliases;
  }

  async check(claim: Ownership): Promise<void> {
    await this.guard(async (api) => {
      const present = await api.read();
      this.refuseUnfit(present);
      this.refuseForeign(present, claim);
      // As a delivery would be, by everything that may refuse one: rights, quotas, admission.
      await api.apply(this.part.filled(this.trial(claim.key), present, this.typeFor(present)), {
        manager: this.part.manager,
        force: this.part.isIn(present),
        dryRun: true,
      });
    });
  }

  async deliver(newValue: NewValue): Promise<Restore | undefined> {
    const before = await this.guard((api) => this.fill(api, newValue));
    return () => this.guard((api) => this.putBack(api, newValue, before));
  }

  async observe(delivered: Delivered): Promise<Observation> {
    return this.guard(async (api) => {
      const present = await api.read();
      const note = this.part.noteIn(present);
      // An imported token was not delivered by us, so nothing there can be compared with it.
      if (delivered.fingerprint === null && note?.tokenId !== delivered.tokenId) {
        return { kind: "not_comparable" };
      }
      if (present === undefined || !this.part.isIn(present)) return { kind: "missing" };
      if (!this.part.holdsDelivered(present, delivered)) return { kind: "value_changed" };
      if (this.part.hasLabels(present)) return { kind: "unchanged" };
      return { kind: "settings_changed", settings: { labels: this.part.labelsIn(present) } };
    });
  }

  async applySettings(): Promise<void> {
    await this.guard((api) =>
      persistently(async () => {
        const present = await api.read();
        if (present === undefined || !this.part.isIn(present)) return;
        const options = { manager: this.part.manager, force: true };
        await api.apply(this.part.relabelled(present), options);
      }),
    );
  }

  async remove(delivered: Delivered): Promise<void> {
    await this.guard((api) =>
      persistently(async () => {
        const present = await api.read();
        if (present === undefined || !this.part.holdsDelivered(present, delivered)) return;
        await this.empty(api, present);
      }),
    );
  }

  /** Returns what was there before. */
  private async fill(api: SecretApi, newValue: NewValue): Promise<SecretObject | undefined> {
    let before: SecretObject | undefined;
    let isLost = false;
    try {
      await persistently(async () => {
        const present = await api.read();
        if (isLost && this.part.holds(present, newValue)) return;
        before = present;
        isLost = true;
        await api
          .apply(this.part.filled(newValue, present, this.typeFor(present)), {
            manager: this.part.manager,
            force: this.part.isIn(present),
          })
          .catch((error: unknown) => {
            isLost = !(error instanceof KubernetesError) || error.mayHaveTakenEffect;
            throw error;
          });
      });
      return before;
    } catch (error) {
      throw this.failure(error, isLost);
    }
  }

  private async putBack(
    api: SecretApi,
    newValue: NewValue,
    before: SecretObject | undefined,
  ): Promise<void> {
    await persistently(async () => {
      const present = await api.read();
      if (present === undefined || !this.part.holds(present, newValue)) return;
      if (before === undefined || !this.part.isIn(before)) return this.empty(api, present);
      const options = { manager: this.part.manager, force: true };
      await api.apply(this.part.asBefore(before, present), options);
    });
  }

  /** Takes away what is ours, and the Secret where it was made for that. */
  private async empty(api: SecretApi, present: SecretObject): Promise<void> {
    const { manager, keys } = this.part;
    if (this.part.wasMade(present) && this.part.isAll(present)) {
      try {
        return await api.delete(present);
      } catch (error) {
        // Without the right to delete an empty Secret is left.
        if (!(error instanceof KubernetesError) || error.kind !== "forbidden") throw error;
      }
    }
    const left = await api.apply(this.part.emptied(present), { manager, force: true });
    // A key that another manager has set as well stays with that one.
    if (this.part.isIn(left)) await api.drop(keys, manager);
  }

  private refuseUnfit(present: SecretObject | undefined): void {
    if (present === undefined) return;
    if (present.immutable) {
      throw new KubernetesError(
        "refused",
        "the Secret is immutable, and Kubernetes never changes that",
        "Delete it, or write another name.",
      );
    }
    const type = this.typeFor(present);
    if (present.type === type) return;
    throw new KubernetesError(
      "refused",
      `the Secret is of type ${present.type}, not ${type}, and Kubernetes never changes that`,
      `Write type = "${present.type}", delete the Secret, or write another name.`,
    );
  }

  private refuseForeign(
    present: SecretObject | undefined,
    { key, deliveredBefore }: Ownership,
  ): void {
    if (deliveredBefore || this.settings.overwrite) return;
    for (const name of this.part.keys) {
      const note = this.part.noteOf(present, name);
      if (note !== undefined && !isSameStack(note.marker.key, key)) {
        throw new KubernetesError(
          "refused",
          `another stack of glsa delivers "${name}" there (an annotation says so)`,
          "Write another name or key, or set overwrite = true to take it over.",
        );
      }
      if (note !== undefined || present?.data[name] === undefined) continue;
      throw new KubernetesError(
        "refused",
        `it has "${name}" already, which was not written by this declaration`,
        "Remove the key, choose another one, or set overwrite = true to take it over.",
      );
    }
  }

  /** What neither the declaration nor its format asks for is as it is. */
  private typeFor(present: SecretObject | undefined): string {
    const wanted = typeOfSecret(this.settings);
    const isOpen = (this.settings.type ?? null) === null && wanted === "Opaque";
    return isOpen ? (present?.type ?? wanted) : wanted;
  }

  /** Represents the token that is not created yet. */
  private trial(key: string): NewValue {
    const marker = { key, generation: 0 };
    const entries = Object.fromEntries(this.part.keys.map((name) => [name, "trial"]));
    // The API server checks the contents of a pull secret.
    return { value: '{"auths":{}}', entries, tokenId: 0, marker };
  }

  private async guard<T>(work: (api: SecretApi) => Promise<T>): Promise<T> {
    try {
      if (this.context instanceof KubernetesError) throw this.context;
      const { namespace, name } = this.settings;
      return await work(new SecretApi(clusterOf(this.context, this.#environment), namespace, name));
    } catch (error) {
      throw this.failure(error);
    }
  }

  private failure(error: unknown, mayHoldValue = false): unknown {
    if (!(error instanceof KubernetesError)) return error;
    const { message, remedy, isLocal } = error;
    return new DeliveryError(this.label, message, remedy, { mayHoldValue, isLocal });
  }
}

function contextOrError(
  ...from: Parameters<typeof readKubeContext>
): KubeContext | KubernetesError {
  try {
    return readKubeContext(...from);
  } catch (error) {
    if (error instanceof KubernetesError) return error;
    throw error;
  }
}

/** Starts again, with the current contents, if they were changed meanwhile or a response was lost. */
async function persistently(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const isPassing =
        error instanceof KubernetesError &&
        (error.kind === "conflict" || error.mayHaveTakenEffect || error.kind === "silent");
      if (!isPassing || attempt === ATTEMPTS) throw error;
    }
    await pauseAfterCollision(attempt);
  }
}
