import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { platformOf, serveMeasured } from './teams-load.js';

/** botbuilder as it comes, doing the least it can: checks the token, answers, and stores nothing. */
const platform = platformOf(process.argv);
const credentials = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: platform.appId,
  MicrosoftAppPassword: 'not-a-secret',
  MicrosoftAppType: 'MultiTenant',
});
credentials.createCredentials = () =>
  Promise.resolve({
    signRequest: (request) => {
      request.headers.set('authorization', 'Bearer sending-1');
      return Promise.resolve(request);
    },
  });
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    {
      ToBotFromChannelOpenIdMetadataUrl: platform.openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: platform.openIdUrl,
      ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
      ToChannelFromBotLoginUrl: platform.loginUrl,
      ToChannelFromBotOAuthScope: 'https://api.botframework.com',
      OAuthUrl: platform.loginUrl,
      ValidateAuthority: true,
    },
    // The library gives its own class two declarations, one for each of its packages.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
    credentials,
  ),
);
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString('utf8')));
  request.on('end', () => {
    let status = 200;
    const answer = {
      status: (code: number) => void (status = code),
      header: () => undefined,
      send: (content: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.write(JSON.stringify(content));
      },
      end: () => {
        if (!response.headersSent) response.writeHead(status);
        response.end();
      },
      socket: request.socket,
    };
    const { method, headers } = request;
    void adapter.process(
      { body: JSON.parse(body), method, headers } as never,
      answer as never,
      async (context) => {
        const { type } = context.activity;
        if (type === 'message') await context.sendActivity('ok');
        else
          await context.sendActivity({
            type: 'invokeResponse',
            value: { status: 200, body: { statusCode: 200 } },
          });
      },
    );
  });
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
await serveMeasured({
  url: `http://127.0.0.1:${String(port)}/api/messages`,
  buttons: platform.people.map(() => ['x']),
  settle: () => Promise.resolve(),
  update: () => Promise.resolve(),
  close: () => {
    server.closeAllConnections();
    server.close();
    return Promise.resolve();
  },
});
