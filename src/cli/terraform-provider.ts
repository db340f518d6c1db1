import { setFlagsFromString } from "node:v8";
import { serveTerraform } from "../provider/terraform";
import { glsaProvider } from "../resources";
import { VERSION } from "./version";

// Megabytes. A plan of thousands of objects makes much short-lived garbage, for which Node would set aside three
// times as much memory as the provider needs.
setFlagsFromString("--max-semi-space-size=4");

void serveTerraform(glsaProvider(VERSION));
