/** What an upload can be refused with, whatever it is for: the part of a contract that `ctx.files.keep` stands for. */
export const fileRefusals = [
  'file_empty',
  'file_too_large',
  'file_type_not_supported',
  'file_not_clean',
  'picture_too_large',
  'picture_too_small',
  'picture_unreadable',
] as const
