export interface GitHubPlace {
  readonly repository: string | null;
  readonly organization: string | null;
  readonly environment: string | null;
  readonly name: string;
  readonly app: string;
}

export interface Routes {
  readonly secret: string;
  readonly publicKey: string;
  /** The variables of Actions, of which one notes whose the secret is. */
  readonly variables: string;
  readonly note: string;
}

/**
 * Dependabot and Codespaces have no variables; those of Actions stand beside their secrets.
 * @see https://docs.github.com/rest/actions/variables
 */
export function routesOf(place: GitHubPlace): Routes {
  const { repository, organization, environment, app } = place;
  const name = place.name.toUpperCase();
  const base =
    repository === null
      ? `/orgs/${encodeURIComponent(organization ?? "")}`
      : `/repos/${repository}`;
  const within = environment === null ? "" : `/environments/${encodeURIComponent(environment)}`;
  const secrets = environment === null ? `${base}/${app}/secrets` : `${base}${within}/secrets`;
  const variables =
    environment === null ? `${base}/actions/variables` : `${base}${within}/variables`;
  const mark = app === "actions" ? "" : `${app.toUpperCase()}_`;
  return {
    secret: `${secrets}/${name}`,
    publicKey: `${secrets}/public-key`,
    variables,
    note: `GLSA_${mark}${name}`,
  };
}
