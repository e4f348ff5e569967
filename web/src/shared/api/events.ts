import type { Call, CallType, Id, Media, Member, Message, Presence, PresenceStatus, Reaction, Room } from './types';

/** Of an event that the room remembers: its place in the room's order. */
interface Kept {
  readonly roomId: Id;
  readonly seq: number;
}

export interface MissedEvent {
  readonly event: string;
  readonly data: unknown;
}

export interface JoinAnswer {
  readonly room: Room;
  readonly members?: readonly Member[];
  readonly missed?: readonly MissedEvent[];
  readonly reload?: boolean;
  readonly lastSeq?: number;
}

export interface Stroke {
  readonly id: string;
  readonly tool: string;
  readonly points: readonly (readonly [number, number])[];
  readonly color?: string;
  readonly text?: string;
}

/** What the page sends, and what the acknowledgement brings. */
export interface ClientEvents {
  'join-room': { data: { roomId: Id; lastSeq?: number }; answer: JoinAnswer };
  'leave-room': { data: { roomId: Id }; answer: unknown };
  'send-message': {
    data: {
      roomId: Id;
      content: string;
      clientId: string;
      replyTo?: Id;
      threadId?: Id;
      fileIds?: readonly Id[];
    };
    answer: { message: Message };
  };
  'edit-message': { data: { messageId: Id; content: string }; answer: { message: Message } };
  'delete-message': { data: { messageId: Id }; answer: unknown };
  'add-reaction': { data: { messageId: Id; emoji: string }; answer: unknown };
  'remove-reaction': { data: { messageId: Id; emoji: string }; answer: unknown };
  'pin-message': { data: { messageId: Id; pinned: boolean }; answer: unknown };
  'mark-read': { data: { roomId: Id; seq: number }; answer: unknown };
  typing: { data: { roomId: Id }; answer: unknown };
  'stop-typing': { data: { roomId: Id }; answer: unknown };
  'set-presence': { data: { status: PresenceStatus }; answer: unknown };
  'start-call': { data: { roomId: Id; type: CallType }; answer: { call: Call; media?: Media } };
  'accept-call': { data: { callId: Id }; answer: { call: Call; media?: Media } };
  'decline-call': { data: { callId: Id }; answer: unknown };
  'cancel-call': { data: { callId: Id }; answer: unknown };
  'end-call': { data: { callId: Id }; answer: unknown };
  'raise-hand': { data: { callId: Id; raised: boolean }; answer: unknown };
  'call-reaction': { data: { callId: Id; emoji: string }; answer: unknown };
}

/** What the server sends by itself. */
export interface ServerEvents {
  'new-message': Kept & { readonly message: Message };
  'message-updated': Kept & { readonly message: Message };
  'message-deleted': Kept & { readonly messageId: Id; readonly message?: Message };
  'reaction-updated': Kept & { readonly messageId: Id; readonly reactions: readonly Reaction[] };
  'read-updated': { readonly roomId: Id; readonly userId: Id; readonly seq: number };
  'room-updated': { readonly roomId: Id; readonly room?: Room; readonly deleted?: boolean };
  'member-updated': {
    readonly roomId: Id;
    readonly userId?: Id;
    readonly member?: Member;
    readonly removed?: boolean;
    readonly action?: string;
  };
  'user-joined': { readonly roomId: Id; readonly userId: Id; readonly name?: string };
  'user-left': { readonly roomId: Id; readonly userId: Id };
  'user-typing': { readonly roomId: Id; readonly userId: Id; readonly name?: string };
  'user-stop-typing': { readonly roomId: Id; readonly userId: Id };
  'presence-updated': Presence & { readonly userId: Id };
  'incoming-call': {
    readonly call: Call;
    readonly room?: Room;
    readonly from?: { readonly id: Id; readonly name: string } | string;
  };
  'call-updated': { readonly call: Call };
  'hand-updated': { readonly callId: Id; readonly userId: Id; readonly raised: boolean };
  'call-reaction': { readonly callId: Id; readonly userId: Id; readonly emoji: string };
}
