import { setFlagsFromString } from "node:v8";
import { servePulumi } from "../provider/pulumi";
import { glsaProvider } from "../resources";
import { runOfPulumi, solitaryLedger } from "../run";
import { VERSION } from "./version";

// Megabytes; for the same reason as in the provider for Terraform.
setFlagsFromString("--max-semi-space-size=4");

// An engine says where it listens.
const isStartedByEngine = process.argv.slice(2).some((argument) => !argument.startsWith("-"));

void servePulumi(glsaProvider(VERSION, isStartedByEngine ? runOfPulumi() : solitaryLedger));
