/** Calls a minute, by method: Slack's tiers (https://docs.slack.dev/apis/web-api/rate-limits). */
const PER_MINUTE: Readonly<Record<string, number>> = {
  'chat.update': 50,
  'chat.delete': 50,
  'chat.postEphemeral': 100,
  'conversations.open': 50,
  'conversations.history': 50,
  'users.info': 100,
  'users.lookupByEmail': 50,
  'views.open': 100,
  'views.update': 100,
  'views.push': 100,
  'views.publish': 100,
};
/** One message a second in a channel; Slack lets short bursts pass, as its documentation says, and not how short. */
const BURST = 3;
/** "Several hundred" messages a minute and workspace. */
const MESSAGES_PER_MINUTE = 300;

/** Answers after how many seconds a call may come again, or undefined when it may come now. */
export type Rates = (method: string, token: string, channel: string | undefined) => number | undefined;

export function createRates(nowMs: () => number): Rates {
  const windows = new Map<string, number[]>();
  const isOver = (key: string, most: number, windowMs: number) => {
    const from = nowMs() - windowMs;
    const calls = (windows.get(key) ?? []).filter((ms) => ms > from);
    windows.set(key, calls);
    if (calls.length >= most) return true;
    calls.push(nowMs());
    return false;
  };
  return (method, token, channel) => {
    if (method === 'chat.postMessage') {
      if (isOver(`channel/${channel ?? ''}`, BURST, BURST * 1000)) return 1;
      return isOver(`messages/${token}`, MESSAGES_PER_MINUTE, 60_000) ? 30 : undefined;
    }
    const most = PER_MINUTE[method];
    return most !== undefined && isOver(`${method}/${token}`, most, 60_000) ? 30 : undefined;
  };
}
