import { RoomEvent, type Participant, type Room, type TextStreamReader } from 'livekit-client';
import { nameOf } from '../session/nameOf';
import type { CallStore } from '../session/types';

/** Where agents stream what they hear, beside the older transcription packets. */
const TOPIC = 'lk.transcription';
const SEGMENT = 'lk.segment_id';
const TRACK = 'lk.transcribed_track_id';

/** Shows what agents of the call, and nobody else for others, write down of what is said. */
export function listenCaptions(room: Room, store: CallStore): void {
  const everybody = (): Participant[] => [room.localParticipant, ...room.remoteParticipants.values()];
  const say = (id: string, speaker: Participant, text: string) =>
    store.dispatch({ type: 'caption', caption: { id, name: nameOf(speaker), text, at: Date.now() } });

  room.on(RoomEvent.TranscriptionReceived, (segments, participant) => {
    if (!participant) return;
    for (const { id, text } of segments) say(id, participant, text);
  });

  async function follow(reader: TextStreamReader, identity: string) {
    const sender = room.getParticipantByIdentity(identity);
    const { id, attributes = {} } = reader.info;
    const track = attributes[TRACK];
    const speaker = track ? everybody().find((one) => one.getTrackPublications().some(({ trackSid }) => trackSid === track)) : sender;
    // Words may be put into one's own mouth; into others' only by an agent.
    if (!sender || !speaker || (speaker !== sender && !sender.isAgent)) return;
    let text = '';
    for await (const part of reader) {
      text += part;
      say(attributes[SEGMENT] ?? id, speaker, text);
    }
  }
  room.registerTextStreamHandler(TOPIC, (reader, { identity }) => {
    // A stream that breaks off leaves the words that came.
    follow(reader, identity).catch(() => undefined);
  });
}

/** Whether anybody is here who could write captions. */
export const hasCaptioner = (room: Room): boolean => [...room.remoteParticipants.values()].some(({ isAgent }) => isAgent);
