/** The parts of fengari (Lua 5.3 in JavaScript) that the script engine uses; the package has no types. */
declare module 'fengari' {
  /** Opaque. */
  export interface LuaState {
    readonly luaState: unique symbol
  }
  export type LuaFunction = (state: LuaState) => number

  export function to_luastring(text: string): Uint8Array

  export const lua: {
    readonly LUA_OK: 0
    readonly LUA_TNIL: 0
    readonly LUA_TBOOLEAN: 1
    readonly LUA_TNUMBER: 3
    readonly LUA_TSTRING: 4
    readonly LUA_TTABLE: 5
    readonly LUA_MASKCOUNT: number
    readonly LUA_REGISTRYINDEX: number
    lua_createtable(state: LuaState, arraySize: number, hashSize: number): void
    lua_error(state: LuaState): number
    lua_getfield(state: LuaState, index: number, name: Uint8Array): number
    lua_gettop(state: LuaState): number
    lua_pcall(state: LuaState, args: number, results: number, handler: number): number
    lua_pop(state: LuaState, count: number): void
    lua_pushboolean(state: LuaState, value: boolean): void
    lua_pushcfunction(state: LuaState, value: LuaFunction): void
    lua_pushinteger(state: LuaState, value: number): void
    lua_pushnumber(state: LuaState, value: number): void
    lua_pushstring(state: LuaState, value: Uint8Array): void
    lua_rawgeti(state: LuaState, index: number, key: number): number
    lua_rawseti(state: LuaState, index: number, key: number): void
    lua_setfield(state: LuaState, index: number, name: Uint8Array): void
    lua_setglobal(state: LuaState, name: Uint8Array): void
    lua_sethook(state: LuaState, hook: (state: LuaState) => void, mask: number, count: number): void
    lua_settop(state: LuaState, index: number): void
    lua_setupvalue(state: LuaState, functionIndex: number, upvalue: number): Uint8Array | null
    lua_toboolean(state: LuaState, index: number): boolean
    lua_tonumber(state: LuaState, index: number): number
    lua_tostring(state: LuaState, index: number): Uint8Array | null
    lua_type(state: LuaState, index: number): number
  }

  export const lauxlib: {
    luaL_error(state: LuaState, message: Uint8Array): never
    luaL_loadbuffer(state: LuaState, source: Uint8Array, size: number | null, name: Uint8Array): number
    luaL_newstate(): LuaState
    luaL_ref(state: LuaState, index: number): number
    luaL_requiref(state: LuaState, name: Uint8Array, open: LuaFunction, global: boolean): void
    luaL_unref(state: LuaState, index: number, reference: number): void
  }

  export const lualib: {
    readonly luaopen_base: LuaFunction
    readonly luaopen_math: LuaFunction
    readonly luaopen_string: LuaFunction
    readonly luaopen_table: LuaFunction
  }
}
