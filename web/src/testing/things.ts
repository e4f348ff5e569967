import type { Call, Member, Message, Room, User } from '@/shared/api/types';

/** Things for tests; everything usual unless said. */
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 9, minute)).toISOString();

export const makeUser = (id: string, change: Partial<User> = {}): User => ({
  id,
  name: id,
  handle: id,
  statusText: '',
  locale: '',
  lastSeenAt: null,
  role: 'user',
  avatarUrl: null,
  guest: false,
  createdAt: at(0),
  ...change,
});

export const makeRoom = (id: string, change: Partial<Room> = {}): Room => ({
  id,
  name: id,
  type: 'group',
  visibility: 'private',
  topic: '',
  flag: '',
  retentionDays: 0,
  e2ee: false,
  archived: false,
  locked: false,
  ownerId: null,
  lastMessage: null,
  lastReadSeq: 0,
  mentions: 0,
  unread: 0,
  peerId: null,
  starred: false,
  muted: false,
  notify: 'everything',
  memberCount: 2,
  lastSeq: 0,
  role: 'member',
  createdAt: at(0),
  updatedAt: at(0),
  ...change,
});

export const makeMember = (userId: string, change: Partial<Member> = {}): Member => ({
  userId,
  name: userId,
  handle: userId,
  presence: 'offline',
  lastSeenAt: null,
  role: 'member',
  avatarUrl: null,
  guest: false,
  joinedAt: at(0),
  ...change,
});

export const makeMessage = (seq: number, change: Partial<Message> = {}): Message => ({
  id: `m${seq}`,
  seq,
  roomId: 'room',
  senderId: 'ada',
  sender: { id: 'ada', name: 'Ada', avatarUrl: null },
  content: `text ${seq}`,
  type: 'text',
  replyTo: null,
  threadId: null,
  replyCount: 0,
  lastReplyAt: null,
  files: [],
  mentions: [],
  reactions: [],
  preview: null,
  pinned: false,
  clientId: null,
  editedAt: null,
  deletedAt: null,
  createdAt: at(seq),
  ...change,
});

export const makeCall = (id: string, change: Partial<Call> = {}): Call => ({
  id,
  roomId: 'room',
  type: 'video',
  initiatorId: 'ada',
  status: 'active',
  startedAt: at(0),
  answeredAt: at(0),
  endedAt: null,
  duration: 0,
  locked: false,
  allowed: { microphone: true, camera: true, screenShare: true },
  participants: [],
  ...change,
});
