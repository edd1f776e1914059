/** How long this process has worked since it began, in ms of CPU: a busy machine makes no test slow that is not. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
