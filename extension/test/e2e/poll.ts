/** Waits for what an editor shows sooner or later. */

/** First truthy answer of `probe`, asked every 100 ms; rejects after `timeout` ms with what was awaited and the last error. */
export async function poll<T>(what: string, probe: () => Promise<T> | T, timeout = 30_000): Promise<T> {
  const end = Date.now() + timeout;
  let problem: unknown;
  while (Date.now() < end) {
    try {
      const answer = await probe();
      if (answer) return answer;
      problem = undefined;
    } catch (error) {
      problem = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited ${timeout} ms in vain: ${what}`, { cause: problem });
}
