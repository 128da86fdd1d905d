import { createMcpHandler } from '@modelcontextprotocol/server';
import { type McpClient, mcpServer } from './server.ts';

/**
 * Answers one HTTP request of an MCP client. Nothing is kept between requests, so any process may answer any of them. Streams of
 * subscriptions are refused: nothing here changes that a client could subscribe to.
 * @param body the parsed JSON body of a POST
 */
export function answerMcp(request: Request, body: unknown, client: McpClient): Promise<Response> {
  const handler = createMcpHandler(() => mcpServer(client), { maxSubscriptions: 0, onerror: () => undefined });
  return handler.fetch(request, { parsedBody: body });
}
