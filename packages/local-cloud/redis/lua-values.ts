import { type LuaState, lua, to_luastring } from 'fengari'
import { formatNumber, RedisError, type Reply } from './reply.ts'

const MAX_INT_32 = 2 ** 31 - 1
const NOT_STRINGS = 'ERR Lua redis lib command arguments must be strings or integers'
const utf8 = new TextDecoder()

/** The Lua string at `index`; bytes that are not UTF-8 cannot leave through JSON and become U+FFFD. */
export function readString(state: LuaState, index: number): string {
  return utf8.decode(lua.lua_tostring(state, index) ?? new Uint8Array())
}

export function pushString(state: LuaState, text: string): void {
  lua.lua_pushstring(state, to_luastring(text))
}

/** Redis's Lua 5.1 has doubles only; fengari's integers wrap at 2^31, so what is larger goes in as a double. */
export function pushNumber(state: LuaState, value: number): void {
  if (Math.abs(value) <= MAX_INT_32) lua.lua_pushinteger(state, value)
  else lua.lua_pushnumber(state, value)
}

export function pushArray<T>(state: LuaState, values: T[], push: (value: T) => void): void {
  lua.lua_createtable(state, values.length, 0)
  values.forEach((value, index) => {
    push(value)
    lua.lua_rawseti(state, -2, index + 1)
  })
}

/** A table with one field, as Redis gives a status (`ok`) or an error (`err`) to a script. */
export function pushTagged(state: LuaState, field: 'ok' | 'err', text: string): void {
  lua.lua_createtable(state, 0, 1)
  pushString(state, text)
  lua.lua_setfield(state, -2, to_luastring(field))
}

/** Reply to Lua, by the table in Redis's scripting manual: nil becomes false. */
export function pushReply(state: LuaState, reply: Reply): void {
  if (reply === null) lua.lua_pushboolean(state, false)
  else if (typeof reply === 'string') pushString(state, reply)
  else if (typeof reply === 'number') pushNumber(state, reply)
  else if (Array.isArray(reply)) pushArray(state, reply, (item) => pushReply(state, item))
  else pushTagged(state, 'ok', reply.ok)
}

/** Lua to reply: numbers lose their fraction, an array ends at its first nil, `{ err = … }` is thrown. */
export function readReply(state: LuaState, index: number): Reply {
  switch (lua.lua_type(state, index)) {
    case lua.LUA_TSTRING:
      return readString(state, index)
    case lua.LUA_TNUMBER:
      return Math.trunc(lua.lua_tonumber(state, index))
    case lua.LUA_TBOOLEAN:
      return lua.lua_toboolean(state, index) ? 1 : null
    case lua.LUA_TTABLE:
      return readTable(state, index)
    default:
      return null
  }
}

function readTable(state: LuaState, index: number): Reply {
  const error = readField(state, index, 'err')
  if (error !== undefined) throw new RedisError(error)
  const status = readField(state, index, 'ok')
  if (status !== undefined) return { ok: status }
  const items: Reply[] = []
  for (let at = 1; lua.lua_rawgeti(state, index, at) !== lua.LUA_TNIL; at++) {
    items.push(readReply(state, lua.lua_gettop(state)))
    lua.lua_pop(state, 1)
  }
  lua.lua_pop(state, 1)
  return items
}

/** A text field of the table at `index` (absolute). */
export function readField(state: LuaState, index: number, name: string): string | undefined {
  const type = lua.lua_getfield(state, index, to_luastring(name))
  const value = type === lua.LUA_TSTRING ? readString(state, -1) : undefined
  lua.lua_pop(state, 1)
  return value
}

/** The arguments a script gave to `redis.call`. */
export function readArguments(state: LuaState): string[] {
  return Array.from({ length: lua.lua_gettop(state) }, (_, i) => {
    const type = lua.lua_type(state, i + 1)
    if (type === lua.LUA_TNUMBER) return formatNumber(lua.lua_tonumber(state, i + 1))
    if (type !== lua.LUA_TSTRING) throw new RedisError(NOT_STRINGS)
    return readString(state, i + 1)
  })
}
