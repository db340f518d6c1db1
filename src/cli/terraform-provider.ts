import { serveTerraform } from "../provider/terraform";
import { glsaProvider } from "../resources";
import { VERSION } from "./version";

void serveTerraform(glsaProvider(VERSION));
