/** Tells a client that shows it how the server is: at work or not, how many rules are on, which files are put aside. */
import type { ServerContext } from './context.ts';
import { STATUS_NOTIFICATION, type Status } from './protocol.ts';
import { uriOfPath } from './uri.ts';

/** Work that takes no longer is not told of, because every key makes some. */
const BUSY_AFTER_MS = 400;

export class StatusReporter {
  private isBusy = false;
  private told = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly context: ServerContext) {
    context.reviews.onActivity((isActive) => this.active(isActive));
  }

  /** Something may have changed. */
  tell(): void {
    const { client, settings, host, connection } = this.context;
    if (!client().options.showsStatus) return;
    const putAside = (host.quarantined?.() ?? []).map(({ path }) => uriOfPath(path)).sort();
    const status: Status = { isBusy: this.isBusy, rules: settings.isEnabled ? settings.ruleCount : 0, putAside };
    const text = JSON.stringify(status);
    if (text === this.told) return;
    this.told = text;
    void connection.sendNotification(STATUS_NOTIFICATION, status);
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private active(isActive: boolean): void {
    clearTimeout(this.timer);
    if (!isActive) this.become(false);
    else this.timer = setTimeout(() => this.become(true), BUSY_AFTER_MS);
  }

  private become(isBusy: boolean): void {
    this.isBusy = isBusy;
    this.tell();
  }
}
