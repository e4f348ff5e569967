// Generated from api/openapi.yaml by tools/generate.mjs; do not edit.
/* eslint-disable */
export interface paths {
    readonly "/api/v1/admin/audit-log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who did what */
        readonly get: operations["adminAuditLog"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/calls": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Calls in progress */
        readonly get: operations["adminListCalls"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/invitations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Invitations to make an account */
        readonly get: operations["adminListInvitations"];
        readonly put?: never;
        /** Invite to make an account */
        readonly post: operations["adminCreateInvitation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/overview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Numbers of now */
        readonly get: operations["adminOverview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/rooms": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All rooms */
        readonly get: operations["adminListRooms"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/rooms/{roomId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Delete a room */
        readonly delete: operations["adminDeleteRoom"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/routes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Routes that the server answers
         * @description To be held against this file.
         */
        readonly get: operations["adminRoutes"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The configuration that is in force */
        readonly get: operations["adminSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/storage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What files take up */
        readonly get: operations["adminStorage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All accounts */
        readonly get: operations["adminListUsers"];
        readonly put?: never;
        /** Make an account for somebody */
        readonly post: operations["adminCreateUser"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/users/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Delete an account */
        readonly delete: operations["adminDeleteUser"];
        readonly options?: never;
        readonly head?: never;
        /** Role of an account, and whether it may log in */
        readonly patch: operations["adminChangeUser"];
        readonly trace?: never;
    };
    readonly "/api/v1/admin/users/{userId}/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End all sessions of an account */
        readonly post: operations["adminLogoutUser"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/users/{userId}/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Give an account a new password
         * @description Ends its sessions.
         */
        readonly post: operations["adminResetPassword"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/webhooks/dead-letters": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Webhooks that could not be delivered */
        readonly get: operations["adminListDeadLetters"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/webhooks/dead-letters/{delivery}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Give a webhook up */
        readonly delete: operations["adminDropDeadLetter"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/admin/webhooks/dead-letters/{delivery}/retry": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Try once more */
        readonly post: operations["adminRetryDeadLetter"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/guest": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Come in by a guest link */
        readonly post: operations["enterAsGuest"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/login": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Log in with a password
         * @description After several failures one must wait, longer each time: 429 with the code locked-out.
         */
        readonly post: operations["login"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/logout": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End this session */
        readonly post: operations["logout"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/logout-all": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End all sessions of the account */
        readonly post: operations["logoutAll"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/oidc/{provider}/start": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Send the browser to a provider */
        readonly get: operations["startOidc"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/oidc/callback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Come back from a provider
         * @description The provider sends the browser here. It goes on to the `redirect` of the start with `#code=…`, to be exchanged for a session, or `#error=…`.
         */
        readonly get: operations["finishOidc"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/oidc/exchange": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Change the code of a callback for a session */
        readonly post: operations["exchangeOidcCode"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Change the password
         * @description Ends every other session.
         */
        readonly post: operations["changePassword"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/providers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where else one can log in */
        readonly get: operations["listProviders"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/refresh": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Renew the tokens
         * @description Each refresh token is good once. Using one a second time ends the session: it was stolen.
         */
        readonly post: operations["refresh"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/auth/register": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make an account
         * @description The first account of a server is its administrator's. Whether others may register is a setting: open, by invitation, or closed.
         */
        readonly post: operations["register"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/avatars/{avatar}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A person's picture
         * @description What avatarUrl names. May be kept for ever: a new picture has a new address.
         */
        readonly get: operations["getAvatar"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Calls of one's rooms */
        readonly get: operations["listCalls"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One call */
        readonly get: operations["getCall"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Lock or unlock a call; say what others may send
         * @description For moderators. At least one of the two; what is not named stays as it is.
         */
        readonly patch: operations["changeCall"];
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/accept": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Answer, or come back */
        readonly post: operations["acceptCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Give up before an answer */
        readonly post: operations["cancelCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/decline": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Decline */
        readonly post: operations["declineCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End it for everybody */
        readonly post: operations["endCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/leave": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Leave */
        readonly post: operations["leaveCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/lobby": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who waits to be admitted */
        readonly get: operations["listLobby"];
        readonly put?: never;
        /** Knock at a locked call */
        readonly post: operations["knock"];
        /** Go away again */
        readonly delete: operations["stopKnocking"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/lobby/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Admit */
        readonly post: operations["admit"];
        /** Turn away */
        readonly delete: operations["turnAway"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/participants/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Put a participant out of the call
         * @description Not back until admitted.
         */
        readonly delete: operations["removeParticipant"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/participants/{userId}/mute": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Mute a participant */
        readonly post: operations["muteParticipant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/ring": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ring more members of the room */
        readonly post: operations["ringCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/calls/{callId}/state": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Hands, shares and strokes */
        readonly get: operations["getInCallState"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/config": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What clients need before anybody has logged in */
        readonly get: operations["getConfig"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own files, or those shared with one */
        readonly get: operations["listFiles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One file */
        readonly get: operations["getFile"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a file with all versions */
        readonly delete: operations["deleteFile"];
        readonly options?: never;
        readonly head?: never;
        /** Rename a file */
        readonly patch: operations["renameFile"];
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/content": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Content of a file
         * @description With an access token, or with the query of a signed URL.
         */
        readonly get: operations["getFileContent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/downloads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who fetched a file */
        readonly get: operations["listDownloads"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/grants": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who else may see a file */
        readonly get: operations["listGrants"];
        readonly put?: never;
        /** Let others see a file */
        readonly post: operations["createGrant"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/grants/{grantId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Take a grant back */
        readonly delete: operations["revokeGrant"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/previews/{size}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A picture of a file */
        readonly get: operations["getFilePreview"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/url": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A URL that works without a token for a while */
        readonly post: operations["signFileUrl"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/versions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Versions of a file */
        readonly get: operations["listFileVersions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/files/{fileId}/versions/{version}/restore": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Bring a version back
         * @description Its content becomes a new version.
         */
        readonly post: operations["restoreFileVersion"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/guest-links/{linkId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Revoke a guest link
         * @description Guests who came by it go at once.
         */
        readonly delete: operations["revokeGuestLink"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/guest-links/{token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a guest link is for */
        readonly get: operations["viewGuestLink"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/health": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Is the server well? */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/inbox": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What waits for one
         * @description Mentions, the newest answer in each followed thread, and missed calls: newest first.
         */
        readonly get: operations["listInbox"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/inbox/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** All that is in the inbox now counts as read */
        readonly post: operations["markInboxRead"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/invitations/{invitationId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Revoke an invitation */
        readonly delete: operations["revokeInvitation"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/invitations/accept": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Enter a room by an invitation */
        readonly post: operations["acceptInvitation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own account */
        readonly get: operations["getMe"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete one's account
         * @description Nothing personal remains. Messages are wiped; their places stay.
         */
        readonly delete: operations["deleteMe"];
        readonly options?: never;
        readonly head?: never;
        /** Change one's profile */
        readonly patch: operations["updateMe"];
        readonly trace?: never;
    };
    readonly "/api/v1/me/avatar": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Set one's picture */
        readonly put: operations["setAvatar"];
        readonly post?: never;
        /** Remove one's picture */
        readonly delete: operations["deleteAvatar"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All that the server keeps of oneself */
        readonly get: operations["exportMe"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me/presence": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Say how present one is
         * @description Holds until one's last device goes.
         */
        readonly put: operations["setPresence"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where one is logged in */
        readonly get: operations["listSessions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/me/sessions/{sessionId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** End one of one's sessions */
        readonly delete: operations["endSession"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/network-checks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * A connection that shows what a network lets through
         * @description Answers the offer of a connection of data channels over one protocol alone, outside of all rooms. When it comes up, calls can use that protocol here. It ends by itself after 10 seconds.
         */
        readonly post: operations["checkNetwork"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/network-checks/upload": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Takes bytes and forgets them
         * @description How long it takes tells a client how much it can send.
         */
        readonly post: operations["checkUpload"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/openapi.json": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This file as JSON */
        readonly get: operations["getOpenApiJson"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/openapi.yaml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** This file */
        readonly get: operations["getOpenApiYaml"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/presence": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How present people are */
        readonly get: operations["listPresence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own rooms */
        readonly get: operations["listRooms"];
        readonly put?: never;
        /** Make a room */
        readonly post: operations["createRoom"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One room */
        readonly get: operations["getRoom"];
        readonly put?: never;
        readonly post?: never;
        /** Delete a room and all that is in it */
        readonly delete: operations["deleteRoom"];
        readonly options?: never;
        readonly head?: never;
        /** Change a room */
        readonly patch: operations["updateRoom"];
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/call": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The call that goes on in a room */
        readonly get: operations["getCurrentCall"];
        readonly put?: never;
        /** Call, or join the call that goes on */
        readonly post: operations["startCall"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/export": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All that the server keeps of a room */
        readonly get: operations["exportRoom"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/files": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Files of a room */
        readonly get: operations["listRoomFiles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/guest-links": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Guest links of the room */
        readonly get: operations["listGuestLinks"];
        readonly put?: never;
        /** Make a guest link */
        readonly post: operations["createGuestLink"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/invitations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Invitations into the room */
        readonly get: operations["listInvitations"];
        readonly put?: never;
        /**
         * Invite into the room
         * @description Who has no account may make one with it.
         */
        readonly post: operations["createInvitation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/join": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Become a member of a public room */
        readonly post: operations["joinRoom"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/leave": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End one's membership */
        readonly post: operations["leaveRoom"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/members": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who belongs to the room */
        readonly get: operations["listMembers"];
        readonly put?: never;
        /** Add a person */
        readonly post: operations["addMember"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/members/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Remove a member
         * @description Ends the person's events, media and downloads of the room at once.
         */
        readonly delete: operations["removeMember"];
        readonly options?: never;
        readonly head?: never;
        /** Give a member another role */
        readonly patch: operations["changeMember"];
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The history of a room
         * @description Without a cursor its newest messages. At most one of `before`, `after` and `around`.
         */
        readonly get: operations["listMessages"];
        readonly put?: never;
        /** Send a message */
        readonly post: operations["sendMessage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages/{messageId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One message */
        readonly get: operations["getMessage"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Delete a message
         * @description Its content is gone for good; its place stays.
         */
        readonly delete: operations["deleteMessage"];
        readonly options?: never;
        readonly head?: never;
        /** Change one's message */
        readonly patch: operations["editMessage"];
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages/{messageId}/follow": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Follow the thread of a message */
        readonly put: operations["followThread"];
        readonly post?: never;
        /** Do not follow the thread of a message */
        readonly delete: operations["unfollowThread"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages/{messageId}/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Take away what one's message shows of its link
         * @description For good: it does not come back with an edit.
         */
        readonly delete: operations["removeLinkPreview"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages/{messageId}/reactions/{emoji}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** React */
        readonly put: operations["addReaction"];
        readonly post?: never;
        /** Take a reaction back */
        readonly delete: operations["removeReaction"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/messages/{messageId}/thread": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A thread */
        readonly get: operations["getThread"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/pins": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Pinned messages */
        readonly get: operations["listPins"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/pins/{messageId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Pin a message */
        readonly put: operations["pinMessage"];
        readonly post?: never;
        /** Unpin a message */
        readonly delete: operations["unpinMessage"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/preferences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Say what one wants of a room
         * @description Members that are left out stay as they are. The person's other devices hear of it by `preferences-updated`.
         */
        readonly put: operations["setRoomPreferences"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/read": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Move one's read marker
         * @description It never goes back.
         */
        readonly put: operations["markRead"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/receipts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who has read how far */
        readonly get: operations["listReceipts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/{roomId}/threads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Threads of a room */
        readonly get: operations["listThreads"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/rooms/public": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Rooms that anybody may join */
        readonly get: operations["listPublicRooms"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Find messages and files
         * @description Words that are all to be there, "phrases", and `from:`, `in:`, `has:file`, `before:`, `after:`. Only what the asker may see.
         */
        readonly get: operations["search"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shared/{token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What a link leads to */
        readonly get: operations["getSharedFile"];
        readonly put?: never;
        /** What a link with a password leads to */
        readonly post: operations["openSharedFile"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/shared/{token}/content": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Content of a file by a link without a password */
        readonly get: operations["getSharedContent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/uploads": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Begin an upload
         * @description Upload-Metadata knows `filename`, `roomId`, `fileId` (a new version of that file), `note` and `filetype`, each in base64. With a body of application/offset+octet-stream the first bytes come along.
         */
        readonly post: operations["createUpload"];
        readonly delete?: never;
        /** What the server can do */
        readonly options: operations["describeUploads"];
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/uploads/{uploadId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * An upload as it stands
         * @description Says which file it became.
         */
        readonly get: operations["showUpload"];
        readonly put?: never;
        /** PATCH or DELETE where a proxy lets neither through */
        readonly post: operations["overrideUpload"];
        /** Give an upload up */
        readonly delete: operations["terminateUpload"];
        /** What the server can do */
        readonly options: operations["describeUpload"];
        /** How far an upload has come */
        readonly head: operations["getUpload"];
        /** Send the next bytes */
        readonly patch: operations["continueUpload"];
        readonly trace?: never;
    };
    readonly "/api/v1/users": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Find people */
        readonly get: operations["searchUsers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/users/{userId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One person */
        readonly get: operations["getUser"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/users/{userId}/presence": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How present a person is */
        readonly get: operations["getUserPresence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/api/v1/version": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which version runs? */
        readonly get: operations["getVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly AdminCall: {
            readonly call: components["schemas"]["Call"];
            /** @description Who is connected to the media room. */
            readonly participants?: readonly components["schemas"]["AdminMediaParticipant"][];
            readonly roomName: string;
        };
        readonly AdminCallList: {
            readonly items: readonly components["schemas"]["AdminCall"][];
        };
        readonly AdminMediaParticipant: {
            /** @description The user's id; further devices have #2 and so on behind it. */
            readonly identity: string;
            readonly joinedAt: components["schemas"]["Time"];
            readonly name: string;
            /**
             * @description Of the connection in the last seconds.
             * @enum {string}
             */
            readonly quality: "excellent" | "good" | "poor" | "lost";
            /** @description A mean opinion score, 1 to 5; 0 where the connection is lost. */
            readonly score: number;
            /** @enum {string} */
            readonly state: "joining" | "active" | "disconnected";
            readonly tracks: readonly {
                readonly height: number;
                readonly muted: boolean;
                readonly sid: string;
                /** @enum {string} */
                readonly source: "camera" | "microphone" | "screen" | "screen-audio" | "unknown";
                readonly width: number;
            }[];
            readonly userId: string;
        };
        readonly AdminOverview: {
            readonly callsInProgress: number;
            /** @description People. */
            readonly connected: number;
            readonly database: {
                readonly available: boolean;
                /** @enum {string} */
                readonly engine: "sqlite" | "postgresql";
                readonly errors: number;
                /** @description Jobs that wait. */
                readonly queued: number;
                readonly reads: number;
                /** @description Since the start. */
                readonly writes: number;
            };
            readonly devices: number;
            readonly draining: boolean;
            /** @description People. */
            readonly inCalls: number;
            readonly rooms?: number;
            /** @description Seconds. */
            readonly uptime: number;
            readonly users?: number;
            readonly version: string;
        };
        readonly AdminPassword: {
            /**
             * @description At least `limits.passwordMinLength` characters.
             * @example correct horse battery
             */
            readonly password: string;
        };
        readonly AdminRoom: {
            readonly archived: boolean;
            readonly createdAt: components["schemas"]["Time"];
            readonly e2ee: boolean;
            readonly flag: string;
            readonly id: components["schemas"]["Id"];
            readonly lastSeq: number;
            readonly locked: boolean;
            readonly memberCount: number;
            readonly name: string;
            readonly ownerId: components["schemas"]["Id"] | null;
            readonly retentionDays: number;
            readonly topic: string;
            readonly type: components["schemas"]["RoomType"];
            readonly updatedAt: components["schemas"]["Time"];
            readonly visibility: components["schemas"]["Visibility"];
        };
        readonly AdminRoomPage: {
            readonly items: readonly components["schemas"]["AdminRoom"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @description Members left out stay as they are.
         * @example {
         *       "disabled": true
         *     }
         */
        readonly AdminUserChange: {
            readonly disabled?: boolean;
            /** @enum {string} */
            readonly role?: "user" | "admin";
        };
        /** @description Without a password the account is for log-ins at a provider. */
        readonly AdminUserCreate: {
            /**
             * Format: email
             * @example ada@example.org
             */
            readonly email: string;
            /** @example Ada */
            readonly name: string;
            /**
             * @description At least `limits.passwordMinLength` characters.
             * @example correct horse battery
             */
            readonly password?: string;
            /**
             * @default user
             * @enum {string}
             */
            readonly role: "user" | "admin";
        };
        readonly AuditEntry: {
            /** @example user.disable */
            readonly action: string;
            /** @description null: the server itself, or the command line. */
            readonly actorId: string | null;
            readonly actorName: string | null;
            readonly address: string | null;
            readonly at: components["schemas"]["Time"];
            readonly detail: {
                readonly [key: string]: unknown;
            };
            readonly id: components["schemas"]["Id"];
            readonly objectId: string | null;
            readonly objectType: string | null;
            readonly roomId: string | null;
        };
        readonly AuditPage: {
            readonly items: readonly components["schemas"]["AuditEntry"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @example {
         *       "id": "0193566e-1b2c-7f01-8c2d-3e4f50617283",
         *       "roomId": "0193566c-0a5e-7b42-a1c3-4d5e6f708192",
         *       "type": "video",
         *       "initiatorId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "status": "active",
         *       "startedAt": "2026-11-22T20:05:16.250Z",
         *       "answeredAt": "2026-11-22T20:05:16.250Z",
         *       "endedAt": null,
         *       "duration": 0,
         *       "locked": false,
         *       "allowed": {
         *         "microphone": true,
         *         "camera": true,
         *         "screenShare": true
         *       },
         *       "missed": false,
         *       "participants": [
         *         {
         *           "userId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *           "name": "Ada",
         *           "status": "joined",
         *           "joinedAt": "2026-11-22T20:05:16.250Z",
         *           "leftAt": null
         *         }
         *       ]
         *     }
         */
        readonly Call: {
            readonly allowed: components["schemas"]["MemberRights"];
            readonly answeredAt: components["schemas"]["Time"] | null;
            /** @description Seconds from the answer to the end; 0 while the call goes on. */
            readonly duration: number;
            readonly endedAt: components["schemas"]["Time"] | null;
            readonly id: components["schemas"]["Id"];
            readonly initiatorId: components["schemas"]["Id"] | null;
            /** @description Who comes must knock and be admitted. */
            readonly locked: boolean;
            /** @description By the asker. */
            readonly missed?: boolean;
            readonly participants: readonly components["schemas"]["CallParticipant"][];
            readonly roomId: components["schemas"]["Id"];
            readonly startedAt: components["schemas"]["Time"];
            /** @enum {string} */
            readonly status: "ringing" | "active" | "ended" | "missed" | "declined" | "cancelled";
            readonly type: components["schemas"]["CallType"];
        };
        /**
         * @example {
         *       "locked": true
         *     }
         * @example {
         *       "allowed": {
         *         "screenShare": false
         *       }
         *     }
         */
        readonly CallChange: {
            readonly allowed?: {
                readonly camera?: boolean;
                readonly microphone?: boolean;
                readonly screenShare?: boolean;
            };
            readonly locked?: boolean;
        };
        readonly CallCurrent: {
            readonly call: components["schemas"]["Call"] | null;
        };
        readonly CallEnd: {
            /**
             * @description Refuse, instead of leaving, when one may not end it for everybody.
             * @default false
             */
            readonly forAll: boolean;
        };
        readonly CallJoin: {
            /**
             * @description Come in beside one's other device.
             * @default false
             */
            readonly secondDevice: boolean;
        };
        readonly CallJoined: {
            readonly call: components["schemas"]["Call"];
            readonly media: components["schemas"]["Media"];
        };
        readonly CallPage: {
            readonly items: readonly components["schemas"]["Call"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        readonly CallParticipant: {
            /** @description Was in another call when it rang. */
            readonly busy?: boolean;
            readonly joinedAt: components["schemas"]["Time"] | null;
            readonly leftAt: components["schemas"]["Time"] | null;
            readonly name: string;
            /** @enum {string} */
            readonly status: "ringing" | "joined" | "left" | "missed" | "declined";
            readonly userId: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "userIds": [
         *         "0193566b-31c4-7d11-8f0a-2b9e5d4c3a21"
         *       ]
         *     }
         */
        readonly CallRing: {
            readonly userIds: readonly components["schemas"]["Id"][];
        };
        /**
         * @description Type of a call that this starts; one that goes on keeps its own.
         * @example {
         *       "type": "video"
         *     }
         */
        readonly CallStart: {
            /**
             * @description Ring the members' devices when this starts the call.
             * @default true
             */
            readonly ring: boolean;
            /**
             * @description Come in beside one's other device.
             * @default false
             */
            readonly secondDevice: boolean;
            /**
             * @default video
             * @enum {string}
             */
            readonly type: "audio" | "video";
            /** @description Ring these alone. */
            readonly userIds?: readonly components["schemas"]["Id"][];
        };
        /** @enum {string} */
        readonly CallType: "audio" | "video";
        /** @description What a client needs to know before anybody has logged in. */
        readonly ClientConfig: {
            readonly calls: {
                /** @description Seconds. */
                readonly ringTimeout: number;
            };
            readonly events: {
                readonly socketIoPath: string;
                readonly webSocketPath: string;
            };
            readonly features: {
                readonly calls: boolean;
                readonly e2ee: boolean;
                readonly files: boolean;
                readonly lobby: boolean;
                readonly search: boolean;
            };
            /** @description Nobody has an account yet: the first one to register is the administrator. */
            readonly firstRun: boolean;
            /** @description Guest links can be made. */
            readonly guests: boolean;
            readonly limits: {
                /** @description Bytes. */
                readonly avatarSize: number;
                readonly callParticipants?: number;
                /** @description Bytes. */
                readonly fileSize: number;
                readonly filesPerMessage: number;
                /** @description Unicode code points. */
                readonly messageLength: number;
                readonly nameLength: number;
                readonly pageSize: number;
                readonly passwordMinLength: number;
                readonly roomMembers?: number;
            };
            readonly media: {
                /** @description WebSocket URL for LiveKit clients; empty: that of this page. */
                readonly url: string;
            };
            /** @description Of this place. */
            readonly name: string;
            readonly passwordLogin: boolean;
            readonly providers: readonly components["schemas"]["Provider"][];
            /** @enum {string} */
            readonly registration: "open" | "invite" | "closed";
            readonly uploads: {
                /** @description Bytes that a client should send in one request. */
                readonly chunkSize: number;
                readonly url: string;
            };
            readonly version: string;
        };
        readonly DeadLetter: {
            readonly attempts: number;
            /** @description As it would have been sent. */
            readonly body: string;
            readonly createdAt: components["schemas"]["Time"];
            readonly event: string;
            readonly id: string;
            readonly lastError: string;
            readonly url: string;
        };
        readonly DeadLetterPage: {
            readonly items: readonly components["schemas"]["DeadLetter"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        readonly DeleteAccountRequest: {
            /** @description Not asked of an account that has none. */
            readonly password?: string;
        };
        readonly Download: {
            readonly bytes: number;
            readonly complete: boolean;
            readonly endedAt: components["schemas"]["Time"] | null;
            readonly fileId: components["schemas"]["Id"];
            readonly grantId: components["schemas"]["Id"] | null;
            readonly id: components["schemas"]["Id"];
            readonly startedAt: components["schemas"]["Time"];
            readonly userId: components["schemas"]["Id"] | null;
            readonly userName: string | null;
            readonly version: number;
        };
        readonly DownloadPage: {
            readonly items: readonly components["schemas"]["Download"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description Everything that the server keeps of it, as one JSON object. */
        readonly Export: {
            readonly [key: string]: unknown;
        };
        /**
         * @description `canEdit`, `canDelete` and `canGrant` come with the file itself, not in lists.
         * @example {
         *       "id": "0193566f-4c5d-7a68-9e0f-1a2b3c4d5e6f",
         *       "name": "tides.pdf",
         *       "size": 48213,
         *       "mime": "application/pdf",
         *       "roomId": "0193566c-0a5e-7b42-a1c3-4d5e6f708192",
         *       "ownerId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "version": 1,
         *       "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
         *       "url": "/api/v1/files/0193566f-4c5d-7a68-9e0f-1a2b3c4d5e6f/content",
         *       "previews": [],
         *       "createdAt": "2026-11-22T20:05:16.250Z",
         *       "updatedAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly File: {
            readonly canDelete?: boolean;
            /** @description Rename, new versions: for the asker. */
            readonly canEdit?: boolean;
            readonly canGrant?: boolean;
            readonly createdAt: components["schemas"]["Time"];
            readonly id: components["schemas"]["Id"];
            /** @description Found in the content, not believed. */
            readonly mime: string;
            readonly name: string;
            readonly ownerId: components["schemas"]["Id"] | null;
            readonly previews: readonly components["schemas"]["Preview"][];
            readonly roomId: components["schemas"]["Id"] | null;
            /** @description SHA-256, hex. */
            readonly sha256: string;
            /** @description Bytes. */
            readonly size: number;
            readonly updatedAt: components["schemas"]["Time"];
            /** @description Of the content; a path. */
            readonly url: string;
            readonly version: number;
        };
        /**
         * @example {
         *       "name": "tides-2026.pdf"
         *     }
         */
        readonly FileChange: {
            readonly name: string;
        };
        readonly FilePage: {
            readonly items: readonly components["schemas"]["File"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @example {
         *       "download": true
         *     }
         */
        readonly FileUrlRequest: {
            /**
             * @description The browser saves it instead of showing it.
             * @default false
             */
            readonly download: boolean;
            /** @description Without it the current one. */
            readonly version?: number;
        };
        readonly FileVersion: {
            readonly createdAt: components["schemas"]["Time"];
            readonly fileId: components["schemas"]["Id"];
            readonly id: components["schemas"]["Id"];
            readonly mime: string;
            readonly note: string;
            readonly number: number;
            /** @description The number of the version that this one brought back. */
            readonly restoredFrom: number | null;
            /** @description SHA-256, hex. */
            readonly sha256: string;
            /** @description Bytes. */
            readonly size: number;
            readonly uploaderId: components["schemas"]["Id"] | null;
        };
        readonly FileVersionList: {
            readonly items: readonly components["schemas"]["FileVersion"][];
        };
        readonly Grant: {
            readonly createdAt: components["schemas"]["Time"];
            readonly createdBy: components["schemas"]["Id"] | null;
            readonly expiresAt: components["schemas"]["Time"] | null;
            readonly fileId: components["schemas"]["Id"];
            readonly id: components["schemas"]["Id"];
            /** @enum {string} */
            readonly kind: "room" | "user" | "link";
            /** @description The link asks for one. */
            readonly password: boolean;
            readonly roomId: components["schemas"]["Id"] | null;
            /** @description Of a link, only in the answer that made it. */
            readonly token?: string;
            /** @description Of a link, likewise. */
            readonly url?: string;
            readonly userId: components["schemas"]["Id"] | null;
        };
        /**
         * @description `roomId` or `userId` as the kind says.
         * @example {
         *       "kind": "link",
         *       "expiresAt": "2099-01-01T00:00:00.000Z"
         *     }
         */
        readonly GrantCreate: {
            readonly expiresAt?: components["schemas"]["Time"] | null;
            /** @enum {string} */
            readonly kind: "room" | "user" | "link";
            /** @description Of a link. */
            readonly password?: string;
            readonly roomId?: components["schemas"]["Id"];
            readonly userId?: components["schemas"]["Id"];
        };
        readonly GrantList: {
            readonly items: readonly components["schemas"]["Grant"][];
        };
        readonly GuestLink: {
            readonly createdAt: components["schemas"]["Time"];
            readonly createdBy: components["schemas"]["Id"];
            readonly expiresAt: components["schemas"]["Time"];
            readonly id: components["schemas"]["Id"];
            readonly maxUses: number;
            readonly passwordProtected: boolean;
            readonly roomId: components["schemas"]["Id"];
            /** @description Only in the answer that made it. */
            readonly token?: string;
            readonly uses: number;
        };
        /**
         * @example {
         *       "expiresIn": 86400
         *     }
         */
        readonly GuestLinkCreate: {
            /**
             * @description Seconds.
             * @default 86400
             */
            readonly expiresIn: number;
            /**
             * @description 0: any number.
             * @default 0
             */
            readonly maxUses: number;
            /** @description Asked of every guest. */
            readonly password?: string;
        };
        readonly GuestLinkList: {
            readonly items: readonly components["schemas"]["GuestLink"][];
        };
        /** @description What the bearer of a guest link may know beforehand. */
        readonly GuestLinkPreview: {
            readonly expiresAt: components["schemas"]["Time"];
            readonly passwordProtected: boolean;
            readonly roomId: components["schemas"]["Id"];
        };
        readonly GuestRequest: {
            /** @example Ada */
            readonly name: string;
            /** @description Where the link asks for one. */
            readonly password?: string;
            /** @description Of the guest link. */
            readonly token: string;
        };
        readonly Health: {
            /** @enum {string} */
            readonly database: "ok" | "unavailable";
            /**
             * @description degraded: the database is away, or the server is stopping.
             * @enum {string}
             */
            readonly status: "ok" | "degraded";
            /** @description Seconds. */
            readonly uptime: number;
        };
        /**
         * Format: uuid
         * @description A UUID (version 7 where this server made it), lower case.
         * @example 0193566b-2f10-7c3a-9d52-8a4b1c6e7f00
         */
        readonly Id: string;
        /** @description `message` is the one that names the asker (`mention`) or the newest answer of somebody else (`thread`); `call` is there for `missed-call`. */
        readonly InboxItem: {
            readonly at: components["schemas"]["Time"];
            readonly call: components["schemas"]["Call"] | null;
            /** @enum {string} */
            readonly kind: "mention" | "thread" | "missed-call";
            readonly message: components["schemas"]["Message"] | null;
            readonly read: boolean;
            readonly roomId: components["schemas"]["Id"];
        };
        readonly InboxPage: {
            readonly items: readonly components["schemas"]["InboxItem"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description Raised hands, shares, strokes and control as they are. */
        readonly InCallState: {
            readonly [key: string]: unknown;
        };
        readonly Invitation: {
            readonly admin: boolean;
            readonly createdAt: components["schemas"]["Time"];
            readonly createdBy: components["schemas"]["Id"];
            readonly email: string | null;
            readonly expiresAt: components["schemas"]["Time"];
            readonly id: components["schemas"]["Id"];
            readonly maxUses: number;
            readonly role: string | null;
            readonly roomId: components["schemas"]["Id"] | null;
            /** @description Only in the answer that made it: the server keeps a digest. */
            readonly token?: string;
            readonly uses: number;
        };
        readonly InvitationAccepted: {
            readonly room?: components["schemas"]["Room"];
            readonly roomId: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "maxUses": 0
         *     }
         */
        readonly InvitationCreate: {
            /**
             * Format: email
             * @description Only for the account with this address.
             * @example ada@example.org
             */
            readonly email?: string;
            /**
             * @description Seconds.
             * @default 604800
             */
            readonly expiresIn: number;
            /**
             * @description 0: any number.
             * @default 1
             */
            readonly maxUses: number;
            /**
             * @default member
             * @enum {string}
             */
            readonly role: "moderator" | "member";
        };
        readonly InvitationList: {
            readonly items: readonly components["schemas"]["Invitation"][];
        };
        /**
         * @example {
         *       "url": "https://www.example.org/tides",
         *       "title": "Tides of the week",
         *       "site": "Harbour office",
         *       "description": "High water at nine.",
         *       "image": null
         *     }
         */
        readonly LinkPreview: {
            readonly description: string | null;
            /** @description A small picture: a `data:` URL of WebP. */
            readonly image: string | null;
            /** @description Its name, or the host. */
            readonly site: string;
            readonly title: string;
            /** @description The link, as it stands in the message. */
            readonly url: string;
        };
        readonly LobbyEntry: {
            readonly name: string;
            readonly since: components["schemas"]["Time"];
            readonly userId: components["schemas"]["Id"];
        };
        readonly LobbyList: {
            readonly items: readonly components["schemas"]["LobbyEntry"][];
        };
        /** @description A session, as its owner sees it. */
        readonly LogIn: {
            readonly address: string;
            readonly createdAt: components["schemas"]["Time"];
            /** @description The one that asks. */
            readonly current: boolean;
            readonly expiresAt: components["schemas"]["Time"];
            readonly id: string;
            readonly lastUsedAt: components["schemas"]["Time"];
            readonly method: string;
            readonly userAgent: string;
        };
        readonly LogInList: {
            readonly items: readonly components["schemas"]["LogIn"][];
        };
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "password": "correct horse battery"
         *     }
         */
        readonly LoginRequest: {
            /**
             * Format: email
             * @example ada@example.org
             */
            readonly email: string;
            readonly password: string;
        };
        /**
         * @description For connecting: a connection outlives the token.
         * @example {
         *       "url": "wss://chat.example.org",
         *       "token": "eyJ…",
         *       "expiresAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly Media: {
            readonly expiresAt: components["schemas"]["Time"];
            /** @description LiveKit access token; its grants follow the role. */
            readonly token: string;
            /** @description WebSocket URL for LiveKit clients. */
            readonly url: string;
        };
        /**
         * @example {
         *       "userId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "name": "Ada",
         *       "handle": "ada",
         *       "role": "owner",
         *       "avatarUrl": null,
         *       "guest": false,
         *       "joinedAt": "2026-11-22T20:05:16.250Z",
         *       "presence": "online",
         *       "lastSeenAt": null
         *     }
         */
        readonly Member: {
            readonly avatarUrl: string | null;
            readonly guest: boolean;
            readonly handle: string;
            readonly joinedAt: components["schemas"]["Time"];
            readonly lastSeenAt: components["schemas"]["Time"] | null;
            readonly name: string;
            /** @enum {string} */
            readonly presence: "online" | "away" | "busy" | "in-call" | "offline";
            readonly role: components["schemas"]["RoomRole"];
            readonly userId: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "userId": "0193566b-31c4-7d11-8f0a-2b9e5d4c3a21",
         *       "role": "member"
         *     }
         */
        readonly MemberAdd: {
            /**
             * @default member
             * @enum {string}
             */
            readonly role: "owner" | "moderator" | "member";
            readonly userId: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "role": "moderator"
         *     }
         */
        readonly MemberChange: {
            /** @enum {string} */
            readonly role: "owner" | "moderator" | "member";
        };
        readonly MemberPage: {
            readonly items: readonly components["schemas"]["Member"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description What people who are no moderators may send. What they send of another kind ends. */
        readonly MemberRights: {
            readonly camera: boolean;
            readonly microphone: boolean;
            /** @description With its sound. */
            readonly screenShare: boolean;
        };
        /**
         * @example {
         *       "id": "0193566d-77aa-7e90-b3d4-5f6071829304",
         *       "seq": 42,
         *       "roomId": "0193566c-0a5e-7b42-a1c3-4d5e6f708192",
         *       "senderId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "sender": {
         *         "id": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *         "name": "Ada",
         *         "avatarUrl": null
         *       },
         *       "content": "High water at nine.",
         *       "type": "text",
         *       "replyTo": null,
         *       "threadId": null,
         *       "replyCount": 0,
         *       "lastReplyAt": null,
         *       "files": [],
         *       "mentions": [],
         *       "reactions": [],
         *       "preview": null,
         *       "pinned": false,
         *       "clientId": "c-1",
         *       "createdAt": "2026-11-22T20:05:16.250Z",
         *       "editedAt": null,
         *       "deletedAt": null
         *     }
         */
        readonly Message: {
            readonly clientId: string | null;
            /** @description As sent. Never HTML. */
            readonly content: string;
            readonly createdAt: components["schemas"]["Time"];
            readonly deletedAt: components["schemas"]["Time"] | null;
            readonly editedAt: components["schemas"]["Time"] | null;
            readonly files: readonly components["schemas"]["File"][];
            readonly id: components["schemas"]["Id"];
            readonly lastReplyAt: components["schemas"]["Time"] | null;
            /** @description Ids of people; `room` stands for everybody. */
            readonly mentions: readonly string[];
            readonly pinned: boolean;
            /** @description What the page says of itself that the first link of the message leads to. It comes a moment after the message, with a `message-updated`; never in end-to-end encrypted rooms. */
            readonly preview: components["schemas"]["LinkPreview"] | null;
            readonly reactions: readonly components["schemas"]["Reaction"][];
            readonly replyCount: number;
            readonly replyTo: components["schemas"]["Id"] | null;
            readonly roomId: components["schemas"]["Id"];
            readonly sender: components["schemas"]["UserBrief"];
            readonly senderId: components["schemas"]["Id"];
            /** @description Its place in the room: the same for everybody. */
            readonly seq: number;
            readonly threadId: components["schemas"]["Id"] | null;
            /**
             * @description file: nothing but files. system: what the server itself has to say.
             * @enum {string}
             */
            readonly type: "text" | "file" | "system";
        };
        /**
         * @example {
         *       "content": "High water at ten."
         *     }
         */
        readonly MessageEdit: {
            readonly content: string;
        };
        readonly MessageList: {
            readonly items: readonly components["schemas"]["Message"][];
        };
        /** @description Newest last. `nextCursor` goes on in the direction of the request: to older messages with `before` or nothing, to newer ones with `after`. The other two are for `before` and `after`; null where there is nothing. */
        readonly MessagePage: {
            readonly afterCursor: components["schemas"]["NextCursor"];
            readonly beforeCursor: components["schemas"]["NextCursor"];
            readonly items: readonly components["schemas"]["Message"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @example {
         *       "content": "High water at nine.",
         *       "clientId": "c-1"
         *     }
         */
        readonly MessageSend: {
            /** @description Made by the client: a second send with it answers the first message. */
            readonly clientId?: string;
            /** @description May be empty when files come with it. */
            readonly content: string;
            readonly fileIds?: readonly components["schemas"]["Id"][];
            readonly replyTo?: components["schemas"]["Id"];
            readonly threadId?: components["schemas"]["Id"];
        };
        /**
         * @description Only muting: nobody makes sound again but the publisher.
         * @example {
         *       "trackSid": "TR_AMq3"
         *     }
         */
        readonly MuteRequest: {
            /** @description Without it the microphone. */
            readonly trackSid?: string;
        };
        /**
         * @example {
         *       "sdp": "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n",
         *       "protocol": "udp"
         *     }
         */
        readonly NetworkCheck: {
            /** @enum {string} */
            readonly protocol: "udp" | "tcp";
            /** @description An offer (RFC 8829) of data channels. */
            readonly sdp: string;
        };
        readonly NetworkCheckAnswer: {
            /** @description The answer. */
            readonly sdp: string;
        };
        /** @description What to send as `cursor` for the next page; null on the last one. */
        readonly NextCursor: string | null;
        /**
         * @description What of a room makes a notice. Where nothing was chosen: everything, or, from ten members on, mentions.
         * @enum {string}
         */
        readonly NoticeLevel: "everything" | "mentions" | "nothing";
        readonly OidcExchangeRequest: {
            /** @description The `code` that the callback put behind # of the page's address. Good once, for a minute. */
            readonly code: string;
        };
        readonly PasswordRequest: {
            /** @description Not asked of an account that has none. */
            readonly currentPassword?: string;
            /**
             * @description At least `limits.passwordMinLength` characters.
             * @example correct horse battery
             */
            readonly newPassword: string;
        };
        /**
         * @example {
         *       "userId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "status": "online",
         *       "lastSeenAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly Presence: {
            readonly lastSeenAt: components["schemas"]["Time"] | null;
            /** @enum {string} */
            readonly status: "online" | "away" | "busy" | "in-call" | "offline";
            readonly userId: components["schemas"]["Id"];
        };
        /**
         * @example {
         *       "status": "busy"
         *     }
         */
        readonly PresenceChange: {
            /**
             * @description online: as the devices say. offline: hidden.
             * @enum {string}
             */
            readonly status: "online" | "away" | "busy" | "offline";
        };
        readonly PresenceList: {
            readonly items: readonly components["schemas"]["Presence"][];
        };
        readonly Preview: {
            /** @enum {string} */
            readonly kind: "image" | "text";
            /** @description Longest edge of a picture, pixels. */
            readonly size?: number;
            readonly url: string;
        };
        /**
         * @description RFC 9457.
         * @example {
         *       "type": "about:blank",
         *       "title": "Bad Request",
         *       "status": 400,
         *       "detail": "\"name\" is missing",
         *       "code": "invalid-argument",
         *       "field": "name"
         *     }
         */
        readonly Problem: {
            /** @description Stable, for programs. */
            readonly code: string;
            /** @description The cause, and the way out where there is one. */
            readonly detail: string;
            /** @description The offending member of the request. */
            readonly field?: string;
            /** @description Seconds after which asking again makes sense. */
            readonly retryAfter?: number;
            readonly status: number;
            readonly title: string;
            /** Format: uri-reference */
            readonly type: string;
        };
        /**
         * @description Members left out stay as they are.
         * @example {
         *       "name": "Ada",
         *       "statusText": "in the lab"
         *     }
         */
        readonly ProfileChange: {
            readonly locale?: string;
            /** @example Ada */
            readonly name?: string;
            readonly statusText?: string;
        };
        /**
         * @description An OpenID Connect provider.
         * @example {
         *       "id": "company",
         *       "name": "Company account",
         *       "startUrl": "/api/v1/auth/oidc/company/start"
         *     }
         */
        readonly Provider: {
            readonly id: string;
            /** @description What a button may say. */
            readonly name: string;
            /** @description Where the browser goes to log in there. */
            readonly startUrl: string;
        };
        readonly ProviderList: {
            readonly items: readonly components["schemas"]["Provider"][];
        };
        /**
         * @example {
         *       "emoji": "👍",
         *       "count": 2,
         *       "userIds": [
         *         "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *         "0193566b-31c4-7d11-8f0a-2b9e5d4c3a21"
         *       ]
         *     }
         */
        readonly Reaction: {
            readonly count: number;
            readonly emoji: string;
            readonly userIds: readonly components["schemas"]["Id"][];
        };
        /** @description All reactions to the message. */
        readonly ReactionList: {
            readonly items: readonly components["schemas"]["Reaction"][];
        };
        /**
         * @example {
         *       "seq": 42
         *     }
         */
        readonly ReadMark: {
            /** @description Of the newest message or event read. */
            readonly seq: number;
        };
        readonly ReadMarker: {
            readonly readAt: components["schemas"]["Time"];
            readonly roomId: components["schemas"]["Id"];
            readonly seq: number;
            readonly userId: components["schemas"]["Id"];
        };
        readonly ReadMarkerList: {
            readonly items: readonly components["schemas"]["ReadMarker"][];
        };
        readonly RefreshRequest: {
            /** @description Opaque. */
            readonly refreshToken: string;
        };
        /**
         * @example {
         *       "email": "ada@example.org",
         *       "password": "correct horse battery",
         *       "name": "Ada"
         *     }
         */
        readonly RegisterRequest: {
            /**
             * Format: email
             * @example ada@example.org
             */
            readonly email: string;
            /** @description The token of an invitation, where registration asks for one. */
            readonly invitation?: string;
            /** @example Ada */
            readonly name: string;
            /**
             * @description At least `limits.passwordMinLength` characters.
             * @example correct horse battery
             */
            readonly password: string;
        };
        /**
         * @description `role` and `unread` are those of the asker; `role` is null for no member. `peerId` is the other person of a direct room.
         * @example {
         *       "id": "0193566c-0a5e-7b42-a1c3-4d5e6f708192",
         *       "name": "Harbour",
         *       "type": "group",
         *       "visibility": "private",
         *       "topic": "",
         *       "e2ee": false,
         *       "archived": false,
         *       "locked": false,
         *       "flag": "band-sea-amber",
         *       "retentionDays": 0,
         *       "ownerId": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "memberCount": 3,
         *       "lastSeq": 41,
         *       "role": "owner",
         *       "unread": 0,
         *       "mentions": 0,
         *       "lastReadSeq": 41,
         *       "peerId": null,
         *       "lastMessage": null,
         *       "starred": false,
         *       "muted": false,
         *       "notify": "everything",
         *       "createdAt": "2026-11-22T20:05:16.250Z",
         *       "updatedAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly Room: {
            /** @description Read only. */
            readonly archived: boolean;
            readonly createdAt: components["schemas"]["Time"];
            /** @description Messages, files and calls are encrypted by the clients. */
            readonly e2ee: boolean;
            /** @description A short mark that clients show beside the name, as they please. */
            readonly flag: string;
            readonly id: components["schemas"]["Id"];
            readonly lastMessage: components["schemas"]["Message"] | null;
            readonly lastReadSeq: number;
            /** @description Of the newest event. */
            readonly lastSeq: number;
            /** @description Nobody joins without being added. */
            readonly locked: boolean;
            readonly memberCount: number;
            readonly mentions: number;
            readonly muted: boolean;
            readonly name: string;
            readonly notify: components["schemas"]["NoticeLevel"];
            readonly ownerId: components["schemas"]["Id"] | null;
            readonly peerId: components["schemas"]["Id"] | null;
            /** @description Messages older than this are deleted; 0: never. */
            readonly retentionDays: number;
            readonly role: components["schemas"]["RoomRole"] | null;
            /** @description The asker's own, as muted and notify. */
            readonly starred: boolean;
            readonly topic: string;
            readonly type: components["schemas"]["RoomType"];
            /** @description Messages after the read marker. */
            readonly unread: number;
            readonly updatedAt: components["schemas"]["Time"];
            readonly visibility: components["schemas"]["Visibility"];
        };
        /**
         * @description Members left out stay as they are.
         * @example {
         *       "topic": "Tides and berths"
         *     }
         */
        readonly RoomChange: {
            readonly archived?: boolean;
            /** @description Can be switched on, never off. */
            readonly e2ee?: boolean;
            readonly flag?: string;
            readonly locked?: boolean;
            /** @example Harbour */
            readonly name?: string;
            /** @description 0: for ever. */
            readonly retentionDays?: number;
            readonly topic?: string;
            readonly visibility?: components["schemas"]["Visibility"];
        };
        /**
         * @description A direct room needs exactly one other person in `memberIds` and no name; asked for again, the room of the two is answered. The others need a name.
         * @example {
         *       "name": "Harbour",
         *       "type": "group",
         *       "visibility": "private",
         *       "memberIds": [
         *         "0193566b-31c4-7d11-8f0a-2b9e5d4c3a21"
         *       ]
         *     }
         */
        readonly RoomCreate: {
            /** @default false */
            readonly e2ee: boolean;
            readonly flag?: string;
            readonly memberIds?: readonly components["schemas"]["Id"][];
            /** @example Harbour */
            readonly name?: string;
            readonly topic?: string;
            /**
             * @default group
             * @enum {string}
             */
            readonly type: "direct" | "group" | "project";
            /**
             * @default private
             * @enum {string}
             */
            readonly visibility: "private" | "public";
        };
        readonly RoomPage: {
            readonly items: readonly components["schemas"]["Room"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @example {
         *       "starred": true,
         *       "notify": "mentions"
         *     }
         */
        readonly RoomPreferences: {
            readonly muted?: boolean;
            readonly notify?: components["schemas"]["NoticeLevel"];
            readonly starred?: boolean;
        };
        /** @enum {string} */
        readonly RoomRole: "owner" | "moderator" | "member" | "guest";
        /** @enum {string} */
        readonly RoomType: "direct" | "group" | "project";
        readonly RouteList: {
            readonly items: readonly {
                readonly method: string;
                readonly path: string;
            }[];
        };
        readonly SearchHit: {
            readonly createdAt: components["schemas"]["Time"];
            readonly fileId: components["schemas"]["Id"] | null;
            /** @description What matched: [begin, end) in UTF-16 code units of the snippet. */
            readonly highlights: readonly (readonly number[])[];
            /** @enum {string} */
            readonly kind: "message" | "file";
            readonly messageId: components["schemas"]["Id"] | null;
            readonly roomId: components["schemas"]["Id"] | null;
            readonly senderId: components["schemas"]["Id"] | null;
            /** @description An excerpt, as sent. Never HTML. */
            readonly snippet: string;
        };
        readonly SearchPage: {
            readonly items: readonly components["schemas"]["SearchHit"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * @example {
         *       "maxUses": 5
         *     }
         */
        readonly ServerInvitationCreate: {
            /** @default false */
            readonly admin: boolean;
            /**
             * Format: email
             * @example ada@example.org
             */
            readonly email?: string;
            /**
             * @description Seconds.
             * @default 604800
             */
            readonly expiresIn: number;
            /**
             * @description 0: any number.
             * @default 1
             */
            readonly maxUses: number;
        };
        /** @description What a log-in gives. */
        readonly Session: {
            /** @description For `Authorization: Bearer …` and the sockets. */
            readonly accessToken: string;
            /** @description Seconds that the access token lives. */
            readonly expiresIn: number;
            /** @description Good once, for POST /api/v1/auth/refresh. */
            readonly refreshToken: string;
            /** @description Where an invitation or a guest link led. */
            readonly roomId?: components["schemas"]["Id"];
            readonly user: components["schemas"]["User"];
        };
        readonly SettingsOverview: {
            /** @description Keys of the configuration with their values; secrets are left out. */
            readonly settings: {
                readonly [key: string]: unknown;
            };
        };
        readonly SharedFile: {
            readonly expiresAt: components["schemas"]["Time"] | null;
            readonly file: {
                readonly createdAt: components["schemas"]["Time"];
                readonly id: components["schemas"]["Id"];
                readonly mime: string;
                readonly name: string;
                /** @description SHA-256, hex. */
                readonly sha256: string;
                readonly size: number;
                readonly updatedAt: components["schemas"]["Time"];
                readonly version: number;
            };
            /** @description Signed: the content, without a token. */
            readonly url: string;
            readonly urlExpiresAt: components["schemas"]["Time"];
        };
        readonly SharedOpen: {
            readonly password?: string;
        };
        /**
         * @example {
         *       "url": "/api/v1/files/0193566f-4c5d-7a68-9e0f-1a2b3c4d5e6f/content?expires=…&signature=…",
         *       "expiresAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly SignedUrl: {
            readonly expiresAt: components["schemas"]["Time"];
            readonly url: string;
        };
        readonly Storage: {
            /** @description Of all versions, each counted. */
            readonly bytes: number;
            readonly database: {
                readonly bytes: number;
                /** @enum {string} */
                readonly engine: "sqlite" | "postgresql";
            };
            readonly files: number;
            readonly maxFileSize: number;
            readonly quotaPerRoom: number;
            /** @description Bytes; 0: none. */
            readonly quotaPerUser: number;
            /** @description Of their contents: equal ones are kept once. */
            readonly storedBytes: number;
            readonly uploadBytes: number;
            /** @description Under way. */
            readonly uploads: number;
            readonly versions: number;
        };
        /** @description `message` is the one that the thread hangs on. */
        readonly ThreadMessages: {
            readonly afterCursor: components["schemas"]["NextCursor"];
            readonly beforeCursor: components["schemas"]["NextCursor"];
            /** @description Does the asker follow the thread? */
            readonly following: boolean;
            readonly items: readonly components["schemas"]["Message"][];
            readonly message: components["schemas"]["Message"];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /** @description Messages with replies, latest reply first. */
        readonly ThreadPage: {
            readonly items: readonly components["schemas"]["Message"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        /**
         * Format: date-time
         * @description ISO 8601 in UTC with milliseconds.
         * @example 2026-11-22T20:05:16.250Z
         */
        readonly Time: string;
        readonly Upload: {
            readonly createdAt: components["schemas"]["Time"];
            readonly done: boolean;
            readonly expiresAt: components["schemas"]["Time"];
            readonly fileId: components["schemas"]["Id"] | null;
            readonly id: string;
            readonly length: number | null;
            readonly name: string;
            readonly offset: number;
            /** @description Why it was not taken. */
            readonly refusal: string | null;
            readonly roomId: components["schemas"]["Id"] | null;
        };
        /**
         * @example {
         *       "id": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "name": "Ada",
         *       "handle": "ada",
         *       "email": "ada@example.org",
         *       "role": "admin",
         *       "avatarUrl": null,
         *       "guest": false,
         *       "statusText": "",
         *       "createdAt": "2026-11-22T20:05:16.250Z",
         *       "lastSeenAt": "2026-11-22T20:05:16.250Z"
         *     }
         */
        readonly User: {
            /** @description Changes with the picture. */
            readonly avatarUrl: string | null;
            readonly createdAt: components["schemas"]["Time"];
            /** @description The account is gone; its messages stay under the name "deleted account". */
            readonly deleted?: boolean;
            /** @description For administrators. */
            readonly disabled?: boolean;
            /**
             * Format: email
             * @description Of oneself, and for administrators.
             */
            readonly email?: string;
            readonly guest: boolean;
            readonly guestRoomId?: components["schemas"]["Id"] | null;
            /** @description What @mentions name. */
            readonly handle: string;
            readonly id: components["schemas"]["Id"];
            readonly lastSeenAt: components["schemas"]["Time"] | null;
            /** @description BCP 47. */
            readonly locale?: string;
            readonly name: string;
            /** @enum {string} */
            readonly role: "user" | "admin";
            readonly statusText: string;
        };
        /**
         * @description Who wrote.
         * @example {
         *       "id": "0193566b-2f10-7c3a-9d52-8a4b1c6e7f00",
         *       "name": "Ada",
         *       "avatarUrl": null
         *     }
         */
        readonly UserBrief: {
            readonly avatarUrl: string | null;
            readonly id: components["schemas"]["Id"];
            readonly name: string;
        };
        readonly UserPage: {
            readonly items: readonly components["schemas"]["User"][];
            readonly nextCursor: components["schemas"]["NextCursor"];
        };
        readonly Version: {
            /** @constant */
            readonly api: "v1";
            /** @constant */
            readonly name: "Parley";
            readonly version: string;
        };
        /** @enum {string} */
        readonly Visibility: "private" | "public";
    };
    responses: {
        /** @description The request is not as it should be; `field` names the member. */
        readonly BadRequest: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It exists already. */
        readonly Conflict: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The asker may not do this. */
        readonly Forbidden: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or the asker may not know of it. */
        readonly NotFound: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The state of the thing forbids it. */
        readonly PreconditionFailed: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other error. */
        readonly Problem: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often; `retryAfter` says when to ask again. */
        readonly RateLimited: {
            headers: {
                /** @description Seconds. */
                readonly "Retry-After"?: number;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The content is too large. */
        readonly TooLarge: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No access token, or one that is not accepted. */
        readonly Unauthenticated: {
            headers: {
                readonly "WWW-Authenticate"?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server cannot do this now. */
        readonly Unavailable: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Content of this kind is not taken. */
        readonly UnsupportedMediaType: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Of the call. */
        readonly CallId: components["schemas"]["Id"];
        /** @description `nextCursor` of the page before. */
        readonly Cursor: string;
        /** @description Of the webhook delivery. */
        readonly Delivery: string;
        /** @description The emoji, percent-encoded. */
        readonly Emoji: string;
        /** @description Of the file. */
        readonly FileId: components["schemas"]["Id"];
        /** @description Of the grant. */
        readonly GrantId: components["schemas"]["Id"];
        /** @description Of the invitation. */
        readonly InvitationId: components["schemas"]["Id"];
        /** @description Items of a page at most. */
        readonly Limit: number;
        /** @description Of the guest link. */
        readonly LinkId: components["schemas"]["Id"];
        /** @description Of the link. */
        readonly LinkToken: string;
        /** @description Of the message. */
        readonly MessageId: components["schemas"]["Id"];
        /** @description One of those that the file names. */
        readonly PreviewSize: string;
        /** @description From the list of providers. */
        readonly Provider: string;
        /** @description Of the room. */
        readonly RoomId: components["schemas"]["Id"];
        /** @description Of the log-in. */
        readonly SessionId: components["schemas"]["Id"];
        /** @description The version of tus. */
        readonly TusResumable: "1.0.0";
        /** @description Of the upload. */
        readonly UploadId: string;
        /** @description Of the person. */
        readonly UserId: components["schemas"]["Id"];
        /** @description Of the file. */
        readonly Version: number;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly adminAuditLog: {
        readonly parameters: {
            readonly query?: {
                /** @description By this person alone. */
                readonly actorId?: components["schemas"]["Id"];
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description On this person, room or file alone. */
                readonly objectId?: string;
                /** @description In this room alone. */
                readonly roomId?: components["schemas"]["Id"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminListCalls: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Calls with what their media room says. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AdminCallList"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminListInvitations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Those that are good, without their tokens. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InvitationList"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminCreateInvitation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ServerInvitationCreate"];
            };
        };
        readonly responses: {
            /** @description The invitation with its token, shown once. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invitation"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminOverview: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Numbers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AdminOverview"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminListRooms: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Rooms. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AdminRoomPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminDeleteRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminRoutes: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Methods and paths. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RouteList"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Without secrets. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SettingsOverview"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminStorage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Numbers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Storage"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminListUsers: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Guests, too. */
                readonly guests?: boolean;
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description The beginning of a handle or an address. */
                readonly q?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Accounts, disabled ones among them. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UserPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminCreateUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AdminUserCreate"];
            };
        };
        readonly responses: {
            /** @description The account. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["Conflict"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminDeleteUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminChangeUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AdminUserChange"];
            };
        };
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminLogoutUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description They are over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminResetPassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AdminPassword"];
            };
        };
        readonly responses: {
            /** @description Set. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminListDeadLetters: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeadLetterPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminDropDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the webhook delivery. */
                readonly delivery: components["parameters"]["Delivery"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly adminRetryDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the webhook delivery. */
                readonly delivery: components["parameters"]["Delivery"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Queued. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly enterAsGuest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["GuestRequest"];
            };
        };
        readonly responses: {
            /** @description A session that is held to the room of the link. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly login: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LoginRequest"];
            };
        };
        readonly responses: {
            /** @description A session. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly logout: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The session is over; its sockets close. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly logoutAll: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description They are over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly startOidc: {
        readonly parameters: {
            readonly query?: {
                /** @description Where the browser goes in the end: a path of this server, or what the operator allows. */
                readonly redirect?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description From the list of providers. */
                readonly provider: components["parameters"]["Provider"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description To the provider. A cookie remembers which browser left. */
            readonly 302: {
                headers: {
                    readonly Location: string;
                    readonly "Set-Cookie": string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly finishOidc: {
        readonly parameters: {
            readonly query?: {
                /** @description From the provider. */
                readonly code?: string;
                /** @description Of the provider. */
                readonly error?: string;
                /** @description Of the provider. */
                readonly error_description?: string;
                /** @description RFC 9207. */
                readonly iss?: string;
                /** @description Ours, as sent. */
                readonly state?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description To the page. */
            readonly 302: {
                headers: {
                    readonly Location: string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly 503: components["responses"]["Unavailable"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly exchangeOidcCode: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["OidcExchangeRequest"];
            };
        };
        readonly responses: {
            /** @description A session. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly changePassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PasswordRequest"];
            };
        };
        readonly responses: {
            /** @description Changed. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listProviders: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenID Connect providers. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProviderList"];
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly refresh: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RefreshRequest"];
            };
        };
        readonly responses: {
            /** @description New tokens of the same session. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly register: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegisterRequest"];
            };
        };
        readonly responses: {
            /** @description The account, and a session for it. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 409: components["responses"]["Conflict"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getAvatar: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description SHA-256 of the picture, hex. */
                readonly avatar: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/*": string;
                };
            };
            /** @description The client has it. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listCalls: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description Of this room alone. */
                readonly roomId?: components["schemas"]["Id"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly changeCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CallChange"];
            };
        };
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly acceptCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["CallJoin"];
            };
        };
        readonly responses: {
            /** @description The call, and what to pass to LiveKit's connect(). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallJoined"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly cancelCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly declineCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly endCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["CallEnd"];
            };
        };
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly leaveCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listLobby: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the order of knocking. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LobbyList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly knock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One waits; an event tells when one is admitted. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly stopKnocking: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly admit: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description May come in now. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly turnAway: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Told so. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly removeParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly muteParticipant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["MuteRequest"];
            };
        };
        readonly responses: {
            /** @description Muted. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly ringCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CallRing"];
            };
        };
        readonly responses: {
            /** @description The call. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Call"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getInCallState: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the call. */
                readonly callId: components["parameters"]["CallId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description For one who comes late. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InCallState"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getConfig: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The configuration. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ClientConfig"];
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listFiles: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description Files of others that were granted to the asker. */
                readonly shared?: boolean;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FilePage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["File"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly deleteFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly renameFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FileChange"];
            };
        };
        readonly responses: {
            /** @description The file. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["File"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getFileContent: {
        readonly parameters: {
            readonly query?: {
                /** @description As an attachment: the browser saves it. */
                readonly download?: boolean;
                /** @description The signature of a signed URL, whose other parameters it covers. */
                readonly s?: string;
                /** @description Without it the current one. */
                readonly version?: number;
            };
            readonly header?: {
                /** @description An ETag that the client has. */
                readonly "If-None-Match"?: string;
                /** @description One range of bytes. */
                readonly Range?: string;
            };
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The content. */
            readonly 200: {
                headers: {
                    readonly "Accept-Ranges"?: string;
                    readonly "Content-Disposition"?: string;
                    readonly ETag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "*/*": string;
                };
            };
            /** @description The range asked for. */
            readonly 206: {
                headers: {
                    readonly "Accept-Ranges"?: string;
                    readonly "Content-Disposition"?: string;
                    readonly ETag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "*/*": string;
                };
            };
            /** @description The client has it. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            /** @description No such range. */
            readonly 416: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listDownloads: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DownloadPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listGrants: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Grants. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GrantList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly createGrant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["GrantCreate"];
            };
        };
        readonly responses: {
            /** @description The grant; that of a link with its token, shown once. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Grant"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly revokeGrant: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
                /** @description Of the grant. */
                readonly grantId: components["parameters"]["GrantId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Revoked. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getFilePreview: {
        readonly parameters: {
            readonly query?: {
                /** @description Without it the current one. */
                readonly version?: number;
            };
            readonly header?: {
                /** @description An ETag that the client has. */
                readonly "If-None-Match"?: string;
            };
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
                /** @description One of those that the file names. */
                readonly size: components["parameters"]["PreviewSize"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "*/*": string;
                };
            };
            /** @description The client has it. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly signFileUrl: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["FileUrlRequest"];
            };
        };
        readonly responses: {
            /** @description The URL. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SignedUrl"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listFileVersions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FileVersionList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly restoreFileVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the file. */
                readonly fileId: components["parameters"]["FileId"];
                /** @description Of the file. */
                readonly version: components["parameters"]["Version"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["File"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly revokeGuestLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the guest link. */
                readonly linkId: components["parameters"]["LinkId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Revoked. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly viewGuestLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the link. */
                readonly token: components["parameters"]["LinkToken"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its room. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GuestLinkPreview"];
                };
            };
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            /** @description It is not. */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listInbox: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InboxPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly markInboxRead: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly revokeInvitation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the invitation. */
                readonly invitationId: components["parameters"]["InvitationId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Revoked. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly acceptInvitation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly token: string;
                };
            };
        };
        readonly responses: {
            /** @description The room that one belongs to now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InvitationAccepted"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getMe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly deleteMe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["DeleteAccountRequest"];
            };
        };
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly updateMe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ProfileChange"];
            };
        };
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly setAvatar: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "image/gif": string;
                readonly "image/jpeg": string;
                readonly "image/png": string;
                readonly "image/webp": string;
            };
        };
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly deleteAvatar: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The account. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly exportMe: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One JSON object, to be saved. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly setPresence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["PresenceChange"];
            };
        };
        readonly responses: {
            /** @description One's presence now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Presence"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listSessions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Sessions that go on, newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LogInList"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly endSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the log-in. */
                readonly sessionId: components["parameters"]["SessionId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly checkNetwork: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NetworkCheck"];
            };
        };
        readonly responses: {
            /** @description The answer, with candidates of that protocol. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NetworkCheckAnswer"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly checkUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": string;
            };
        };
        readonly responses: {
            /** @description They came. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getOpenApiJson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly [key: string]: unknown;
                    };
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getOpenApiYaml: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description OpenAPI 3.1. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/yaml": string;
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listPresence: {
        readonly parameters: {
            readonly query: {
                /** @description Ids with commas between them, at most 500. */
                readonly userIds: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Of those who share a room with the asker; the others are left out. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PresenceList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listRooms: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Rooms of the asker, with what is unread. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoomPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly createRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RoomCreate"];
            };
        };
        readonly responses: {
            /** @description The direct room of the two that was there already. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            /** @description The room. The maker is its owner. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The room. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly deleteRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly updateRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RoomChange"];
            };
        };
        readonly responses: {
            /** @description The room. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getCurrentCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The call, or null. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallCurrent"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly startCall: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["CallStart"];
            };
        };
        readonly responses: {
            /** @description The call, and what to pass to LiveKit's connect(). */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CallJoined"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly exportRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One JSON object, to be saved. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Export"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listRoomFiles: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["FilePage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listGuestLinks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Those that are good, without their tokens. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GuestLinkList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly createGuestLink: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["GuestLinkCreate"];
            };
        };
        readonly responses: {
            /** @description The link with its token, shown once. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["GuestLink"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listInvitations: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Those that are good, without their tokens. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["InvitationList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly createInvitation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["InvitationCreate"];
            };
        };
        readonly responses: {
            /** @description The invitation with its token, shown once. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Invitation"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly joinRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The room. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly leaveRoom: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Left. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listMembers: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Members. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MemberPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly addMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MemberAdd"];
            };
        };
        readonly responses: {
            /** @description The member. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Member"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly removeMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Removed. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly changeMember: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MemberChange"];
            };
        };
        readonly responses: {
            /** @description The member. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Member"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listMessages: {
        readonly parameters: {
            readonly query?: {
                /** @description Messages after this `seq`. */
                readonly after?: number;
                /** @description Messages on both sides of this `seq`, itself among them. */
                readonly around?: number;
                /** @description Messages before this `seq`. */
                readonly before?: number;
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages, newest last. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MessagePage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly sendMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MessageSend"];
            };
        };
        readonly responses: {
            /** @description `clientId` was known: the message of then. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            /** @description The message; it is on the disk. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly deleteMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Deleted. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly editMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["MessageEdit"];
            };
        };
        readonly responses: {
            /** @description The message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly followThread: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly unfollowThread: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly removeLinkPreview: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly addReaction: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The emoji, percent-encoded. */
                readonly emoji: components["parameters"]["Emoji"];
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All reactions to the message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReactionList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly removeReaction: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description The emoji, percent-encoded. */
                readonly emoji: components["parameters"]["Emoji"];
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description All reactions to the message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReactionList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getThread: {
        readonly parameters: {
            readonly query?: {
                /** @description Messages after this `seq`. */
                readonly after?: number;
                /** @description Messages on both sides of this `seq`, itself among them. */
                readonly around?: number;
                /** @description Messages before this `seq`. */
                readonly before?: number;
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its messages, newest last. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ThreadMessages"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listPins: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Newest pin first. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["MessageList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly pinMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly unpinMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the message. */
                readonly messageId: components["parameters"]["MessageId"];
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The message. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Message"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly setRoomPreferences: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RoomPreferences"];
            };
        };
        readonly responses: {
            /** @description The room. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Room"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly markRead: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReadMark"];
            };
        };
        readonly responses: {
            /** @description Where the marker is now. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReadMarker"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listReceipts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Read markers of the members. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReadMarkerList"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listThreads: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path: {
                /** @description Of the room. */
                readonly roomId: components["parameters"]["RoomId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages with replies. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ThreadPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly listPublicRooms: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Public rooms. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoomPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly search: {
        readonly parameters: {
            readonly query: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description What to find. */
                readonly q: string;
                /** @description In this room alone. */
                readonly roomId?: components["schemas"]["Id"];
                /** @description What comes first. */
                readonly sort?: "newest" | "best";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What was found. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SearchPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getSharedFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the link. */
                readonly token: components["parameters"]["LinkToken"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The file, with a signed URL of its content. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SharedFile"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly openSharedFile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the link. */
                readonly token: components["parameters"]["LinkToken"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["SharedOpen"];
            };
        };
        readonly responses: {
            /** @description The file, with a signed URL of its content. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SharedFile"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getSharedContent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description An ETag that the client has. */
                readonly "If-None-Match"?: string;
                /** @description One range of bytes. */
                readonly Range?: string;
            };
            readonly path: {
                /** @description Of the link. */
                readonly token: components["parameters"]["LinkToken"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The content. */
            readonly 200: {
                headers: {
                    readonly "Accept-Ranges"?: string;
                    readonly "Content-Disposition"?: string;
                    readonly ETag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "*/*": string;
                };
            };
            /** @description The range asked for. */
            readonly 206: {
                headers: {
                    readonly "Accept-Ranges"?: string;
                    readonly "Content-Disposition"?: string;
                    readonly ETag: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "*/*": string;
                };
            };
            /** @description The client has it. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            /** @description No such range. */
            readonly 416: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly createUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The version of tus. */
                readonly "Tus-Resumable": components["parameters"]["TusResumable"];
                /** @description Of the body: algorithm and base64. */
                readonly "Upload-Checksum"?: string;
                /** @description partial, or final;URL URL … */
                readonly "Upload-Concat"?: string;
                /** @description 1: the length is said later. */
                readonly "Upload-Defer-Length"?: string;
                /** @description Bytes in all. */
                readonly "Upload-Length"?: number;
                /** @description Pairs of a key and a value in base64, with commas between them. */
                readonly "Upload-Metadata"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/offset+octet-stream": string;
            };
        };
        readonly responses: {
            /** @description Begun. */
            readonly 201: {
                headers: {
                    readonly Location: string;
                    readonly "Tus-Resumable": string;
                    readonly "Upload-Expires"?: string;
                    readonly "Upload-Offset": number;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly describeUploads: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the headers. */
            readonly 204: {
                headers: {
                    readonly "Tus-Checksum-Algorithm": string;
                    readonly "Tus-Extension": string;
                    readonly "Tus-Max-Size": string;
                    readonly "Tus-Resumable": string;
                    readonly "Tus-Version": string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly showUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The upload. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Upload"];
                };
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly overrideUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The version of tus. */
                readonly "Tus-Resumable": components["parameters"]["TusResumable"];
                /** @description PATCH or DELETE. */
                readonly "X-HTTP-Method-Override": string;
            };
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/offset+octet-stream": string;
            };
        };
        readonly responses: {
            /** @description Done. */
            readonly 204: {
                headers: {
                    readonly "Tus-Resumable": string;
                    readonly "Upload-Offset": number;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly terminateUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The version of tus. */
                readonly "Tus-Resumable": components["parameters"]["TusResumable"];
            };
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Its bytes are gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly describeUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the headers. */
            readonly 204: {
                headers: {
                    readonly "Tus-Checksum-Algorithm": string;
                    readonly "Tus-Extension": string;
                    readonly "Tus-Max-Size": string;
                    readonly "Tus-Resumable": string;
                    readonly "Tus-Version": string;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The version of tus. */
                readonly "Tus-Resumable": components["parameters"]["TusResumable"];
            };
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description In the headers. */
            readonly 200: {
                headers: {
                    readonly "Tus-Resumable": string;
                    readonly "Upload-Expires"?: string;
                    readonly "Upload-Length"?: number;
                    readonly "Upload-Offset": number;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly continueUpload: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                /** @description The version of tus. */
                readonly "Tus-Resumable": components["parameters"]["TusResumable"];
                /** @description Of the body: algorithm and base64. */
                readonly "Upload-Checksum"?: string;
                /** @description Where these bytes go: what HEAD said. */
                readonly "Upload-Offset": number;
            };
            readonly path: {
                /** @description Of the upload. */
                readonly uploadId: components["parameters"]["UploadId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/offset+octet-stream": string;
            };
        };
        readonly responses: {
            /** @description They are on the disk. */
            readonly 204: {
                headers: {
                    readonly "Tus-Resumable": string;
                    readonly "Upload-Expires"?: string;
                    readonly "Upload-Offset": number;
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 409: components["responses"]["Conflict"];
            readonly 412: components["responses"]["PreconditionFailed"];
            readonly 413: components["responses"]["TooLarge"];
            readonly 415: components["responses"]["UnsupportedMediaType"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly searchUsers: {
        readonly parameters: {
            readonly query?: {
                /** @description `nextCursor` of the page before. */
                readonly cursor?: components["parameters"]["Cursor"];
                /** @description Items of a page at most. */
                readonly limit?: components["parameters"]["Limit"];
                /** @description The beginning of a handle. */
                readonly q?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description People. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UserPage"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getUser: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The person. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["User"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 403: components["responses"]["Forbidden"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getUserPresence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Of the person. */
                readonly userId: components["parameters"]["UserId"];
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Of somebody who shares a room with the asker. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Presence"];
                };
            };
            readonly 400: components["responses"]["BadRequest"];
            readonly 401: components["responses"]["Unauthenticated"];
            readonly 404: components["responses"]["NotFound"];
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
    readonly getVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Version"];
                };
            };
            readonly 429: components["responses"]["RateLimited"];
            readonly default: components["responses"]["Problem"];
        };
    };
}
