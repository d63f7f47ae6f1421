/** Why a message is shown with a warning and looked at by moderators. */
export const messageFlags = ['contact', 'payment'] as const
export type MessageFlag = (typeof messageFlags)[number]
