/** Where one Vault is and which namespace of it is meant. */
export interface VaultServer {
  /** Without `/v1` and without a slash at the end. */
  readonly address: string;
  /** Empty for the root namespace. */
  readonly namespace: string;
  /** A PEM file of certificates to trust beside the system's. */
  readonly caFile: string | undefined;
}
