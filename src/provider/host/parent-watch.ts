const INTERVAL = 500;

/** A core that is killed cannot end its plugins: they notice by themselves that it is gone. */
export function exitWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit();
  }, INTERVAL).unref();
}
