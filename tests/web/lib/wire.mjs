// Listens in on the line of a server: what browsers and server say to each other over HTTP, byte by byte, and, with a
// page's help, over WebSockets.
import net from 'node:net';

/** Both sides would pack what they say; as long as a name is misspelt, neither knows that the other could. */
const spoilt = [
  [/accept-encoding/gi, 'x-ccept-encoding'],
  [/sec-websocket-extensions/gi, 'x-ec-websocket-extensions'],
];

function unpacked(chunk) {
  let text = chunk.toString('latin1');
  for (const [name, other] of spoilt) text = text.replace(name, other);
  return Buffer.from(text, 'latin1');
}

export class Wire {
  heard = [];

  /** Stands before the server's port; `port` is the one to go through. */
  static async tap(target) {
    const wire = new Wire();
    wire.server = net.createServer((near) => {
      const far = net.connect(target, '127.0.0.1');
      near.on('data', (chunk) => {
        wire.heard.push(chunk);
        far.write(unpacked(chunk));
      });
      far.on('data', (chunk) => {
        wire.heard.push(chunk);
        near.write(chunk);
      });
      for (const [end, other] of [[near, far], [far, near]]) {
        end.on('error', () => undefined);
        end.on('close', () => other.destroy());
      }
    });
    await new Promise((resolve) => wire.server.listen(0, '127.0.0.1', resolve));
    wire.port = wire.server.address().port;
    return wire;
  }

  /** Frames go out masked: the page tells them before that. */
  follow(page) {
    page.on('websocket', (socket) => {
      for (const event of ['framesent', 'framereceived']) socket.on(event, ({ payload }) => this.heard.push(Buffer.from(payload)));
    });
  }

  get bytes() {
    return Buffer.concat(this.heard);
  }

  close() {
    this.server.close();
  }
}
