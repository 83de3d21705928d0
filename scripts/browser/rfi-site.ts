/**
 * A pretend rfi.fr: a local proxy that answers every web address itself, so that a browser pointed
 * at it sees https://www.rfi.fr and https://s.rfi.fr while nothing leaves the machine.
 *
 * It is a proxy and not request interception because Puppeteer's interception covers pages only:
 * it does not see what an extension's service worker or popup fetches.
 * https://github.com/puppeteer/puppeteer/issues/2781
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';

/** What the site answers to one address. */
export interface Answer {
  /** 200 when absent. */
  status?: number;
  /** `content-type` is HTML for a string body and `application/octet-stream` for bytes, unless given. */
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Take the request and never answer it, as a server that hangs. */
  never?: true;
}

/** A running site; point a browser's HTTP and HTTPS proxy at 127.0.0.1:`port`. */
export interface Site {
  readonly port: number;
  /**
   * Every URL asked for, in order. A tunnel to a host outside rfi.fr also leaves `CONNECT host:port`,
   * so that an attempt which stops at the TLS handshake is seen too.
   */
  readonly requests: string[];
  /** Cuts the network: stops listening and breaks every open connection. Harmless when already cut. */
  cut(): Promise<void>;
  /** Brings the network back on the same port. Harmless when not cut; throws if the port was taken. */
  restore(): Promise<void>;
  /** Stops for good. */
  close(): Promise<void>;
}

/**
 * Starts a site on a free port of the loopback interface.
 * @param answer gives the answer to an address; `undefined` is a 404, and a throw is a 500 that
 *   carries the error's text.
 * @returns the running site.
 * @throws when the certificate cannot be made or no port can be opened.
 */
export async function startSite(answer: (url: URL) => Answer | undefined): Promise<Site> {
  const requests: string[] = [];
  const sockets = new Set<Duplex>();

  const respond = (scheme: 'http' | 'https', request: IncomingMessage, response: ServerResponse): void => {
    // On a proxied plain request, request.url is a whole URL (RFC 9112, section 3.2.2) and the base is unused.
    const [path, base] = [request.url ?? '/', `${scheme}://${request.headers.host ?? ''}`];
    if (!URL.canParse(path, base)) {
      response.writeHead(400).end();
      return;
    }
    const url = new URL(path, base);
    requests.push(url.href);
    // An unread request body would keep the connection from being reused.
    request.resume();
    const given = answerOrError(answer, url);
    if (given.never) return;
    const type = typeof given.body === 'string' ? 'text/html; charset=utf-8' : 'application/octet-stream';
    response.writeHead(given.status ?? 200, { 'content-type': type, ...given.headers });
    response.end(given.body);
  };

  const certificate = await generate([{ name: 'commonName', value: 'www.rfi.fr' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'rfi.fr' },
          { type: 2, value: '*.rfi.fr' },
        ],
      },
    ],
  });

  // Never listens: it is handed the sockets of the CONNECT tunnels.
  const inTunnel = createTlsServer({ key: certificate.private, cert: certificate.cert }, (request, response) => {
    respond('https', request, response);
  });
  // A browser that refuses the certificate or gives up is no failure of ours.
  inTunnel.on('tlsClientError', (_error, socket) => socket.destroy());

  const proxy = createServer((request, response) => respond('http', request, response));
  proxy.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  proxy.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const host = request.url ?? '';
    if (!/(^|\.)rfi\.fr:\d+$/.test(host)) requests.push(`CONNECT ${host}`);
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    if (head.length > 0) socket.unshift(head);
    inTunnel.emit('connection', socket);
  });

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      proxy.once('error', reject);
      proxy.listen(port, '127.0.0.1', () => {
        proxy.off('error', reject);
        resolve();
      });
    });

  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      // The callback also runs, with an error, when the server was not listening: that is the state wanted.
      proxy.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });

  await listen(0);
  const { port } = proxy.address() as AddressInfo;
  return {
    port,
    requests,
    cut,
    restore: async () => {
      if (!proxy.listening) await listen(port);
    },
    close: cut,
  };
}

function answerOrError(answer: (url: URL) => Answer | undefined, url: URL): Answer {
  try {
    return answer(url) ?? { status: 404, body: 'Not found' };
  } catch (error) {
    return { status: 500, body: String(error) };
  }
}
