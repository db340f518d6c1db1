import type { Caller } from "../http/call";
import type { Instance } from "../instance";
import type { Release, ReleaseLink } from "../state/pipeline-rows";
import type { Project } from "../state/rows";
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
    commit: null,
    tag_path: `/${project.full_path}/-/tags/${tag}`,
    assets: { count: sources.length + links.length, sources, links },
    evidences: [],
    _links: linksJson(address, tag),
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
