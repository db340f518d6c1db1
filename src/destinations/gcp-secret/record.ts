import { addressRule, textRule } from "../malformed";
import { defineDestination, onDestroy, onDestroyText, overwrite } from "../record";

/** A secret in Google Secret Manager. */
export const gcpSecret = defineDestination({
  description:
    "A secret in Google Secret Manager, which gets a new version. The login is Google's application default credentials.",
  attributes: {
    project: {
      type: "string",
      required: true,
      description: "Id of the Google Cloud project, or its number.",
    },
    secret: {
      type: "string",
      required: true,
      description: "Name of the secret, without a path.",
    },
    location: {
      type: "string",
      optional: true,
      unset: "none: a global secret",
      description: "Location of a regional secret, such as europe-west3.",
    },
    endpoint: {
      type: "string",
      optional: true,
      unset: "Google's own",
      description: "Address of the service, for emulators and private endpoints.",
    },
    overwrite,
    on_destroy: onDestroy,
  },
  place: ["project", "secret", "location", "endpoint"],
  exact: ["project", "secret", "location"],
  rules: {
    project: textRule({
      name: "project",
      must: "be the id of a project, or its number",
      example: "shop-production",
      fits: (project) => /^(\d{1,20}|([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9])$/.test(project),
    }),
    secret: textRule({
      name: "secret",
      must: "have 1 to 255 letters, digits, hyphens and underscores",
      example: "gitlab-deploy-token",
      fits: (secret) => /^[\w-]{1,255}$/.test(secret),
    }),
    location: textRule({
      name: "location",
      must: "be the code of a location",
      example: "europe-west3",
      fits: (location) => /^[a-z]+(-[a-z]+\d+)?$/.test(location),
    }),
    endpoint: addressRule("endpoint", "https://secretmanager.googleapis.com"),
  },
  label: ({ project, secret, location }, say) =>
    `Google secret "${say(secret)}" of project ${say(project)}${locationWords(location, say)}`,
  review: {
    label: ({ project, secret, location }, say) =>
      `Google secret ${say(secret)} of ${say(project)}${locationWords(location, say)}`,
  },
  options: {
    text: "A secret in Google Secret Manager that gets a new version with a token's value. The login is Google's application default credentials: workload identity, a service account or `gcloud`.",
    see: "https://cloud.google.com/secret-manager/docs/overview",
    attributes: { on_destroy: onDestroyText("value") },
  },
});

function locationWords(location: unknown, say: (value: unknown) => string): string {
  return location == null ? "" : ` in ${say(location)}`;
}
