/** A map by programme and id. To join the two into one key would cost more than to look twice. */
export class ByProgramme<V> {
  readonly #maps = new Map<string, Map<string, V>>();

  get(programme: string, id: string): V | undefined {
    return this.#maps.get(programme)?.get(id);
  }

  set(programme: string, id: string, value: V): void {
    const map = this.#maps.get(programme);
    if (map === undefined) this.#maps.set(programme, new Map([[id, value]]));
    else map.set(id, value);
  }

  delete(programme: string, id: string): void {
    this.#maps.get(programme)?.delete(id);
  }
}
