import { setFlagsFromString } from "node:v8";
import { asksForManyAtOnce, isStartedByCore, serveTerraform } from "../provider/terraform";
import { glsaProvider } from "../resources";
import { runOfCore, solitaryLedger } from "../run";
import { VERSION } from "./version";

// Megabytes. A plan of thousands of objects makes much short-lived garbage, for which Node would set aside three
// times as much memory as the provider needs.
setFlagsFromString("--max-semi-space-size=4");

// In a debugger no core started this process, and one process serves every run.
const isAttached = process.argv.includes("--debug") || !isStartedByCore(process.env);

const run = isAttached ? solitaryLedger : runOfCore(asksForManyAtOnce);

void serveTerraform(glsaProvider(VERSION, run, run));
