// What finds a login at Azure, built into a text of its own: it is loaded where a declaration names a destination there.
export { createHttpHeaders } from "@azure/core-rest-pipeline";
export { DefaultAzureCredential } from "@azure/identity";
