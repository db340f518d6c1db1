import type { Timestamp } from "../clock";
import type { Row } from "./table";

/** A job of a pipeline, which acts as the user who started it. Its token works while it runs. */
export interface Job extends Row {
  project_id: number;
  user_id: number;
  status: "running" | "success";
  created_at: Timestamp;
  finished_at: Timestamp | null;
  digest: string;
}

export interface ReleaseLink {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly direct_asset_path: string | null;
  readonly link_type: string;
}

/** A release of a project. There is no repository, and any tag is accepted. */
export interface Release extends Row {
  project_id: number;
  tag_name: string;
  name: string;
  description: string | null;
  author_id: number;
  links: readonly ReleaseLink[];
  created_at: Timestamp;
  released_at: Timestamp;
}

/** One file of a generic package. */
export interface PackageFile extends Row {
  project_id: number;
  package_name: string;
  package_version: string;
  file_name: string;
  /** The user who published it, also through a job. Null for a deploy token. */
  creator_id: number | null;
  /** In base64, so that a dump can contain any bytes. */
  content: string;
  created_at: Timestamp;
}
