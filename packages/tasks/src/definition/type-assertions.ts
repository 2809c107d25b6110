import type { ChannelDefinitions } from './channel.ts';

/** The channels of a definition. Without any, the type parameter has its default, a record without members. */
export function channelsOf<Channels extends ChannelDefinitions>(given: Channels | undefined): Channels {
  return given ?? ({} as Channels);
}
