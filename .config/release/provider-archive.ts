/** A zip of the provider for one platform, and what lock files say of it. */
export interface ProviderArchive {
  /** Such as `linux_amd64`. */
  readonly platform: string;
  readonly os: string;
  readonly architecture: string;
  readonly file: string;
  readonly size: number;
  /** Of the files in it. */
  readonly h1: string;
  /** Of the zip itself. */
  readonly zh: string;
}
