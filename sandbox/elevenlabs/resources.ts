export type Json = Record<string, unknown>;

export interface Agent {
  id: string;
  name: string;
  tags: string[];
  conversation_config: Json;
  platform_settings: Json;
  created: number;
  updated: number;
}

export interface Tool {
  id: string;
  config: Json;
  /** The sandbox's tool: reported over HTTP in phone calls, over the socket in socket conversations. */
  own?: boolean;
}

export interface Secret {
  id: string;
  name: string;
  value: string;
}

export interface Webhook {
  id: string;
  name: string;
  /** undefined: the product's address at the time of use. */
  url: string | undefined;
  secret: string;
  retries: boolean;
  disabled: boolean;
  autoDisabled: boolean;
  created: number;
}

export interface PhoneNumber {
  id: string;
  phone: string;
  label: string;
  agentId: string | undefined;
}
