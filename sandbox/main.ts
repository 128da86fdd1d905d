import { parseArgs } from 'node:util';
import { startSandbox } from './server.ts';

const HELP = `Both providers, played on loopback.

  node sandbox/main.ts --public-url URL [--port N] [--host ADDRESS] [--reach URL] [--pace N] [--quiet]

  --public-url  the product's PUBLIC_URL: where webhooks go
  --port        default: a free one
  --reach       where that URL's host is really served, if not there (http://127.0.0.1:3000)
  --pace        1 talks as people do, 6 is fastest
  --quiet       does not print what happens

Account values are taken from the environment where they are set (TWILIO_ACCOUNT_SID, ELEVENLABS_API_KEY, …), else made
up; the lines it prints first go into the product's environment.
`;

const { values } = parseArgs({
  options: {
    'public-url': { type: 'string' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    reach: { type: 'string' },
    pace: { type: 'string', default: '1' },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const publicUrl = values['public-url'];
const port = Number(values.port);
const pace = Number(values.pace);
const wrong = !publicUrl
  ? '--public-url is missing'
  : !URL.canParse(publicUrl)
    ? `--public-url is no URL: ${publicUrl}`
    : !Number.isInteger(port) || port < 0 || port > 65_535
      ? `--port is no port: ${values.port}`
      : !(pace >= 0.2 && pace <= 6)
        ? `--pace must be between 0.2 and 6: ${values.pace}`
        : undefined;

if (values.help || wrong || !publicUrl) {
  process.stderr.write(wrong && !values.help ? `${wrong}\n\n${HELP}` : HELP);
  process.exit(values.help ? 0 : 2);
}

const { env } = process;
const given = (name: string): string | undefined => env[name] || undefined;
const sandbox = await startSandbox({
  publicUrl,
  port,
  host: values.host,
  pace,
  ...(values.reach && { reach: values.reach }),
  twilioSid: given('TWILIO_ACCOUNT_SID'),
  twilioToken: given('TWILIO_AUTH_TOKEN'),
  twilioNumber: given('TWILIO_PHONE_NUMBER'),
  apiKey: given('ELEVENLABS_API_KEY'),
  agentId: given('ELEVENLABS_AGENT_ID'),
  receptionistAgentId: given('ELEVENLABS_RECEPTIONIST_AGENT_ID'),
  phoneNumberId: given('ELEVENLABS_PHONE_NUMBER_ID'),
  webhookSecret: given('ELEVENLABS_WEBHOOK_SECRET'),
  toolSecret: given('ELEVENLABS_TOOL_SECRET'),
  ...(!values.quiet && { log: (line: string) => void process.stderr.write(`${line}\n`) }),
});
for (const [name, value] of Object.entries(sandbox.env)) process.stdout.write(`${name}=${value}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
