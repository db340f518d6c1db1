import { instanceAddress, instanceKey, isSameInstance } from "../../model";

/** The GitLab of a provider configuration, by every address that refers to it. */
export class Instance {
  /** The address that this run uses, as users write it. */
  readonly address: string;

  /** @param others further addresses of the same instance */
  constructor(
    baseUrl: string,
    private readonly others: readonly string[],
  ) {
    this.address = instanceAddress(baseUrl);
  }

  /** Equal for all configurations with the same addresses, whichever of them they use. */
  get key(): string {
    return [this.address, ...this.others].map(instanceKey).sort()[0] ?? "";
  }

  isAt(address: string): boolean {
    return [this.address, ...this.others].some((own) => isSameInstance(own, address));
  }
}
