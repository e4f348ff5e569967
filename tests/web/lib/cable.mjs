// What lies between one browser and the server: it can be cut and put together again.
import net from 'node:net';

export class Cable {
  static async lay(port) {
    const cable = new Cable();
    cable.server = net.createServer((near) => cable.#carry(near, port));
    await new Promise((resolve) => cable.server.listen(0, '127.0.0.1', resolve));
    cable.url = `http://127.0.0.1:${cable.server.address().port}`;
    return cable;
  }

  #ends = new Set();
  #whole = true;
  /** Resolvers of those who wait for somebody to try the cut cable. */
  #tries = [];

  #carry(near, port) {
    if (!this.#whole) {
      near.destroy();
      for (const resolve of this.#tries.splice(0)) resolve();
      return;
    }
    const far = net.connect(port, '127.0.0.1');
    for (const [end, other] of [[near, far], [far, near]]) {
      end.setNoDelay(true);
      this.#ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.#ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  }

  /** Takes all connections away and refuses new ones. */
  cut() {
    this.#whole = false;
    for (const end of this.#ends) end.destroy();
  }

  /** Takes the connections away once; new ones are welcome. */
  jolt() {
    for (const end of this.#ends) end.destroy();
  }

  mend() {
    this.#whole = true;
  }

  /** Resolves when the page has tried to come back over the cut cable. */
  tried() {
    return new Promise((resolve) => this.#tries.push(resolve));
  }

  async remove() {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
