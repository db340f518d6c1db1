import { cachedOpenTofu } from "../examples/demo/engine";

cachedOpenTofu();
