import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { type McpClient, mcpServer } from './server.ts';

/** Serves one MCP client on standard input and output, which carry nothing but the protocol. Ends with standard input. */
export function serveMcp(client: McpClient): { close: () => Promise<void> } {
  return serveStdio(() => mcpServer(client), { maxSubscriptions: 0, onerror: client.onFault });
}
