/** Interactions that came in from chat, each handled once: claimed by its platform event id under a lease. */
export interface Claims {
  /**
   * `mine`: nobody had it, or the lease of whoever had it ran out; handle it and call `done`.
   * `busy`: somebody else is at it. `done`: it was handled before.
   */
  claim(
    programme: string,
    eventId: string,
    nowMs: number,
    leaseMs: number,
  ): Promise<'mine' | 'busy' | 'done'>;
  done(programme: string, eventId: string): Promise<void>;
  /** Forgets what was claimed before `beforeMs`; platforms repeat an event for minutes, not days. */
  forget(beforeMs: number): Promise<number>;
}
