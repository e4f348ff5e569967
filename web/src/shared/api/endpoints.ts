import type { components } from './generated/openapi';
import type { Rest } from './rest';
import type {
  Call,
  CallType,
  File,
  FileDownload,
  FileGrant,
  FileVersion,
  GrantCreate,
  GuestLink,
  GuestLinkPreview,
  Id,
  InboxItem,
  Invitation,
  LogIn,
  Media,
  Member,
  Message,
  Page,
  Presence,
  Room,
  RoomChange,
  RoomCreate,
  RoomPreferences,
  RoomRole,
  SearchHit,
  ServerConfig,
  Session,
  User,
} from './types';

type Schemas = components['schemas'];

/** Messages before, after or around a place in the room's order. */
export interface Cursor {
  readonly limit?: number;
  readonly before?: number;
  readonly after?: number;
  readonly around?: number;
}

export interface CallJoined {
  readonly call: Call;
  readonly media: Media;
}

const id = encodeURIComponent;
const POST = 'POST';

/** Every question that the page asks of the REST API, in one place. */
export function createEndpoints({ call }: Pick<Rest, 'call'>) {
  return {
    config: () => call<ServerConfig>('/config', { open: true }),

    register: (body: Schemas['RegisterRequest']) => call<Session>('/auth/register', { method: POST, body, open: true }),
    logIn: (body: Schemas['LoginRequest']) => call<Session>('/auth/login', { method: POST, body, open: true }),
    guest: (body: Schemas['GuestRequest']) => call<Session>('/auth/guest', { method: POST, body, open: true }),
    exchange: (code: string) => call<Session>('/auth/oidc/exchange', { method: POST, body: { code }, open: true }),
    logOut: () => call<undefined>('/auth/logout', { method: POST }),
    logOutEverywhere: () => call<undefined>('/auth/logout-all', { method: POST }),
    changePassword: (body: Schemas['PasswordRequest']) => call<undefined>('/auth/password', { method: POST, body }),

    me: () => call<User>('/me'),
    editMe: (body: Schemas['ProfileChange']) => call<User>('/me', { method: 'PATCH', body }),
    setAvatar: (picture: Blob) => call<User>('/me/avatar', { method: 'PUT', body: picture }),
    logIns: () => call<Page<LogIn>>('/me/sessions'),
    endLogIn: (session: string) => call<undefined>(`/me/sessions/${id(session)}`, { method: 'DELETE' }),
    setPresence: (status: 'online' | 'away' | 'busy') => call<Presence>('/me/presence', { method: 'PUT', body: { status } }),
    users: (q: string, signal?: AbortSignal) => call<Page<User>>('/users', { query: { q, limit: 100 }, signal }),

    rooms: (cursor?: string | null) => call<Page<Room>>('/rooms', { query: { limit: 100, cursor } }),
    publicRooms: () => call<Page<Room>>('/rooms/public', { query: { limit: 100 } }),
    room: (room: Id) => call<Room>(`/rooms/${id(room)}`),
    createRoom: (body: Partial<RoomCreate>) => call<Room>('/rooms', { method: POST, body }),
    editRoom: (room: Id, body: RoomChange) => call<Room>(`/rooms/${id(room)}`, { method: 'PATCH', body }),
    deleteRoom: (room: Id) => call<undefined>(`/rooms/${id(room)}`, { method: 'DELETE' }),
    joinRoom: (room: Id) => call<Room>(`/rooms/${id(room)}/join`, { method: POST }),
    leaveRoom: (room: Id) => call<undefined>(`/rooms/${id(room)}/leave`, { method: POST }),
    setRoomPreferences: (room: Id, body: RoomPreferences) =>
      call<Room>(`/rooms/${id(room)}/preferences`, { method: 'PUT', body }),
    members: (room: Id, cursor?: string | null) => call<Page<Member>>(`/rooms/${id(room)}/members`, { query: { limit: 200, cursor } }),
    addMember: (room: Id, userId: Id, role: RoomRole = 'member') =>
      call<Member>(`/rooms/${id(room)}/members`, { method: POST, body: { userId, role } }),
    changeMember: (room: Id, userId: Id, role: Schemas['MemberChange']['role']) =>
      call<Member>(`/rooms/${id(room)}/members/${id(userId)}`, { method: 'PATCH', body: { role } }),
    removeMember: (room: Id, userId: Id) =>
      call<undefined>(`/rooms/${id(room)}/members/${id(userId)}`, { method: 'DELETE' }),
    invite: (room: Id) => call<Invitation>(`/rooms/${id(room)}/invitations`, { method: POST, body: { maxUses: 0 } }),
    guestLinkPreview: (token: string) => call<GuestLinkPreview>(`/guest-links/${id(token)}`, { open: true }),
    guestLink: (room: Id) => call<GuestLink>(`/rooms/${id(room)}/guest-links`, { method: POST, body: {} }),
    acceptInvitation: (token: string) =>
      call<Schemas['InvitationAccepted']>('/invitations/accept', { method: POST, body: { token } }),

    messages: (room: Id, cursor: Cursor) =>
      call<Page<Message>>(`/rooms/${id(room)}/messages`, { query: { limit: 50, ...cursor } }),
    message: (room: Id, message: Id) => call<Message>(`/rooms/${id(room)}/messages/${id(message)}`),
    removePreview: (room: Id, message: Id) =>
      call<Message>(`/rooms/${id(room)}/messages/${id(message)}/preview`, { method: 'DELETE' }),
    thread: (room: Id, root: Id, cursor: Cursor) =>
      call<Page<Message> & { readonly message: Message; readonly following?: boolean }>(`/rooms/${id(room)}/messages/${id(root)}/thread`, {
        query: { limit: 50, ...cursor },
      }),
    followThread: (room: Id, root: Id, following: boolean) =>
      call<undefined>(`/rooms/${id(room)}/messages/${id(root)}/follow`, { method: following ? 'PUT' : 'DELETE' }),
    inbox: (cursor?: string | null) => call<Page<InboxItem>>('/inbox', { query: { cursor, limit: 50 } }),
    readInbox: () => call<undefined>('/inbox/read', { method: POST }),
    pins: (room: Id) => call<Page<Message>>(`/rooms/${id(room)}/pins`),
    search: (query: { q: string; roomId?: Id; cursor?: string | null }, signal?: AbortSignal) =>
      call<Page<SearchHit>>('/search', { query, signal }),

    startCall: (room: Id, type: CallType, userIds?: readonly Id[]) =>
      call<CallJoined>(`/rooms/${id(room)}/call`, { method: POST, body: { type, userIds } }),
    liveCall: (room: Id) => call<Schemas['CallCurrent']>(`/rooms/${id(room)}/call`),
    allowInCall: (callId: Id, allowed: Partial<Schemas['MemberRights']>) =>
      call<Call>(`/calls/${id(callId)}`, { method: 'PATCH', body: { allowed } }),
    calls: (cursor?: string | null) => call<Page<Call>>('/calls', { query: { cursor, limit: 50 } }),

    files: (cursor?: string | null, shared = false) => call<Page<File>>('/files', { query: { cursor, shared, limit: 50 } }),
    roomFiles: (room: Id, cursor?: string | null) =>
      call<Page<File>>(`/rooms/${id(room)}/files`, { query: { cursor, limit: 50 } }),
    file: (file: Id) => call<File>(`/files/${id(file)}`),
    renameFile: (file: Id, name: string) => call<File>(`/files/${id(file)}`, { method: 'PATCH', body: { name } }),
    deleteFile: (file: Id) => call<undefined>(`/files/${id(file)}`, { method: 'DELETE' }),
    versions: (file: Id) => call<Page<FileVersion>>(`/files/${id(file)}/versions`),
    restoreVersion: (file: Id, version: number) =>
      call<File>(`/files/${id(file)}/versions/${version}/restore`, { method: POST }),
    grants: (file: Id) => call<Page<FileGrant>>(`/files/${id(file)}/grants`),
    addGrant: (file: Id, body: GrantCreate) => call<FileGrant>(`/files/${id(file)}/grants`, { method: POST, body }),
    removeGrant: (file: Id, grant: Id) =>
      call<undefined>(`/files/${id(file)}/grants/${id(grant)}`, { method: 'DELETE' }),
    downloads: (file: Id) => call<Page<FileDownload>>(`/files/${id(file)}/downloads`),
    fileUrl: (file: Id, { version, attachment = false }: { version?: number; attachment?: boolean }) =>
      call<{ readonly url: string }>(`/files/${id(file)}/url`, { method: POST, body: { version, download: attachment } }),
    preview: (file: Id, size: string, version?: number, signal?: AbortSignal) =>
      call<Blob>(`/files/${id(file)}/previews/${size}`, { query: { version }, signal, as: 'blob' }),

    /** The answer to the offer of a connection over that protocol alone. */
    checkNetwork: (body: Schemas['NetworkCheck'], signal: AbortSignal) =>
      call<Schemas['NetworkCheckAnswer']>('/network-checks', { method: POST, body, signal }),
    checkUpload: (body: Blob, signal: AbortSignal) => call<undefined>('/network-checks/upload', { method: POST, body, signal }),

    overview: () => call<Schemas['AdminOverview']>('/admin/overview'),
    metrics: () => call<Blob>('/metrics', { as: 'blob', root: true }),
    adminUsers: (q: string, cursor?: string | null, guests = false) =>
      call<Page<User>>('/admin/users', { query: { q, guests, cursor, limit: 50 } }),
    createUser: (body: Schemas['AdminUserCreate']) => call<User>('/admin/users', { method: POST, body }),
    deleteUser: (user: Id) => call<undefined>(`/admin/users/${id(user)}`, { method: 'DELETE' }),
    resetPassword: (user: Id, password: string) =>
      call<undefined>(`/admin/users/${id(user)}/password`, { method: POST, body: { password } }),
    endSessionsOf: (user: Id) => call<undefined>(`/admin/users/${id(user)}/logout`, { method: POST }),
    serverInvitations: () => call<Page<Invitation>>('/admin/invitations'),
    makeServerInvitation: (body: Partial<Schemas['ServerInvitationCreate']>) =>
      call<Invitation>('/admin/invitations', { method: POST, body }),
    settings: () => call<Schemas['SettingsOverview']>('/admin/settings'),
    deadLetters: () => call<Schemas['DeadLetterPage']>('/admin/webhooks/dead-letters', { query: { limit: 50 } }),
    retryLetter: (delivery: Id) => call<undefined>(`/admin/webhooks/dead-letters/${id(delivery)}/retry`, { method: POST }),
    dropLetter: (delivery: Id) => call<undefined>(`/admin/webhooks/dead-letters/${id(delivery)}`, { method: 'DELETE' }),
    deleteAnyRoom: (room: Id) => call<undefined>(`/admin/rooms/${id(room)}`, { method: 'DELETE' }),
    changeUser: (user: Id, body: Schemas['AdminUserChange']) =>
      call<User>(`/admin/users/${id(user)}`, { method: 'PATCH', body }),
    adminRooms: (cursor?: string | null) =>
      call<Page<Schemas['AdminRoom']>>('/admin/rooms', { query: { cursor, limit: 50 } }),
    adminCalls: () => call<Page<Schemas['AdminCall']>>('/admin/calls'),
    endCall: (callId: Id) => call<Call>(`/calls/${id(callId)}/end`, { method: POST, body: { forAll: true } }),
    storage: () => call<Schemas['Storage']>('/admin/storage'),
    auditLog: (cursor?: string | null, only: { readonly actorId?: Id; readonly objectId?: Id } = {}) =>
      call<Page<Schemas['AuditEntry']>>('/admin/audit-log', { query: { cursor, limit: 50, ...only } }),
  };
}

export type Endpoints = ReturnType<typeof createEndpoints>;
