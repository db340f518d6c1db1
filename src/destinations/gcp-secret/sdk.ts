// What finds a login at Google, built into a text of its own: it is loaded where a declaration names a destination there.
export { GoogleAuth } from "google-auth-library";
