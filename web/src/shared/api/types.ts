import type { components } from './generated/openapi';

/** Things as the server names them in REST answers and in events. Times are ISO 8601 in UTC. */
type Schemas = components['schemas'];

export type Id = string;
export type PresenceStatus = Schemas['Presence']['status'];
export type RoomRole = Schemas['RoomRole'];
export type RoomType = Schemas['RoomType'];
export type Visibility = Schemas['Visibility'];
export type CallType = Schemas['CallType'];

export type User = Schemas['User'];
export type UserBrief = Schemas['UserBrief'];
export type Session = Schemas['Session'];
export type Room = Schemas['Room'];
export type Member = Schemas['Member'];
export type Presence = Schemas['Presence'];
export type Reaction = Schemas['Reaction'];
/**
 * How a message of an encrypted room stands here: opened; sealed with a key that is not here, or so that it does not open;
 * about keys; or not encrypted at all, where everything should be.
 */
export type Sealed = 'open' | 'locked' | 'broken' | 'device' | 'renewed' | 'plain';
/** Of an encrypted room, `content` is what was opened here, and `cipher` what the server has. */
export type Message = Schemas['Message'] & { readonly sealed?: Sealed; readonly cipher?: string };
export type Call = Schemas['Call'];
export type MemberRights = Schemas['MemberRights'];
export type CallParticipant = Schemas['CallParticipant'];
export type Media = Schemas['Media'];
export type SearchHit = Schemas['SearchHit'];
export type ServerConfig = Schemas['ClientConfig'];
export type Invitation = Schemas['Invitation'];
export type GuestLink = Schemas['GuestLink'];
export type GuestLinkPreview = Schemas['GuestLinkPreview'];
export type LogIn = Schemas['LogIn'];
/** `sealedIn`: only the keys of that room open its content. */
export type File = Schemas['File'] & { readonly sealedIn?: Id };
/** A file as it hangs on a message. */
export type FileBrief = Pick<File, 'id' | 'name' | 'size' | 'mime'> & Partial<File>;
export type FileVersion = Schemas['FileVersion'];
export type FileGrant = Schemas['Grant'];
export type FileDownload = Schemas['Download'];
export type GrantCreate = Schemas['GrantCreate'];
export type RoomCreate = Schemas['RoomCreate'];
export type RoomChange = Schemas['RoomChange'];
export type InCallState = Schemas['InCallState'];
export type NoticeLevel = Schemas['NoticeLevel'];
export type RoomPreferences = Schemas['RoomPreferences'];
export type InboxItem = Schemas['InboxItem'];

export interface Unread {
  readonly messages: number;
  readonly mentions: number;
  readonly lastReadSeq?: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string | null;
}
