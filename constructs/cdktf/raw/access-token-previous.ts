import { ComplexList, ComplexObject } from "cdktf";

/** The tokens that a newer one has replaced and that still work, oldest first. */
export class GlsaAccessTokenPreviousList extends ComplexList {
  /**
   * One of them.
   * @param index 0 for the oldest; Terraform refuses one that is beyond the end
   */
  get(index: number): GlsaAccessTokenPrevious {
    return new GlsaAccessTokenPrevious(
      this.terraformResource,
      this.terraformAttribute,
      this.wrapsSet,
      index,
    );
  }
}

/** A token that a newer one has replaced and that still works. */
export class GlsaAccessTokenPrevious extends ComplexObject {
  /** GitLab's number of it. */
  get tokenId(): number {
    return this.getNumberAttribute("token_id");
  }

  /** Which token of the declaration it was, counted from 1. */
  get generation(): number {
    return this.getNumberAttribute("generation");
  }

  /** When every destination held a newer token, in UTC; null as long as one may still hold this one. */
  get deliveredAt(): string {
    return this.getStringAttribute("delivered_at");
  }

  /** When its overlap ends, in UTC; the first apply after that revokes it. */
  get revokeAt(): string {
    return this.getStringAttribute("revoke_at");
  }

  /** When GitLab last saw it used, in UTC, up to ten minutes late. */
  get lastUsedAt(): string {
    return this.getStringAttribute("last_used_at");
  }

  /** From where it was used; empty before GitLab 19.4. */
  get lastUsedIps(): string[] {
    return this.getListAttribute("last_used_ips");
  }

  /** Why it is still alive, and for how long. */
  get note(): string {
    return this.getStringAttribute("note");
  }
}
