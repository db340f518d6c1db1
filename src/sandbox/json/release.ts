import { createHash } from "node:crypto";
import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Release, ReleaseLink } from "../state/pipeline-rows";
import type { Project, User } from "../state/rows";
import { userBasicJson } from "./user";

const sourceFormats = ["zip", "tar.gz", "tar.bz2", "tar"] as const;

/** A release, as a Reporter sees it. */
export function releaseJson(
  instance: Instance,
  caller: Caller,
  project: Project,
  release: Release,
) {
  const { name, tag_name, description, created_at, released_at } = release;
  const author = instance.store.users.get(release.author_id);
  const tag = encodeURIComponent(tag_name);
  const address = `${instance.url}/${project.full_path}/-`;
  const sources = sourceFormats.map((format) => {
    const file = `${project.path}-${tag_name.replaceAll("/", "-")}.${format}`;
    return { format, url: `${address}/archive/${tag}/${file}` };
  });
  const links = release.links.map((link) => linkJson(address, tag, link)).toReversed();
  return {
    name,
    tag_name,
    description,
    created_at,
    released_at,
    upcoming_release: released_at > instance.clock.now(),
    ...(author === undefined ? {} : { author: userBasicJson(instance, author, caller) }),
    commit: commitJson(author, address, release),
    commit_path: `/${project.full_path}/-/commit/${commitOf(release)}`,
    tag_path: `/${project.full_path}/-/tags/${tag}`,
    assets: { count: sources.length + links.length, sources, links },
    evidences: [],
    _links: linksJson(address, tag),
  };
}

/** There is no repository; every tag has a commit of its own, which nothing else names. */
function commitOf({ id, tag_name }: Release): string {
  return createHash("sha1").update(`${id} ${tag_name}`).digest("hex");
}

function commitJson(author: User | undefined, address: string, release: Release) {
  const id = commitOf(release);
  const { created_at, tag_name } = release;
  const [name, email] = [author?.name ?? "", author?.email ?? ""];
  return {
    id,
    short_id: id.slice(0, 8),
    created_at,
    parent_ids: [],
    title: tag_name,
    message: tag_name,
    ...{ author_name: name, author_email: email, authored_date: created_at },
    ...{ committer_name: name, committer_email: email, committed_date: created_at },
    trailers: {},
    extended_trailers: {},
    web_url: `${address}/commit/${id}`,
  };
}

function linkJson(address: string, tag: string, link: ReleaseLink) {
  const { id, name, url, direct_asset_path, link_type } = link;
  const direct_asset_url =
    direct_asset_path === null ? url : `${address}/releases/${tag}/downloads${direct_asset_path}`;
  return { id, name, url, direct_asset_url, link_type };
}

function linksJson(address: string, tag: string) {
  const list = (kind: string, state: string) =>
    `${address}/${kind}?release_tag=${tag}&scope=all&state=${state}`;
  return {
    closed_issues_url: list("issues", "closed"),
    closed_merge_requests_url: list("merge_requests", "closed"),
    edit_url: `${address}/releases/${tag}/edit`,
    merged_merge_requests_url: list("merge_requests", "merged"),
    opened_issues_url: list("issues", "opened"),
    opened_merge_requests_url: list("merge_requests", "opened"),
    self: `${address}/releases/${tag}`,
  };
}
