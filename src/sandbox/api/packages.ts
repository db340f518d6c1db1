import { authenticate } from "../auth/authenticate";
import { ApiError, forbidden, notFound, parameterError } from "../http/errors";
import type { Reply } from "../http/reply";
import type { Route, Visit } from "../http/route";
import { packageFileJson, sha256Of } from "../json/package-file";
import type { PackageFile } from "../state/pipeline-rows";
import type { Project } from "../state/rows";
import {
  credentialsOf,
  permissionFor,
  seesProject,
  type Credentials,
  type Deed,
} from "./credential-use";

const path = "/projects/:id/packages/generic/:package_name/:package_version/:file_name";

/** Users and jobs as everywhere in the API, deploy tokens, and anonymous callers, who may read what is public. */
function visitorOf(visit: Visit): Credentials {
  const { instance, incoming, token, jobToken } = visit;
  const credentials = credentialsOf(visit);
  if (credentials.kind === "deploy token") return credentials;
  if (credentials.kind === "none" && incoming.method !== "PUT") return credentials;
  const caller = authenticate(instance, incoming, token, { scopes: "default", jobToken });
  return { kind: "user", caller };
}

function unauthorized(): ApiError {
  const challenge = 'Basic realm="GitLab Packages Registry"';
  return new ApiError({
    status: 401,
    body: { message: "401 Unauthorized" },
    headers: { "WWW-Authenticate": challenge },
  });
}

/** The project, for callers who may do what they request with its packages. */
function projectFor(visit: Visit, visitor: Credentials, deed: Deed): Project {
  const { instance } = visit;
  const project = instance.store.projectOf(visit.path["id"] ?? "");
  const isSeen = project !== undefined && seesProject(instance, visitor, project);
  const isReadable =
    isSeen && permissionFor(instance, visitor, project, "read_package_registry") === "granted";
  if (!isSeen || (deed === "read_package_registry" && !isReadable)) {
    throw visitor.kind === "none" ? unauthorized() : notFound();
  }
  if (permissionFor(instance, visitor, project, deed) !== "granted") throw forbidden();
  return project;
}

interface FileName {
  readonly package_name: string;
  readonly package_version: string;
  readonly file_name: string;
}

const shape: Readonly<Record<keyof FileName, RegExp>> = {
  package_name: /^[A-Za-z0-9._+-]+$/,
  package_version: /^[A-Za-z0-9._+-]+$/,
  file_name: /^[A-Za-z0-9._+~@ -]+$/,
};

function nameIn({ path: values }: Visit): FileName {
  const names = Object.keys(shape) as (keyof FileName)[];
  const wrong = names.filter(
    (name) => !shape[name].test(values[name] ?? "") || (values[name] ?? "").includes(".."),
  );
  if (wrong.length > 0) throw parameterError(wrong.map((name) => `${name} is invalid`).join(", "));
  const [package_name = "", package_version = "", file_name = ""] = names.map(
    (name) => values[name],
  );
  return { package_name, package_version, file_name };
}

/** A package has the number of its first file. */
function packageOf({ instance }: Visit, project: Project, wanted: FileName): PackageFile[] {
  return instance.store.packageFilesByProject
    .all(project.id)
    .filter(
      ({ package_name, package_version }) =>
        package_name === wanted.package_name && package_version === wanted.package_version,
    );
}

function upload(visit: Visit): Reply {
  const { instance, incoming } = visit;
  const name = nameIn(visit);
  const visitor = visitorOf(visit);
  const project = projectFor(visit, visitor, "write_package_registry");
  if (incoming.bytes.length === 0) throw parameterError("file is invalid");
  const file = instance.store.packageFiles.insert({
    project_id: project.id,
    ...name,
    creator_id: visitor.kind === "user" ? visitor.caller.user.id : null,
    content: incoming.bytes.toString("base64"),
    created_at: instance.clock.now(),
  });
  if (incoming.query["select"] !== "package_file") {
    return { status: 201, body: { message: "201 Created" } };
  }
  const [first = file] = packageOf(visit, project, name);
  return { status: 200, body: packageFileJson(file, first.id) };
}

/** Of several files of one name, the last counts. */
function download(visit: Visit): Reply {
  const name = nameIn(visit);
  const project = projectFor(visit, visitorOf(visit), "read_package_registry");
  const file = packageOf(visit, project, name).findLast(
    ({ file_name }) => file_name === name.file_name,
  );
  if (file === undefined) throw notFound();
  const bytes = Buffer.from(file.content, "base64");
  return {
    status: 200,
    text: { type: "application/octet-stream", content: bytes },
    headers: {
      "Content-Disposition": `attachment; filename="${file.file_name}"; filename*=UTF-8''${encodeURIComponent(file.file_name)}`,
      "X-Checksum-SHA256": sha256Of(bytes),
    },
  };
}

/** Files of generic packages, which deploy tokens and jobs can access in the API. */
export const packageRoutes: readonly Route[] = [
  {
    method: "PUT",
    path,
    basicAuth: true,
    jobToken: ["request"],
    takesFile: true,
    answer: upload,
  },
  { method: "GET", path, basicAuth: true, jobToken: ["request", "password"], answer: download },
];
